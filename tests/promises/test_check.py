"""The judge itself: a clean run is clean, and each planted anomaly is found under its own name and no other."""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from deploy.reconcile.evidence import Evidence, Planned, Promised, Published, Stored, Told
from deploy.reconcile.verdict import judge
from tests.promises.check import Unmarked, tellings
from tests.promises.sinks import Acceptance

KEYS = ("siti vac_1", "budi vac_1", "siti vac_2")
CLEAN = Evidence(
    attempted=(*KEYS, "budi vac_1", "wati vac_9"),
    promised=tuple(Promised(key, f"N{number}") for number, key in enumerate(KEYS)),
    stored=tuple(Stored(f"app_{number}", key, f"N{number}", version=2) for number, key in enumerate(KEYS)),
    published=tuple(
        Published(f"evt_{number}_{sequence}", f"app_{number}", sequence) for number in range(3) for sequence in (1, 2)
    ),
    planned=tuple(
        Planned(f"evt_{number}_{sequence}:x", f"evt_{number}_{sequence}", f"<{number}-{sequence}>", "sent")
        for number in range(3)
        for sequence in (1, 2)
    ),
    told=tuple(Told(f"<{number}-{sequence}>") for number in range(3) for sequence in (1, 2)),
    plans={f"evt_{number}_{sequence}": 1 for number in range(3) for sequence in (1, 2)},
)


def planted(**changes: Any) -> Evidence:
    return replace(CLEAN, **changes)


def found(evidence: Evidence) -> dict[str, int]:
    verdict = judge(evidence).as_dict()
    names = ("lost", "duplicate", "phantom", "out_of_order", "stuck")
    return {name: len(ids) for name in names if isinstance(ids := verdict[name], list) and ids}


def without(rows: Any, place: int) -> Any:
    return (*rows[:place], *rows[place + 1 :])


def test_a_clean_run_is_clean_and_counted() -> None:
    verdict = judge(CLEAN)
    assert verdict.clean
    assert verdict.counts == {
        "accepted": 3,
        "stored": 3,
        "published": 6,
        "republished": 0,
        "planned": 6,
        "told": 6,
        "retold": 0,
    }


def test_nothing_at_all_is_clean() -> None:
    assert judge(Evidence()).clean


LATE = replace(CLEAN.stored[0], waiting=1, due=True)
PLANTED: dict[str, tuple[Evidence, dict[str, int]]] = {
    "an answer without a document": (planted(promised=(*CLEAN.promised, Promised("wati vac_9", "N9"))), {"lost": 1}),
    "an answer with another number": (planted(promised=(Promised(KEYS[0], "N8"),)), {"lost": 1}),
    "a document nobody asked for": (planted(attempted=KEYS[:2]), {"phantom": 1}),
    "two documents for one wish": (
        planted(
            stored=(*CLEAN.stored, Stored("app_9", KEYS[0], "N9", version=1)),
            published=(*CLEAN.published, Published("evt_9", "app_9", 1)),
        ),
        {"duplicate": 1},
    ),
    "a number given twice": (planted(stored=(*CLEAN.stored[:2], replace(CLEAN.stored[2], number="N1"))), {}),
    "an event cleared and not published": (
        planted(published=without(CLEAN.published, 1), planned=(), told=(), plans={}),
        {"lost": 1},
    ),
    "an event without a state": (
        planted(published=(*CLEAN.published, Published("evt_x", "app_0", 3)), plans={}),
        {"phantom": 1},
    ),
    "the second before the first": (
        planted(published=(CLEAN.published[1], CLEAN.published[0], *CLEAN.published[2:])),
        {"out_of_order": 1},
    ),
    "one sequence, two events": (
        planted(published=(*CLEAN.published, Published("evt_x", "app_0", 2)), plans={}),
        {"duplicate": 1, "out_of_order": 1},
    ),
    "an event left in its outbox": (planted(stored=(LATE, *CLEAN.stored[1:])), {"stuck": 1}),
    "an event that made no message": (
        planted(planned=without(CLEAN.planned, 0), told=without(CLEAN.told, 0)),
        {"lost": 1},
    ),
    "a message of no event": (
        planted(planned=(*CLEAN.planned, Planned("evt_x:x", "evt_x", "<x>", "failed"))),
        {"phantom": 1},
    ),
    "a message that waits": (
        planted(planned=(*CLEAN.planned[:5], replace(CLEAN.planned[5], state="waiting"))),
        {"stuck": 1},
    ),
    "sent, and no provider has it": (planted(told=without(CLEAN.told or (), 3)), {"lost": 1}),
    "told twice": (planted(told=(*(CLEAN.told or ()), Told("<0-1>"))), {"duplicate": 1}),
    "told, and nobody planned it": (planted(told=(*(CLEAN.told or ()), Told("<x>"))), {"phantom": 1}),
}
PLANTED["a number given twice"] = (PLANTED["a number given twice"][0], {"lost": 1, "duplicate": 1})


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_anomaly_is_found_under_its_name(name: str) -> None:
    evidence, expected = PLANTED[name]
    assert found(evidence) == expected


def test_a_record_sent_again_is_surplus_and_no_anomaly() -> None:
    again = planted(published=(*CLEAN.published, CLEAN.published[0], CLEAN.published[0]))
    verdict = judge(again)
    assert verdict.clean
    assert verdict.counts["republished"] == 2


def test_a_second_acceptance_is_explained_only_where_an_answer_was_not_heard() -> None:
    explained = judge(planted(told=(*(CLEAN.told or ()), Told("<0-1>", unheard=True))))
    assert explained.clean
    assert explained.counts["retold"] == 1
    both_heard = (*(CLEAN.told or ()), Told("<0-1>", unheard=True), Told("<0-1>"))
    assert found(planted(told=both_heard)) == {"duplicate": 1}


@pytest.mark.parametrize(("times", "kills", "unheard"), [(2, 1, 1), (3, 1, 1), (3, 2, 2), (2, 0, 0)])
def test_a_kill_explains_one_repeat_of_what_was_not_marked_and_no_other(times: int, kills: int, unheard: int) -> None:
    taken = [Acceptance("sms", key, "+62", False, float(at)) for at in range(times) for key in ("held", "marked")]
    unmarked = [Unmarked(frozenset({"held"}), at + 0.5) for at in range(kills)]
    told = tellings(taken, set(), (), unmarked)
    assert Counter(one.wire for one in told if one.unheard) == ({"held": unheard} if unheard else {})
