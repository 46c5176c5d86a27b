"""`python -m services.vacancy.importing FILE`: publish a file of vacancies on the running system."""

import argparse
import asyncio
import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from services.vacancy.commands.partners import PartnerCommands
from services.vacancy.importing.bringing import Rejects, Tally, bring_in
from services.vacancy.importing.reading import Unreadable, count_lines
from services.vacancy.importing.showing import say
from services.vacancy.importing.waiting import Stuck, until_found, until_told
from services.vacancy.settings import VacancySettings
from services.vacancy.store.database import VacancyStore
from shared.clock import today
from shared.mongo import WORKER_TIMEOUT_MS, connect, is_unavailable
from shared.settings import load

# of sysexits.h
EXIT_NOTHING_GOOD, EXIT_UNREADABLE, EXIT_STORE_AWAY, EXIT_NO_REPORT, EXIT_STUCK = 65, 66, 69, 73, 75


class Failed(Exception):
    """What cannot go on, in one clear line, with the exit code."""

    def __init__(self, text: str, code: int) -> None:
        super().__init__(text)
        self.code = code


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="import", description="Publish vacancies from JSON Lines, plain or .gz.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--rejects", type=Path, help="where to write the lines that were refused")
    given = parser.parse_args(arguments)
    try:
        return asyncio.run(_run(given.file, given.rejects or _report(given.file)))
    except Failed as failed:
        sys.stderr.write(f"si-caker: {failed}\n")
        return failed.code


def _report(file: Path) -> Path:
    name = file.name.removesuffix(".gz").removesuffix(".jsonl")
    return Path(os.environ.get("LOCAL_DIR") or ".local") / f"import-{name}.rejects.jsonl"


async def _run(file: Path, report: Path) -> int:
    started = time.monotonic()
    try:
        total = count_lines(file)
    except Unreadable as unreadable:
        raise Failed(f"{file} cannot be read: {unreadable}", EXIT_UNREADABLE) from None
    settings = load(VacancySettings, service="vacancy")
    client = connect(settings.mongo_url, app="vacancy-import", timeout_ms=WORKER_TIMEOUT_MS)
    try:
        store = VacancyStore(client[settings.database])
        tally = await _bring_in(file, total, store, report)
        await _wait(store, settings)
    except Exception as error:
        if not is_unavailable(error):
            raise
        raise Failed(
            "the store does not answer; what is in is in: repeat the import later", EXIT_STORE_AWAY
        ) from None
    finally:
        client.close()
    _summary(tally, report, time.monotonic() - started)
    return EXIT_NOTHING_GOOD if tally.rejected and not tally.published + tally.known else 0


async def _bring_in(file: Path, total: int, store: VacancyStore, report: Path) -> Tally:
    await store.prepare()
    tally = Tally()
    rejects = Rejects(report, tally)
    day = today(datetime.now(UTC))
    try:
        await bring_in(file, total=total, commands=PartnerCommands(store), rejects=rejects, tally=tally, today=day)
    except OSError as error:
        raise Failed(f"{report} cannot be written: {(error.strerror or '').lower()}", EXIT_NO_REPORT) from None
    finally:
        rejects.close()
    return tally


async def _wait(store: VacancyStore, settings: VacancySettings) -> None:
    vacancies = store.vacancies.collection
    try:
        await until_told(vacancies)
    except Stuck as stuck:
        text = f"{stuck.left} vacancies are in, but not on the bus yet: is a worker of vacancy running?"
        raise Failed(text, EXIT_STUCK) from None
    if "CAKER_PUBLIC_URL" not in os.environ:
        return
    try:
        await until_found(vacancies, settings.public_url)
    except Stuck as stuck:
        raise Failed(f"{stuck.left} vacancies are in, but not found by the search yet", EXIT_STUCK) from None
    except (OSError, ValueError, KeyError):
        say(f"search: {settings.public_url} does not answer, so it was not asked whether everything is found")


def _summary(tally: Tally, report: Path, seconds: float) -> None:
    say(f"published  {tally.published:>7}")
    say(f"known      {tally.known:>7}")
    say(f"rejected   {sum(tally.rejected.values()):>7}")
    for reason, count in tally.rejected.most_common():
        say(f"  {reason:<18}{count:>7}")
    if tally.rejected:
        say(f"rejected lines are listed in {report}")
    say(f"seconds    {seconds:>7.1f}")


if __name__ == "__main__":
    raise SystemExit(main())
