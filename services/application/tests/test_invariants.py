"""No sequence of commands, in order or at once with stale versions, breaks what must always hold."""

from dataclasses import dataclass, field
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as some

from services.application import domain
from services.application.domain import COMMANDS, OPEN, Actor, Application, Command, Words
from services.application.domain.states import TABLE
from services.application.problems import AnswerTooLate, ReasonNeeded
from services.application.tests.test_domain import AT, sent
from services.application.tests.test_states import ACTORS, INTERVIEW, OFFER
from shared.errors import StaleVersion, WrongState
from shared.events import Event

ACTS: tuple[str, ...] = (*COMMANDS, "resubmit", "due", "recalled", "cancelled_job", "closed")
FINAL = {"rejected", "cancelled", "offer_declined"}


@dataclass
class Shelf:
    """A store of one application: the first of two writers wins."""

    now: Application
    told: list[Event] = field(default_factory=list)

    def save(self, before: Application, after: Application, events: list[Event]) -> None:
        if before.version != self.now.version:
            raise StaleVersion
        self.now = after.model_copy(update={"version": before.version + len(events)})
        self.told += events


def act(one: Application, what: str, actor: Actor, hours: int, reason: bool) -> domain.Decided:
    at = one.updated_at + timedelta(hours=hours)
    if what == "resubmit":
        return domain.submit_again(one, one.vacancy, note_sealed=None, at=at)
    if what == "due":
        return domain.run_due(one, at=at)
    if what == "recalled":
        return domain.vacancy_recalled(one, reason="Palsu.", at=at)
    if what == "cancelled_job":
        return domain.cancelled(one, cause="cancelled_job", reason="Batal.", at=at)
    if what == "closed":
        return domain.vacancy_closed(one)
    words = Words(reason="Karena." if reason else None, interview=INTERVIEW, offer=OFFER)
    command: Command = next(command for command in COMMANDS if command == what)
    return domain.decide(one, command, actor=actor, by="acc_x", at=at, words=words)


STEPS = some.tuples(
    some.sampled_from(ACTS),
    some.sampled_from(ACTORS),
    some.integers(0, 24 * 40),
    some.booleans(),
    some.integers(0, 3),
)


@settings(max_examples=300, deadline=None)
@given(some.lists(STEPS, min_size=1, max_size=25))
def test_no_sequence_of_commands_breaks_what_must_always_hold(
    steps: list[tuple[str, Actor, int, bool, int]],
) -> None:
    """Each step may have read the application up to three steps ago."""
    shelf, seen = Shelf(sent()), [sent()]
    for what, actor, hours, reason, ago in steps:
        before = seen[max(len(seen) - 1 - ago, 0)]
        try:
            after, events = act(before, what, actor, hours, reason)
            if not events:
                assert after == before, "what tells nothing changes nothing"
                continue
            shelf.save(before, after, events)
        except (WrongState, AnswerTooLate, ReasonNeeded, StaleVersion):
            continue
        _holds(seen[-1], shelf.now, events)
        seen.append(shelf.now)
    assert shelf.now.version == 1 + len(shelf.told), "every version was told"


def _holds(before: Application, after: Application, events: list[Event]) -> None:
    assert (after.number, after.seeker_id, after.id) == (before.number, before.seeker_id, before.id)
    assert after.history[: len(before.history)] == before.history, "nothing that happened is forgotten"
    if after.state != before.state:
        assert before.state not in FINAL, "what is final stays"
        assert after.history[-1].state == after.state
        moves = {move.next for (state, _), move in TABLE.items() if state == before.state} | {"submitted"}
        assert after.state in moves
        assert before.state == "withdrawn" or after.state != "submitted", "only what was withdrawn is sent again"
    else:
        assert after.history == before.history
    assert sum(step.state == "submitted" for step in after.history) <= domain.SUBMISSIONS
    assert sum(step.state == "hired" for step in after.history) <= 1
    if after.state == "hired":
        assert [step.state for step in after.history[-3:]] == ["offered", "offer_accepted", "hired"], (
            "nobody by surprise"
        )
        assert after.start_date is not None
    due = domain.due_at(after)
    assert due is None or after.state in OPEN, "the clock runs only for what is open"
    assert due is not None or after.state not in (
        *domain.WAITING,
        "interview_offered",
        "offered",
        "interview_accepted",
    )
    assert after.submitted_at >= AT
    for event in events:
        assert getattr(event, "state", after.state) == after.state
