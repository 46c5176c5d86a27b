"""The table of states: every command in every state by every actor, as the product says it."""

import itertools
from datetime import date, timedelta
from typing import get_args

import pytest

from services.application import domain
from services.application.domain import COMMANDS, STATES, Actor, Application, Command, Interview, Offer, Words
from services.application.domain.states import IN_TOUCH, OPEN, WAITING, open_to
from services.application.tests.test_domain import AT, LATER, sent
from shared.contracts.application import ApplicationState
from shared.contracts.vacancy import Wage
from shared.errors import WrongState

ACTORS: tuple[Actor, ...] = get_args(Actor)
INTERVIEW = Interview(starts_at=AT + timedelta(days=5), remote=False, reply_by=AT + timedelta(days=3))
OFFER = Offer(
    wage=Wage(min=2_500_000), hours="08.00-16.00", start_date=date(2026, 6, 1), reply_by=AT + timedelta(days=3)
)
WORDS = Words(reason="Karena.", interview=INTERVIEW, offer=OFFER, start_date=None)

# From a state: what each may do, and where it leads. All else is refused.
EXPECTED: dict[ApplicationState, dict[tuple[Actor, Command], ApplicationState]] = {
    "submitted": {
        ("employer", "view"): "viewed",
        ("employer", "shortlist"): "shortlisted",
        ("employer", "offer_interview"): "interview_offered",
        ("employer", "offer_job"): "offered",
        ("employer", "reject"): "rejected",
        ("seeker", "withdraw"): "withdrawn",
        ("system", "cancel"): "cancelled",
        ("system", "close"): "closed_without_reply",
    },
    "viewed": {
        ("employer", "shortlist"): "shortlisted",
        ("employer", "offer_interview"): "interview_offered",
        ("employer", "offer_job"): "offered",
        ("employer", "reject"): "rejected",
        ("seeker", "withdraw"): "withdrawn",
        ("system", "cancel"): "cancelled",
        ("system", "close"): "closed_without_reply",
    },
    "shortlisted": {
        ("employer", "offer_interview"): "interview_offered",
        ("employer", "offer_job"): "offered",
        ("employer", "reject"): "rejected",
        ("seeker", "withdraw"): "withdrawn",
        ("system", "cancel"): "cancelled",
        ("system", "close"): "closed_without_reply",
    },
    "interview_offered": {
        ("seeker", "accept"): "interview_accepted",
        ("seeker", "decline"): "interview_declined",
        ("system", "decline"): "interview_declined",
        ("seeker", "reschedule"): "interview_rescheduled",
        ("employer", "reject"): "rejected",
        ("seeker", "withdraw"): "withdrawn",
        ("system", "cancel"): "cancelled",
    },
    "interview_accepted": {
        ("seeker", "reschedule"): "interview_rescheduled",
        ("employer", "offer_interview"): "interview_offered",
        ("employer", "offer_job"): "offered",
        ("employer", "reject"): "rejected",
        ("seeker", "withdraw"): "withdrawn",
        ("system", "cancel"): "cancelled",
        ("system", "close"): "closed_without_reply",
    },
    "interview_declined": {
        ("employer", "offer_interview"): "interview_offered",
        ("employer", "offer_job"): "offered",
        ("employer", "reject"): "rejected",
        ("seeker", "withdraw"): "withdrawn",
        ("system", "cancel"): "cancelled",
        ("system", "close"): "closed_without_reply",
    },
    "interview_rescheduled": {
        ("employer", "offer_interview"): "interview_offered",
        ("employer", "reject"): "rejected",
        ("seeker", "withdraw"): "withdrawn",
        ("system", "cancel"): "cancelled",
        ("system", "close"): "closed_without_reply",
    },
    "offered": {
        ("seeker", "accept"): "offer_accepted",
        ("seeker", "decline"): "offer_declined",
        ("system", "decline"): "offer_declined",
        ("employer", "reject"): "rejected",
        ("seeker", "withdraw"): "withdrawn",
        ("system", "cancel"): "cancelled",
    },
    "offer_accepted": {
        ("employer", "hire"): "hired",
        ("officer", "hire"): "hired",
        ("seeker", "withdraw"): "withdrawn",
        ("system", "cancel"): "cancelled",
    },
    "closed_without_reply": {("employer", "shortlist"): "shortlisted", ("employer", "reject"): "rejected"},
    "hired": {("officer", "cancel"): "cancelled"},
    "offer_declined": {},
    "rejected": {},
    "withdrawn": {},
    "cancelled": {},
}
# Where a command has led, and by whom: the same again is done already.
LEADS: set[tuple[ApplicationState, Actor, Command]] = {
    (after, actor, command) for row in EXPECTED.values() for (actor, command), after in row.items()
}
CELLS = [
    (state, actor, command, EXPECTED[state].get((actor, command)))
    for state, actor, command in itertools.product(STATES, ACTORS, COMMANDS)
]
TOLD: dict[str, list[str]] = {
    "viewed": ["ApplicationViewed"],
    "shortlisted": ["ApplicationShortlisted"],
    "interview_offered": ["ApplicationInterviewOffered"],
    "interview_accepted": ["ApplicationInterviewAccepted"],
    "interview_declined": ["ApplicationInterviewDeclined"],
    "interview_rescheduled": ["ApplicationInterviewRescheduled"],
    "offered": ["ApplicationOffered"],
    "offer_accepted": ["ApplicationOfferAccepted"],
    "offer_declined": ["ApplicationOfferDeclined"],
    "hired": ["ApplicationHired", "PlacementRecorded"],
    "rejected": ["ApplicationRejected"],
    "withdrawn": ["ApplicationWithdrawn"],
    "closed_without_reply": ["ApplicationClosedWithoutReply"],
    "cancelled": ["ApplicationCancelled"],
}


