"""A province's vacancy decided: taken in, revised in each state, ended in each state."""

from datetime import date
from typing import Any, get_args

import pytest

from services.vacancy.domain import review, running
from services.vacancy.domain.finding import Finding
from services.vacancy.domain.lifecycle import TABLE
from services.vacancy.domain.outward import outward
from services.vacancy.domain.province import Offer, Tombstone, end, revise, take_in
from services.vacancy.domain.refusals import FairnessUnjustified, Flawed, Incomplete, NothingWaits, OriginEnded
from services.vacancy.domain.revision import adopt, discard
from services.vacancy.domain.vacancy import Vacancy
from services.vacancy.tests.making import COMPLETE, NOW, OFFICER, OVER, SYSTEM, WAYS, drafted, standing, terms
from shared.contracts.province import Ending
from shared.contracts.vacancy import VacancyState

UNFAIR = Finding(rule="M6", level="warn", field="title", start=0, end=4, text="pria", message="x", message_en="x")
THEIRS = COMPLETE.model_copy(update={"address": None})


def offer(revision: int = 1, *, employer_name: str = "PT Jatim", **changes: Any) -> Offer:
    wanted = THEIRS.model_copy(update=changes)
    return Offer(
        province="35", origin_id="JT-1", revision=revision, employer_name=employer_name, terms=wanted, url=None
    )


def tombstone(reason: Ending = "closed") -> Tombstone:
    return Tombstone("35", "JT-1", 9, reason, NOW)


OFFICERS = {
    "return": lambda v: review.send_back(v, reason="Upahnya belum jelas.", by=OFFICER, at=NOW),
    "refuse": lambda v: review.refuse(v, reason="Pelamar diminta membayar.", by=OFFICER, at=NOW),
    "publish": lambda v: review.publish(v, by=OFFICER, at=NOW),
    "pause": lambda v: running.pause(v, reason=None, by=OFFICER, at=NOW),
    "fill": lambda v: running.fill(v, count=None, by=OFFICER, at=NOW),
    "close": lambda v: running.close(v, reason=None, by=OFFICER, at=NOW),
    "expire": lambda v: running.expire(v, by=SYSTEM, at=OVER),
    "recall": lambda v: running.recall(v, reason="Pelamar diminta membayar.", by=OFFICER, at=NOW),
}


def theirs(state: VacancyState) -> Vacancy:
    vacancy, _ = take_in(offer(), number="LWK-2026-000001", at=NOW, flags=())
    for step in WAYS[state][1:]:
        vacancy = OFFICERS[step](vacancy)[0]
    return vacancy


def told(decided: Any) -> list[str]:
    return [event.type for event in decided[1]]


def test_it_comes_into_the_queue_with_its_origin_and_no_account_behind_it() -> None:
    made, events = take_in(offer(), number="LWK-2026-000001", at=NOW, flags=[UNFAIR])
    assert (made.state, made.source, made.employer.owner_id, made.flags) == ("submitted", "province", None, (UNFAIR,))
    assert made.origin is not None
    assert (made.origin.name, made.origin.id, made.origin.revision) == ("Disnaker Provinsi Jawa Timur", "JT-1", 1)
    assert [event.type for event in events] == ["VacancyDrafted.v1", "VacancySubmitted.v1"]


def test_its_events_say_where_people_apply() -> None:
    there = offer().model_copy(update={"url": "https://example.go.id/1"})
    _, events = take_in(there, number="LWK-2026-000001", at=NOW, flags=())
    assert {event.model_dump()["apply_url"] for event in events} == {"https://example.go.id/1"}


def test_an_officer_publishes_it_without_a_verified_employer() -> None:
    assert theirs("published").state == "published"


def test_nowhere_is_refused_with_its_field() -> None:
    with pytest.raises(Incomplete) as refused:
        take_in(offer(kelurahan_code=None), number="LWK-2026-000001", at=NOW, flags=())
    assert [flaw.pointer for flaw in refused.value.flaws] == ["/location_text"]


