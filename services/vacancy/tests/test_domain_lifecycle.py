"""Which step a vacancy may take in which state, and by whom."""

from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest

from services.vacancy.domain import review, running
from services.vacancy.domain.lifecycle import TABLE, Action, require
from services.vacancy.domain.refusals import ClosingPassed, EmployerNotVerified, SameOfficer
from services.vacancy.domain.vacancy import Actor, facts
from services.vacancy.tests.making import CARD, NOW, OFFICER, OVER, OWNER, STEPS, SYSTEM, drafted, standing, terms
from shared.contracts.vacancy import VacancyChanged, VacancyState
from shared.errors import Forbidden, WrongState

# (state, step): (state afterwards, its event). Every other pair is refused with the state as people see it.
LEGAL: dict[tuple[VacancyState, str], tuple[VacancyState, str]] = {
    ("draft", "change"): ("draft", "VacancyChanged.v1"),
    ("draft", "submit"): ("submitted", "VacancySubmitted.v1"),
    ("returned", "change"): ("returned", "VacancyChanged.v1"),
    ("returned", "submit"): ("submitted", "VacancySubmitted.v1"),
    ("submitted", "take_back"): ("draft", "VacancyWithdrawn.v1"),
    ("submitted", "return"): ("returned", "VacancyReturned.v1"),
    ("submitted", "refuse"): ("refused", "VacancyRefused.v1"),
    ("submitted", "publish"): ("published", "VacancyPublished.v1"),
    ("published", "edit"): ("published", "VacancyChanged.v1"),
    ("paused", "edit"): ("paused", "VacancyChanged.v1"),
    ("published", "pause"): ("paused", "VacancyPaused.v1"),
    ("published", "fill"): ("filled", "VacancyFilled.v1"),
    ("published", "close"): ("closed", "VacancyClosed.v1"),
    ("published", "extend"): ("published", "VacancyExtended.v1"),
    ("published", "recall"): ("recalled", "VacancyRecalled.v1"),
    ("paused", "resume"): ("published", "VacancyResumed.v1"),
    ("paused", "fill"): ("filled", "VacancyFilled.v1"),
    ("paused", "close"): ("closed", "VacancyClosed.v1"),
    ("paused", "extend"): ("paused", "VacancyExtended.v1"),
    ("paused", "recall"): ("recalled", "VacancyRecalled.v1"),
    ("filled", "reopen"): ("published", "VacancyReopened.v1"),
    ("filled", "recall"): ("recalled", "VacancyRecalled.v1"),
    ("closed", "reopen"): ("published", "VacancyReopened.v1"),
    ("closed", "recall"): ("recalled", "VacancyRecalled.v1"),
    ("expired", "reopen"): ("published", "VacancyReopened.v1"),
    ("expired", "recall"): ("recalled", "VacancyRecalled.v1"),
}
STATES: tuple[VacancyState, ...] = get_args(VacancyState)
OF_A_PROVINCE = {"revise", "adopt", "discard", "drop"}  # see test_domain_province
ACTIONS = sorted(set(get_args(Action)) - {"expire", *OF_A_PROVINCE})  # no request expires anything


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("state", STATES)
def test_a_step_is_taken_where_the_table_allows_it_and_refused_with_the_state_elsewhere(
    state: VacancyState, action: str
) -> None:
    vacancy = standing(state)
    if (state, action) not in LEGAL:
        with pytest.raises(WrongState) as refused:
            STEPS[action](vacancy)
        assert refused.value.state == state
        return
    after, events = STEPS[action](vacancy)
    assert (after.state, [event.type for event in events]) == (LEGAL[state, action][0], [LEGAL[state, action][1]])
    assert events[0].model_dump()["state"] == after.state
    steps = len(after.history) - len(vacancy.history)
    assert steps == (action not in ("change", "edit")), "one more line in the history, with who did it"
    assert after.history[-1].actor in ("employer", "officer")


def test_every_step_of_the_table_is_tried_here() -> None:
    tried = {(state, action) for action in ACTIONS for state in TABLE[action].before}
    assert tried == set(LEGAL)


@pytest.mark.parametrize("action", ["return", "refuse", "publish", "recall"])
def test_what_an_officer_decides_no_employer_decides(action: str) -> None:
    with pytest.raises(Forbidden):
        require(standing("published" if action == "recall" else "submitted"), action, by=OWNER, at=NOW)  # type: ignore[arg-type]


@pytest.mark.parametrize("state", STATES)
def test_only_what_is_live_and_over_expires(state: VacancyState) -> None:
    after, events = running.expire(standing(state), by=SYSTEM, at=OVER)
    live = state in ("published", "paused")
    assert [event.type for event in events] == (["VacancyExpired.v1"] if live else [])
    assert after.state == ("expired" if live else state)


