"""The clocks of an application: nobody waits for ever, and nobody is closed a moment too early."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from services.application import domain
from services.application.domain import STATES, Application
from services.application.problems import AnswerTooLate, ReasonNeeded
from services.application.tests.test_domain import decide, sent
from services.application.tests.test_states import INTERVIEW, OFFER, as_it_is
from shared.contracts.application import ApplicationClosedWithoutReply, ApplicationInterviewSoon, ApplicationState

# Answers were promised until 12 May 2026 (WIB); the three days of grace end with 15 May.
CLOSES = datetime(2026, 5, 15, 17, tzinfo=UTC)
INSTANT = timedelta(milliseconds=1)


@pytest.mark.parametrize(
    ("state", "due", "next"),
    [
        ("submitted", CLOSES, "closed_without_reply"),
        ("viewed", CLOSES, "closed_without_reply"),
        ("shortlisted", CLOSES, "closed_without_reply"),
        ("interview_rescheduled", CLOSES, "closed_without_reply"),
        ("interview_declined", CLOSES, "closed_without_reply"),
        ("interview_offered", INTERVIEW.reply_by + timedelta(days=3), "interview_declined"),
        ("offered", OFFER.reply_by + timedelta(days=3), "offer_declined"),
    ],
)
def test_what_is_not_answered_ends_at_its_instant_and_not_before(
    state: ApplicationState, due: datetime, next: ApplicationState
) -> None:
    waiting = as_it_is(state)
    assert domain.due_at(waiting) == due
    assert domain.run_due(waiting, at=due - INSTANT) == (waiting, [])
    ended, events = domain.run_due(waiting, at=due)
    assert (ended.state, ended.history[-1].actor, len(events)) == (next, "system", 1)
    assert getattr(events[0], "actor", "system") == "system"
    assert domain.run_due(ended, at=due) == (ended, [])


@pytest.mark.parametrize(
    "state", [state for state in STATES if state not in (*domain.WAITING, *("interview_offered", "offered"))]
)
def test_nothing_is_due_where_nobody_is_to_answer(state: ApplicationState) -> None:
    if state != "interview_accepted":
        assert domain.due_at(as_it_is(state)) is None


def test_where_no_day_was_promised_nothing_closes_by_itself() -> None:
    open_end = sent().vacancy.model_copy(update={"answer_by": None})
    assert domain.due_at(sent().model_copy(update={"vacancy": open_end})) is None


@pytest.mark.parametrize("command", ["decline", "reschedule"])
def test_whoever_is_told_late_that_somebody_cannot_come_has_three_days_more(command: domain.Command) -> None:
    late = CLOSES - timedelta(hours=1)
    moved, _ = decide(as_it_is("interview_offered"), command, at=late)
    assert domain.due_at(moved) == datetime(2026, 5, 18, 17, tzinfo=UTC)


def accepted(at: datetime) -> Application:
    return decide(as_it_is("interview_offered"), "accept", at=at)[0]


def test_an_interview_is_remembered_at_five_the_day_before_and_decided_within_two_weeks() -> None:
    coming = accepted(INTERVIEW.reply_by)  # the interview is on 9 May at 16.30 WIB
    remind = datetime(2026, 5, 8, 10, tzinfo=UTC)
    assert domain.due_at(coming) == remind
    reminded, (event,) = domain.run_due(coming, at=remind)
    assert isinstance(event, ApplicationInterviewSoon)
    assert (event.starts_at, reminded.state) == (INTERVIEW.starts_at, "interview_accepted")
    assert domain.due_at(reminded) == INTERVIEW.starts_at + timedelta(days=14)
    closed, _ = domain.run_due(reminded, at=INTERVIEW.starts_at + timedelta(days=14))
    assert closed.state == "closed_without_reply"


def test_whoever_accepts_after_five_needs_no_reminder() -> None:
    coming = accepted(datetime(2026, 5, 8, 11, tzinfo=UTC))
    assert domain.due_at(coming) == INTERVIEW.starts_at + timedelta(days=14)


def test_an_employer_can_still_answer_for_thirty_days_and_a_second_promise_begins() -> None:
    closed, (event,) = domain.run_due(sent(), at=CLOSES)
    assert isinstance(event, ApplicationClosedWithoutReply)
    assert event.answer_until == CLOSES + timedelta(days=30)
    in_time = event.answer_until - INSTANT
    assert decide(closed, "reject", at=in_time)[0].state == "rejected"
    again, (told,) = decide(closed, "shortlist", at=in_time)
    assert getattr(told, "answer_by", None) == again.answer_by == date(2026, 6, 28)
    assert (domain.due_at(again) or in_time) > in_time + timedelta(days=14)
    for command in ("reject", "shortlist"):
        with pytest.raises(AnswerTooLate):
            decide(closed, command, at=event.answer_until)


def test_a_job_that_was_offered_is_taken_back_only_with_a_reason() -> None:
    with pytest.raises(ReasonNeeded):
        decide(as_it_is("offered"), "reject")
    assert decide(as_it_is("offered"), "reject", reason="Pesanan batal.")[0].reason == "Pesanan batal."


@pytest.mark.parametrize("state", STATES)
def test_a_vacancy_without_a_job_cancels_what_is_open_and_says_why_once(state: ApplicationState) -> None:
    decisions: tuple[Callable[[Application], domain.Decided], ...] = (
        lambda one: domain.cancelled(one, cause="cancelled_job", reason="Batal.", at=CLOSES),
        lambda one: domain.vacancy_recalled(one, reason="Palsu.", at=CLOSES),
    )
    for decision in decisions:
        ended, events = decision(as_it_is(state))
        assert (ended.state == "cancelled", len(events)) == (
            state in (*domain.OPEN, "cancelled"),
            state in domain.OPEN,
        )
        assert decision(ended)[1] == []


def test_whoever_was_warned_of_a_recall_before_is_not_told_twice() -> None:
    warned = sent().model_copy(update={"vacancy_recalled": True})
    ended, (event,) = domain.vacancy_recalled(warned, reason="Palsu.", at=CLOSES)
    assert (ended.state, type(event).__name__, getattr(event, "cause", "")) == (
        "cancelled",
        "ApplicationCancelled",
        "recalled",
    )