@pytest.mark.parametrize(
    ("state", "after", "event"),
    [
        ("submitted", "submitted", "VacancyChanged.v1"),
        ("returned", "submitted", "VacancySubmitted.v1"),
    ],
)
def test_in_the_queue_a_later_text_takes_the_place_of_the_old_one(
    state: VacancyState, after: str, event: str
) -> None:
    decided = revise(theirs(state), offer(2, title="Penjahit", employer_name="PT Lain"), at=NOW, flags=[UNFAIR])
    made = decided[0]
    assert (made.state, made.terms.title, made.employer.name, made.flags) == (after, "Penjahit", "PT Lain", (UNFAIR,))
    assert told(decided) == [event]
    assert made.origin is not None
    assert made.origin.revision == 2


@pytest.mark.parametrize("state", ["published", "paused"])
def test_of_a_live_one_dates_and_openings_count_at_once_and_the_rest_waits(state: VacancyState) -> None:
    later = date(2026, 2, 10)
    decided = revise(theirs(state), offer(2, title="Penjahit", openings=4, closes_on=later), at=NOW, flags=())
    made = decided[0]
    assert (made.state, made.terms.title, made.terms.openings) == (state, COMPLETE.title, 4)
    assert made.terms.closes_on == later
    assert made.waiting is not None
    assert (made.waiting.number, made.waiting.terms.title) == (2, "Penjahit")
    assert told(decided) == ["VacancyChanged.v1"]


def test_of_a_live_one_nothing_waits_where_only_dates_differ_or_the_old_text_comes_back() -> None:
    first, _ = revise(theirs("published"), offer(2, title="Penjahit"), at=NOW, flags=())
    second, _ = revise(first, offer(3, openings=2), at=NOW, flags=())
    assert (first.waiting is None, second.waiting) == (False, None)


def test_a_live_one_stays_open_for_120_days_at_most_and_never_offers_less_than_is_filled() -> None:
    vacancy = theirs("published").model_copy(update={"filled_count": 2})
    with pytest.raises(Flawed) as few:
        revise(vacancy, offer(2, openings=1), at=NOW, flags=())
    assert few.value.flaws[0].pointer == "/openings"
    old = theirs("published").model_copy(update={"published_at": NOW.replace(year=2025, month=9)})
    with pytest.raises(Flawed) as long:
        revise(old, offer(2), at=NOW, flags=())
    assert long.value.flaws[0].pointer == "/closes_on"


@pytest.mark.parametrize("state", ["refused", "filled", "closed", "expired", "recalled"])
def test_what_is_over_stays_over(state: VacancyState) -> None:
    with pytest.raises(OriginEnded) as refused:
        revise(theirs(state), offer(2), at=OVER, flags=())
    assert refused.value.state == state


def test_what_expired_by_the_clock_takes_no_later_text() -> None:
    with pytest.raises(OriginEnded):
        revise(theirs("published"), offer(2, closes_on=date(2026, 2, 20)), at=OVER, flags=())


def test_an_officer_takes_the_later_text_with_the_dates_as_they_stand() -> None:
    waits, _ = revise(theirs("published"), offer(2, title="Penjahit", openings=4), at=NOW, flags=())
    decided = adopt(waits, by=OFFICER, at=NOW)
    made = decided[0]
    assert (made.terms.title, made.terms.openings, made.waiting, made.state) == ("Penjahit", 4, None, "published")
    assert told(decided) == ["VacancyChanged.v1"]
    with pytest.raises(NothingWaits):
        adopt(made, by=OFFICER, at=NOW)


def test_a_later_text_that_asks_for_a_sex_needs_a_reason_too() -> None:
    waits, _ = revise(theirs("published"), offer(2, title="Penjahit pria"), at=NOW, flags=[UNFAIR])
    with pytest.raises(FairnessUnjustified):
        adopt(waits, by=OFFICER, at=NOW)
    made, _ = adopt(waits, by=OFFICER, at=NOW, justification="Penjaga asrama pria.")
    assert made.history[-1].reason == "Penjaga asrama pria."


def test_an_officer_keeps_the_old_text_and_says_why() -> None:
    waits, _ = revise(theirs("published"), offer(2, title="Penjahit"), at=NOW, flags=())
    made, _ = discard(waits, reason="Judulnya menyesatkan.", by=OFFICER, at=NOW)
    assert (made.terms.title, made.waiting, made.history[-1].reason) == (
        COMPLETE.title,
        None,
        "Judulnya menyesatkan.",
    )


