"""Does at once what is due on jobseeker cards; for demonstrations also as if it were a later day.

python -m services.seeker.cards_due --at 2027-05-10
"""

import argparse
import asyncio
import sys
from datetime import date, datetime

from services.seeker.commands.cards import CardClock
from services.seeker.main import build_stores
from services.seeker.reporting import ReportTokens
from services.seeker.settings import SeekerSettings
from shared import clock
from shared.mongo import WORKER_TIMEOUT_MS, close, connect
from shared.settings import load

NOT_HERE = "a later day than today is only for development: it would end cards of people"


def day_of(text: str) -> datetime:
    """The last instant of a day in Madiun, so that everything of that day is due."""
    return clock.end_of(date.fromisoformat(text))


async def run(settings: SeekerSettings, at: datetime) -> int:
    client = connect(settings.mongo_url, app="seeker-cards-due", timeout_ms=WORKER_TIMEOUT_MS)
    try:
        stores = build_stores(client, settings)
        await stores.cards.prepare()
        return await CardClock(stores.cards, tokens=ReportTokens(settings.index_key)).run(at)
    finally:
        close(client)


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="cards_due", description=__doc__)
    parser.add_argument("--at", type=day_of, default=None, metavar="YYYY-MM-DD", help="today, if not given")
    at = parser.parse_args(arguments).at
    settings = load(SeekerSettings, service="seeker")
    if at is not None and at > clock.end_of(clock.today(clock.now())) and settings.environment != "development":
        sys.exit(NOT_HERE)
    changed = asyncio.run(run(settings, at or clock.now()))
    sys.stdout.write(f"{changed} cards changed\n")


if __name__ == "__main__":
    main(sys.argv[1:])