def as_it_is(state: ApplicationState) -> Application:
    return sent(state).model_copy(update={"interview": INTERVIEW, "offer": OFFER, "reason": "Karena."})


def test_every_state_of_the_product_is_here() -> None:
    assert set(EXPECTED) == set(STATES)
    assert set(OPEN) == {state for state, row in EXPECTED.items() if ("seeker", "withdraw") in row}
    assert set(WAITING) == {state for state in OPEN if ("system", "close") in EXPECTED[state]} - {
        "interview_accepted"
    }
    assert set(IN_TOUCH) & {"submitted", "viewed", "shortlisted", "rejected", "withdrawn", "cancelled"} == set()


@pytest.mark.parametrize(("state", "actor", "command", "outcome"), CELLS)
def test_every_command_in_every_state_by_everybody(
    state: ApplicationState, actor: Actor, command: Command, outcome: ApplicationState | None
) -> None:
    before = as_it_is(state)
    if outcome is None:
        looked = command == "view" and actor == "employer"
        if looked or (state, actor, command) in LEADS:
            assert domain.decide(before, command, actor=actor, by="acc_x", at=LATER, words=Words()) == (before, [])
            return
        with pytest.raises(WrongState) as refused:
            domain.decide(before, command, actor=actor, by="acc_x", at=LATER, words=WORDS)
        assert refused.value.state == state
        return
    after, events = domain.decide(before, command, actor=actor, by="acc_x", at=LATER, words=WORDS)
    assert (after.state, after.updated_at, after.submitted_at) == (outcome, LATER, AT)
    assert [(step.state, step.at, step.actor) for step in after.history][-1] == (outcome, LATER, actor)
    assert [type(event).__name__ for event in events] == TOLD[outcome]
    assert getattr(events[0], "state", "") == outcome
    again, silence = domain.decide(after, command, actor=actor, by="acc_x", at=LATER, words=WORDS)
    assert (again, silence) == (after, [])


@pytest.mark.parametrize("state", STATES)
def test_the_commands_that_are_offered_are_the_ones_that_lead_on(state: ApplicationState) -> None:
    for actor in ACTORS:
        assert set(open_to(state, actor)) == {command for who, command in EXPECTED[state] if who == actor}
