"""Reasons as counts that tell nothing of one person.

A reason shows where at least `LEAST` different people gave it, rounded down to fives; without a total, from which
another could be reckoned; and as of the beginning of the week, so that no number moves when one person says no.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from shared.clock import start_of, today
from shared.contracts.application import Why

LEAST = STEP = 5
MOST_GROUPS = 200
By = Literal["vacancy", "field", "ward"]
_FROZEN = ConfigDict(frozen=True)


class Said(NamedTuple):
    """One "no": of whom, why, and in which group it counts, with the words by which people know that group."""

    seeker_id: str
    why: Why
    group: str
    label: str


class WhyCount(BaseModel):
    """So many people at least."""

    model_config = _FROZEN
    why: Why
    people: int = Field(ge=LEAST, description="rounded down to fives")


class WhyGroup(BaseModel):
    """What people said of a vacancy, of work in a field, or in a kelurahan."""

    model_config = _FROZEN
    group: str = Field(description="id of a vacancy, first digit of KBJI 2014, or code of a kelurahan")
    label: str
    reasons: tuple[WhyCount, ...] = Field(description="the most frequent first")


class WhyGroups(BaseModel):
    """Groups in which a reason shows at all; others are left out."""

    model_config = _FROZEN
    as_of: datetime = Field(description="what was said later counts from next Monday on")
    items: tuple[WhyGroup, ...]


def week_of(at: datetime) -> datetime:
    """The first instant of the week (WIB)."""
    day = today(at)
    return start_of(day - timedelta(days=day.weekday()))


def count(said: Iterable[Said]) -> tuple[WhyGroup, ...]:
    """By group, in the order of their labels; of more than `MOST_GROUPS` those with the most frequent
    reasons. A person counts once for each reason of a group."""
    people: dict[str, dict[Why, set[str]]] = defaultdict(lambda: defaultdict(set))
    labels: dict[str, str] = {}
    for one in said:
        people[one.group][one.why].add(one.seeker_id)
        labels[one.group] = one.label
    groups = [WhyGroup(group=id, label=labels[id], reasons=_reasons(found)) for id, found in people.items()]
    most = sorted((each for each in groups if each.reasons), key=lambda each: -each.reasons[0].people)[:MOST_GROUPS]
    return tuple(sorted(most, key=lambda each: (each.label, each.group)))


def _reasons(found: dict[Why, set[str]]) -> tuple[WhyCount, ...]:
    counts: Sequence[tuple[int, Why]] = sorted(((-len(who), why) for why, who in found.items()))
    return tuple(WhyCount(why=why, people=-many // STEP * STEP) for many, why in counts if -many >= LEAST)
