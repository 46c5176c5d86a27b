"""Do what is due, as of a moment: `python -m services.application.overdue --at 2027-01-31T00:00Z`. The worker does
the same twice a minute by itself; this is for a demonstration, and for an operator who does not want to wait."""

import argparse
import asyncio
import sys
from datetime import datetime

from services.application.main import SERVICE, build_commands, build_vault
from services.application.settings import ApplicationSettings
from services.application.store import ApplicationStore
from shared.clock import now, whole
from shared.mongo import WORKER_TIMEOUT_MS, close, connect
from shared.settings import load

USAGE = 64  # of sysexits.h


async def run(settings: ApplicationSettings, *, at: datetime, vacancy_id: str | None) -> int:
    """Returns how many applications changed."""
    client = connect(settings.mongo_url, app="application-overdue", timeout_ms=WORKER_TIMEOUT_MS)
    try:
        store = ApplicationStore(client[settings.database])
        commands = build_commands(store, build_vault(client, settings))
        await commands.remind_employers(at=at)
        return await commands.run_due(at=at, vacancy_id=vacancy_id)
    finally:
        close(client)


def moment(text: str) -> datetime:
    at = datetime.fromisoformat(text.replace("Z", "+00:00"))
    if at.tzinfo is None:
        raise ValueError("say in which time zone, such as 2027-01-31T00:00Z")
    return whole(at)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m services.application.overdue", description=__doc__)
    parser.add_argument("--at", type=moment, help="as of this moment (now where not given)")
    parser.add_argument("--vacancy", help="only the applications for the vacancy with this id")
    given = parser.parse_args()
    settings, at = load(ApplicationSettings, service=SERVICE), given.at or now()
    if at > now() and settings.environment != "development":
        sys.stderr.write("a moment in the future: only where CAKER_ENVIRONMENT is development\n")
        sys.exit(USAGE)
    changed = asyncio.run(run(settings, at=at, vacancy_id=given.vacancy))
    sys.stdout.write(f"{changed} applications changed\n")


if __name__ == "__main__":
    main()