ENDS: dict[tuple[VacancyState, Ending], tuple[VacancyState, list[str]]] = {
    **{(state, "closed"): ("refused", ["VacancyRefused.v1"]) for state in ("submitted", "returned")},
    **{(state, "recalled"): ("refused", ["VacancyRefused.v1"]) for state in ("submitted", "returned")},
    **{(state, "closed"): ("closed", ["VacancyClosed.v1"]) for state in ("published", "paused")},
    **{(state, "expired"): ("closed", ["VacancyClosed.v1"]) for state in ("published", "paused")},
    **{(state, "filled"): ("filled", ["VacancyFilled.v1"]) for state in ("published", "paused")},
    **{
        (state, "recalled"): ("recalled", ["VacancyRecalled.v1"])
        for state in ("published", "paused", "filled", "closed", "expired")
    },
    **{(state, "closed"): (state, []) for state in ("filled", "closed", "expired", "recalled", "refused")},
    **{(state, "recalled"): (state, []) for state in ("recalled", "refused")},
}


@pytest.mark.parametrize(("state", "reason"), ENDS)
def test_their_ending_ends_ours_once_and_what_they_recalled_is_recalled(state: VacancyState, reason: Ending) -> None:
    decided = end(theirs(state), tombstone(reason), at=NOW)
    assert (decided[0].state, told(decided)) == ENDS[state, reason]
    assert told(end(decided[0], tombstone(reason), at=NOW)) == []


def test_every_state_that_a_province_may_revise_is_tried_here() -> None:
    assert TABLE["revise"].before == {"submitted", "returned", "published", "paused"}
    assert {reason for _, reason in ENDS} == set(get_args(Ending))


@pytest.mark.parametrize(
    ("before", "after", "news"),
    [
        (None, "draft", []),
        ("draft", "submitted", []),
        ("submitted", "published", ["CityVacancyOffered.v1"]),
        ("published", "paused", ["CityVacancyOffered.v1"]),
        ("published", "published", ["CityVacancyOffered.v1"]),
        ("submitted", "refused", []),
        ("published", "filled", ["CityVacancyEnded.v1"]),
        ("paused", "closed", ["CityVacancyEnded.v1"]),
        ("published", "expired", ["CityVacancyEnded.v1"]),
        ("published", "recalled", ["CityVacancyEnded.v1"]),
        ("closed", "recalled", ["CityVacancyEnded.v1"]),
    ],
)
def test_the_province_hears_of_what_is_public_and_of_its_end(
    before: VacancyState | None, after: VacancyState, news: list[str]
) -> None:
    was = standing(before) if before else None
    assert [event.type for event in outward(was, standing(after))] == news


def test_the_province_hears_only_public_fields_and_nothing_that_it_gave_us() -> None:
    (event,) = outward(standing("submitted"), standing("published", of=terms(address="Jl. Rahasia 9")))
    assert "Rahasia" not in event.model_dump_json()
    assert not {"owner_id", "address", "contact", "reason"} & set(event.model_dump())
    assert [event.type for event in outward(theirs("submitted"), theirs("published"))] == [
        "ProvinceVacancyDecided.v1"
    ]
    assert outward(None, drafted()) == []


def test_the_province_hears_what_officers_decided_on_its_own_and_nothing_that_a_receipt_said() -> None:
    (returned,) = outward(theirs("submitted"), theirs("returned"))
    assert returned.model_dump(include={"origin_id", "revision", "state", "reason"}) == {
        "origin_id": "JT-1",
        "revision": 1,
        "state": "returned",
        "reason": "Upahnya belum jelas.",
    }
    queued, _ = revise(theirs("returned"), offer(2), at=NOW, flags=())
    waits, _ = revise(theirs("published"), offer(2, title="Penjahit"), at=NOW, flags=())
    kept, _ = discard(waits, reason="Judulnya menyesatkan.", by=OFFICER, at=NOW)
    assert outward(None, theirs("submitted")) == outward(theirs("returned"), queued) == []
    assert outward(theirs("published"), waits) == []
    assert [event.model_dump()["reason"] for event in outward(waits, kept)] == ["Judulnya menyesatkan."]
