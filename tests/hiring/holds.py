"""What must hold of a vacancy's applications at any moment, as they are stored."""

import itertools
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from services.application.domain import STATES
from services.application.domain.states import TABLE
from shared.callers import Caller
from shared.contracts.application import ApplicationFacts, ApplicationVacancyRecalled
from shared.contracts.placement import PlacementRecorded
from shared.events import Envelope, decode
from shared.mongo import Document
from tests.hiring.town import OPENINGS, Town

UNMOVED = ("ApplicationInterviewSoon", "ApplicationVacancyEnded")


async def check(town: Town, before: Mapping[str, Document]) -> dict[str, Document]:
    """Raises where something does not hold; returns what stands now, for the next time."""
    rows = {row["_id"]: row for row in await town.rows()}
    people = Counter(row["seeker_id"] for row in rows.values())
    assert set(people.values()) <= {1}, f"two applications of one person: {people}"
    assert len({row["number"] for row in rows.values()}) == len(rows), "a number given twice"
    assert before.keys() <= rows.keys(), "an application is gone"
    for id, row in rows.items():
        told = _told(row)
        _versions(row, told)
        _history(row, before.get(id))
        _one_event_each(row, told)
        _held(row, town.held)
        await _unseen(row, town)
    await _openings(town, rows)
    return rows


def _told(row: Document) -> list[Envelope[Any]]:
    found = [decode(entry["value"].encode()) for entry in row["outbox"]]
    return [envelope for envelope in found if envelope is not None]


def _versions(row: Document, told: list[Envelope[Any]]) -> None:
    sequences = [envelope.sequence for envelope in told]
    assert sequences == list(range(1, row["version"] + 1)), f"version {row['version']}, told {sequences}"


def _history(row: Document, before: Document | None) -> None:
    steps = row["history"]
    assert row["state"] == steps[-1]["state"]
    assert steps[0]["state"] == "submitted"
    if before is not None:
        assert steps[: len(before["history"])] == before["history"], "something that happened is forgotten"
    for one, other in itertools.pairwise(steps):
        led = {
            move.next
            for (state, _), move in TABLE.items()
            if state == one["state"] and other["actor"] in move.who and move.next != state
        }
        if one["state"] == "withdrawn" and other["actor"] == "seeker":
            led.add("submitted")
        assert other["state"] in led, f"{other['actor']} led from {one['state']} to {other['state']}"
        assert one["at"] <= other["at"]


def _one_event_each(row: Document, told: list[Envelope[Any]]) -> None:
    """Each step of the history has its event, in the same order, and a hire is counted beside it."""
    moves = [each.data for each in told if type(each.data).__name__ not in (*UNMOVED, PlacementRecorded.__name__)]
    states = [move.state for move in moves if isinstance(move, ApplicationFacts) and move.state in STATES]
    assert states == [step["state"] for step in row["history"]], f"told {states}"
    recalls = sum(isinstance(move, ApplicationVacancyRecalled) for move in moves)
    assert recalls == int(bool(row["vacancy_recalled"]))
    hires = [place for place, each in enumerate(told) if type(each.data).__name__ == "ApplicationHired"]
    placed = [place for place, each in enumerate(told) if isinstance(each.data, PlacementRecorded)]
    assert placed == [place + 1 for place in hires]


def _held(row: Document, held: Mapping[str, tuple[datetime, datetime]]) -> None:
    """A held decision is made at its hour, and never of what was taken back in between."""
    for place, step in enumerate(row["history"]):
        if step["reason"] in held:
            made, hour = held[step["reason"]]
            assert step["at"] >= hour, f"a held decision shows {hour - step['at']} early"
            between = [other for other in row["history"][:place] if other["at"] > made]
            assert "withdrawn" not in [other["state"] for other in between], "a withdrawal did not drop it"


async def _unseen(row: Document, town: Town) -> None:
    """Nothing of what is held is in what the seeker reads."""
    seeker = Caller(account_id=row["seeker_id"], role="seeker")
    seen = (await town.views.one(row["_id"], caller=seeker)).model_dump_json()
    now = town.clock()
    early = [said for said, (_, hour) in town.held.items() if hour > now and f'"{said}"' in seen]
    assert not early, f"the seeker reads {early}"


async def _openings(town: Town, rows: Mapping[str, Document]) -> None:
    vacancy = await town.vacancies.vacancies.load(town.vacancy_id)
    assert vacancy.filled_count <= vacancy.terms.openings == OPENINGS
    assert vacancy.state != "filled" or vacancy.filled_count == OPENINGS
    final = [row for row in rows.values() if row["state"] in ("rejected", "cancelled", "offer_declined")]
    assert all(row["due_at"] is None for row in final), "the clock runs for what is final"
