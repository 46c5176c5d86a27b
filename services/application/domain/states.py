"""The life of an application as one table: from a state, by a command of somebody, to a state. What is not here is
refused (409)."""

from collections.abc import Mapping
from typing import Literal, NamedTuple, get_args

from shared.contracts.application import ApplicationState

Actor = Literal["seeker", "employer", "officer", "system"]
Command = Literal[
    "withdraw",
    "view",
    "shortlist",
    "offer_interview",
    "accept",
    "decline",
    "reschedule",
    "offer_job",
    "reject",
    "hire",
    "close",
    "cancel",
]
STATES: tuple[ApplicationState, ...] = get_args(ApplicationState)
COMMANDS: tuple[Command, ...] = get_args(Command)


class Move(NamedTuple):
    """Whose a command is, and where it leads. To the same state: done already, and nothing is told."""

    who: frozenset[Actor]
    next: ApplicationState


def _of(*states: ApplicationState) -> tuple[ApplicationState, ...]:
    return states


OPEN = _of(
    "submitted",
    "viewed",
    "shortlisted",
    "interview_offered",
    "interview_accepted",
    "interview_declined",
    "interview_rescheduled",
    "offered",
    "offer_accepted",
)
# The employer is to say something: these close without a reply some days after the promised day.
WAITING = _of("submitted", "viewed", "shortlisted", "interview_rescheduled", "interview_declined")
# What the employer may decide from here: an interview, the job, or "not this time".
_TO_DECIDE = _of("submitted", "viewed", "shortlisted", "interview_declined", "interview_accepted")
# From the invitation on, the two must be able to reach each other.
IN_TOUCH = _of(
    "interview_offered",
    "interview_accepted",
    "interview_declined",
    "interview_rescheduled",
    "offered",
    "offer_accepted",
    "hired",
)

_SEEKER, _EMPLOYER = frozenset[Actor]({"seeker"}), frozenset[Actor]({"employer"})
_OFFICER, _SYSTEM = frozenset[Actor]({"officer"}), frozenset[Actor]({"system"})

_ROWS: tuple[tuple[tuple[ApplicationState, ...], Command, frozenset[Actor], ApplicationState], ...] = (
    (_of("submitted"), "view", _EMPLOYER, "viewed"),
    (_of("submitted", "viewed", "closed_without_reply"), "shortlist", _EMPLOYER, "shortlisted"),
    (_of(*_TO_DECIDE, "interview_rescheduled"), "offer_interview", _EMPLOYER, "interview_offered"),
    (_of("interview_offered"), "accept", _SEEKER, "interview_accepted"),
    (_of("interview_offered"), "decline", _SEEKER | _SYSTEM, "interview_declined"),
    (_of("interview_offered", "interview_accepted"), "reschedule", _SEEKER, "interview_rescheduled"),
    (_TO_DECIDE, "offer_job", _EMPLOYER, "offered"),
    (_of("offered"), "accept", _SEEKER, "offer_accepted"),
    (_of("offered"), "decline", _SEEKER | _SYSTEM, "offer_declined"),
    (_of("offer_accepted"), "hire", _EMPLOYER | _OFFICER, "hired"),
    (
        _of(*_TO_DECIDE, "interview_offered", "interview_rescheduled", "offered", "closed_without_reply"),
        "reject",
        _EMPLOYER,
        "rejected",
    ),
    (_of(*WAITING, "interview_accepted"), "close", _SYSTEM, "closed_without_reply"),
    (OPEN, "withdraw", _SEEKER, "withdrawn"),
    (OPEN, "cancel", _SYSTEM, "cancelled"),
    (_of("hired"), "cancel", _OFFICER, "cancelled"),
)


def _table() -> dict[tuple[ApplicationState, Command], Move]:
    """The rows, and each command once more where it has led already; whoever has opened it may look again."""
    found = {(before, command): Move(who, after) for states, command, who, after in _ROWS for before in states}
    for _, command, who, after in _ROWS:
        known = found.get((after, command), Move(frozenset(), after))
        found[after, command] = Move(known.who | who, after)
    for state in STATES:
        found.setdefault((state, "view"), Move(_EMPLOYER, state))
    return found


TABLE: Mapping[tuple[ApplicationState, Command], Move] = _table()


def open_to(state: ApplicationState, actor: Actor) -> tuple[Command, ...]:
    """The commands that lead `actor` on from here."""
    return tuple(
        command
        for command in COMMANDS
        if (move := TABLE.get((state, command))) and actor in move.who and move.next != state
    )
