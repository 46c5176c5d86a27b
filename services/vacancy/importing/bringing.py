"""The import itself: lines become vacancies in batches, and what is refused is written down by line."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TextIO

from services.vacancy.commands.partners import PartnerCommands
from services.vacancy.domain.partner import Imported
from services.vacancy.importing.cleaning import Rejected, vacancy_of
from services.vacancy.importing.reading import lines
from services.vacancy.importing.showing import Progress

BATCH = 500


@dataclass
class Tally:
    """What became of the lines."""

    published: int = 0
    known: int = 0
    rejected: Counter[str] = field(default_factory=Counter)


class Rejects:
    """The report: one JSON object a line with `line` and `reason`, and nothing of what the line said."""

    def __init__(self, path: Path, tally: Tally) -> None:
        self.path, self._tally = path, tally
        self._file: TextIO | None = None

    def add(self, number: int, reason: str) -> None:
        if self._file is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self.path.open("w", encoding="utf-8")
        self._file.write(json.dumps({"line": number, "reason": reason}) + "\n")
        self._tally.rejected[reason] += 1

    def close(self) -> None:
        """A clean file leaves no report, and takes the one of an earlier try away."""
        if self._file:
            self._file.close()
        else:
            self.path.unlink(missing_ok=True)


async def bring_in(
    path: Path, *, total: int, commands: PartnerCommands, rejects: Rejects, tally: Tally, today: date
) -> None:
    """Publish every good line of the file that is not known yet."""
    with Progress("vacancies published", total) as progress:
        batch: dict[str, tuple[int, Imported]] = {}
        for number, item in _items(path, rejects, today):
            batch[item.vacancy_id] = (number, item)
            if len(batch) == BATCH:
                await _publish(batch, commands, rejects, tally)
                batch = {}
                progress.reach(number)
        await _publish(batch, commands, rejects, tally)
        progress.reach(total)


def _items(path: Path, rejects: Rejects, today: date) -> Iterator[tuple[int, Imported]]:
    seen: set[str] = set()
    for number, held in lines(path):
        try:
            if isinstance(held, str):
                raise Rejected(held)
            item = vacancy_of(held, today=today)
            if item.vacancy_id in seen:
                raise Rejected("repeated")
        except Rejected as rejected:
            rejects.add(number, rejected.reason)
            continue
        seen.add(item.vacancy_id)
        yield number, item


async def _publish(
    batch: dict[str, tuple[int, Imported]], commands: PartnerCommands, rejects: Rejects, tally: Tally
) -> None:
    if not batch:
        return
    numbers = {(item.source, item.source_id): number for number, item in batch.values()}
    outcome = await commands.import_published([item for _, item in batch.values()])
    tally.published += outcome.new
    tally.known += outcome.known
    for refused in outcome.refused:
        rejects.add(numbers[refused.source, refused.source_id], f"refused_{refused.code}")