@pytest.mark.parametrize(
    ("at", "state"),
    [(OVER - timedelta(milliseconds=1), "published"), (OVER, "expired"), (OVER + timedelta(days=1), "expired")],
)
def test_a_published_vacancy_is_over_at_the_end_of_its_last_day_in_wib(at: datetime, state: str) -> None:
    vacancy = standing("published")
    assert vacancy.closes_at == datetime(2026, 1, 31, 17, 0, tzinfo=UTC)
    assert vacancy.state_at(at) == state


def test_what_is_over_by_the_clock_cannot_be_closed_any_more() -> None:
    with pytest.raises(WrongState) as refused:
        running.close(standing("published"), reason=None, by=OWNER, at=OVER)
    assert refused.value.state == "expired"


def test_it_expires_as_of_its_closing_time_however_late_the_sweep() -> None:
    after, _ = running.expire(standing("published"), by=SYSTEM, at=OVER + timedelta(hours=5))
    assert (after.history[-1].at, after.history[-1].actor) == (OVER, "system")


def test_the_officer_who_typed_it_may_not_publish_it() -> None:
    typed = review.submit(drafted(by=OFFICER), by=OFFICER, at=NOW)[0]
    with pytest.raises(SameOfficer):
        review.publish(typed, by=OFFICER, at=NOW)
    other = OFFICER.model_copy(update={"id": "acc_other"})
    assert review.publish(typed, by=other, at=NOW)[0].state == "published"


def test_an_officer_who_changed_a_word_has_typed_it_too() -> None:
    changed = review.change(standing("returned"), {"title": "Penjahit Kebaya"}, by=OFFICER, at=NOW)[0]
    with pytest.raises(SameOfficer):
        review.publish(review.submit(changed, by=OWNER, at=NOW)[0], by=OFFICER, at=NOW)


def test_only_a_verified_employer_publishes_whatever_was_so_when_it_was_written() -> None:
    unverified = CARD.model_copy(update={"verified": False})
    with pytest.raises(EmployerNotVerified):
        review.publish(standing("submitted", employer=unverified), by=OFFICER, at=NOW)
    with pytest.raises(EmployerNotVerified):
        review.publish(standing("submitted"), by=OFFICER, at=NOW, employer=unverified)
    late = review.publish(standing("submitted", employer=unverified), by=OFFICER, at=NOW, employer=CARD)[0]
    assert (late.state, late.employer.verified) == ("published", True)


def test_a_vacancy_that_waited_past_its_closing_date_is_not_published() -> None:
    with pytest.raises(ClosingPassed):
        review.publish(standing("submitted"), by=OFFICER, at=OVER)


def test_history_keeps_time_actor_and_reason_of_every_step() -> None:
    vacancy = review.submit(standing("returned"), by=OWNER, at=NOW)[0]
    vacancy = review.publish(vacancy, by=OFFICER, at=NOW + timedelta(hours=1))[0]
    assert [(step.state, step.actor, step.actor_id, step.reason) for step in vacancy.history] == [
        ("draft", "employer", "acc_owner", None),
        ("submitted", "employer", "acc_owner", None),
        ("returned", "officer", "acc_officer", "Upahnya belum jelas."),
        ("submitted", "employer", "acc_owner", None),
        ("published", "officer", "acc_officer", None),
    ]
    assert (vacancy.history[-1].at, vacancy.published_at, vacancy.reason) == (
        NOW + timedelta(hours=1),
        NOW + timedelta(hours=1),
        None,
    )


@pytest.mark.parametrize(
    ("by", "reason", "told"),
    [
        (OWNER, None, "Ditutup oleh pemberi kerja."),
        (OFFICER, None, "Ditutup oleh petugas Disnaker."),
        (OWNER, "Sudah terisi.", "Sudah terisi."),
    ],
)
def test_a_closing_says_why(by: Actor, reason: str | None, told: str) -> None:
    after, events = running.close(standing("published"), reason=reason, by=by, at=NOW)
    assert (after.reason, events[0].model_dump()["reason"]) == (told, told)


def test_a_change_that_changes_nothing_is_no_event() -> None:
    assert review.change(standing("draft"), {"openings": 1}, by=OWNER, at=NOW)[1] == []


@pytest.mark.parametrize("state", STATES)
def test_every_event_carries_the_public_fields_and_never_the_address(state: VacancyState) -> None:
    vacancy = standing(state)
    told = VacancyChanged(**facts(vacancy)).model_dump_json()
    assert vacancy.number in told
    assert "2026-02-07" in told, "the promised answer, a week after closing, where none was chosen"
    assert "Jl. Contoh" not in told


def test_a_draft_may_miss_anything_but_not_contradict_itself() -> None:
    assert drafted(terms(wage=None, hours=None, closes_on=None, description="")).closes_at is None
