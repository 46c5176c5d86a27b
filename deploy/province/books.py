"""The province's books of the city's vacancies: what the stream said last of each, and what a list has otherwise."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Event = dict[str, Any]


@dataclass(frozen=True)
class Held:
    """The newest that is known of one vacancy; `closes_at` is None once it has ended."""

    version: int
    told_at: datetime
    closes_at: datetime | None
    data: Event

    def live(self, at: datetime) -> bool:
        return self.closes_at is not None and self.closes_at > at


@dataclass(frozen=True)
class Differences:
    """Ids to ask for again. What changed after the list was taken is under way, and no difference."""

    missing: tuple[str, ...] = ()
    older: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()

    @property
    def ids(self) -> list[str]:
        return sorted({*self.missing, *self.older, *self.extra})


@dataclass
class List:
    """A daily list, complete when all its parts are here and its lines have the hash that it names."""

    taken_at: datetime
    count: int
    sha256: str
    parts: int
    lines: dict[int, list[str]] = field(default_factory=dict)

    @property
    def versions(self) -> dict[str, int]:
        found = (line.rpartition(":") for part in self.lines.values() for line in part)
        return {id: int(version) for id, _, version in found}

    @property
    def complete(self) -> bool:
        lines = [line for part in self.lines.values() for line in part]
        return len(self.lines) == self.parts and len(lines) == self.count and digest(lines) == self.sha256


@dataclass
class Books:
    """Applied event by event, in any order and however often: only what is newer counts."""

    held: dict[str, Held] = field(default_factory=dict)
    lists: dict[str, List] = field(default_factory=dict)

    def apply(self, event: Event) -> bool:
        """Whether it was news."""
        if event["type"] == "CityVacanciesListed.v1":
            return self._part(event)
        if event["type"] not in ("CityVacancyOffered.v1", "CityVacancyEnded.v1"):
            return False  # a type that is younger than this reader
        known, data = self.held.get(event["subject"]), event["data"]
        if known is not None and known.version >= event["sequence"]:
            return False
        self.held[event["subject"]] = Held(event["sequence"], moment(event["time"]), _closing(data), data)
        return True

    def forget(self, ids: Iterable[str]) -> None:
        """The city says that it knows nothing of them."""
        for id in ids:
            self.held.pop(id, None)

    def latest(self) -> List | None:
        complete = [each for each in self.lists.values() if each.complete]
        return max(complete, key=lambda each: each.taken_at, default=None)

    def compare(self, listed: List) -> Differences:
        theirs, at = listed.versions, listed.taken_at
        return Differences(
            missing=tuple(sorted(id for id in theirs if id not in self.held)),
            older=tuple(sorted(id for id in theirs if id in self.held and self.held[id].version < theirs[id])),
            extra=tuple(
                sorted(
                    id for id, each in self.held.items() if id not in theirs and each.live(at) and each.told_at <= at
                )
            ),
        )

    def _part(self, event: Event) -> bool:
        data = event["data"]
        key = f"{event['subject']}@{data['taken_at']}"  # the same list sent again is taken anew
        listed = self.lists.setdefault(
            key, List(moment(data["taken_at"]), data["count"], data["sha256"], data["parts"])
        )
        listed.lines[data["part"]] = data["lines"]
        return True


def moment(text: str) -> datetime:
    """An instant, however many digits its seconds have; as text, 11Z would come after 11.6Z."""
    return datetime.fromisoformat(text)


def _closing(data: Event) -> datetime | None:
    return moment(data["closes_at"]) if data.get("closes_at") else None


def digest(lines: Iterable[str]) -> str:
    """SHA-256 of the sorted lines, each ended by a line feed."""
    return hashlib.sha256("".join(f"{line}\n" for line in sorted(lines)).encode()).hexdigest()
