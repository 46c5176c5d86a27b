"""The life of a vacancy as one table: which step leads from where to where, and who may take it. The decisions
themselves are in `review` (until it is public) and `running` (from then on)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, NamedTuple

from services.vacancy.domain.vacancy import LIVE, Actor, Entry, Vacancy
from shared.contracts.vacancy import VacancyState
from shared.errors import Forbidden, WrongState
from shared.events import Event

Decided = tuple[Vacancy, list[Event]]
Who = Literal["employer", "officer", "system"]
Action = Literal[
    "change",
    "submit",
    "take_back",
    "return",
    "refuse",
    "publish",
    "pause",
    "resume",
    "fill",
    "close",
    "expire",
    "extend",
    "reopen",
    "recall",
    "edit",
    "revise",
    "adopt",
    "discard",
    "drop",
]


class Step(NamedTuple):
    """`before` are states as people see them; `after` is None where the state stays."""

    before: frozenset[VacancyState]
    after: VacancyState | None
    by: frozenset[Who]


def _states(*names: VacancyState) -> frozenset[VacancyState]:
    return frozenset(names)


_EITHER: frozenset[Who] = frozenset({"employer", "officer"})
_OFFICER: frozenset[Who] = frozenset({"officer"})
_SYSTEM: frozenset[Who] = frozenset({"system"})
_UNSENT, _SENT = _states("draft", "returned"), _states("submitted")
_ENDED = _states("closed", "expired", "filled")

# Whatever is not here is refused. `refused` and `recalled` are final: nothing leads out of them.
TABLE: Mapping[Action, Step] = {
    "change": Step(_UNSENT, None, _EITHER),
    "submit": Step(_UNSENT, "submitted", _EITHER | _SYSTEM),
    "take_back": Step(_SENT, "draft", _EITHER),
    "return": Step(_SENT, "returned", _OFFICER),
    "refuse": Step(_SENT, "refused", _OFFICER),
    "publish": Step(_SENT, "published", _OFFICER | _SYSTEM),
    "pause": Step(_states("published"), "paused", _EITHER | _SYSTEM),
    "resume": Step(_states("paused"), "published", _EITHER),
    "fill": Step(LIVE, "filled", _EITHER | _SYSTEM),
    "close": Step(LIVE, "closed", _EITHER | _SYSTEM),
    "expire": Step(LIVE, "expired", _SYSTEM),
    "extend": Step(LIVE, None, _EITHER),
    "reopen": Step(_ENDED, "published", _EITHER),
    "recall": Step(LIVE | _ENDED, "recalled", _OFFICER | _SYSTEM),
    # Of a province's vacancy: a later text comes, an officer takes it or not; it ends before it is public.
    "edit": Step(LIVE, None, frozenset({"employer"})),
    "revise": Step(_SENT | LIVE | _states("returned"), None, _SYSTEM),
    "adopt": Step(LIVE, None, _OFFICER),
    "discard": Step(LIVE, None, _OFFICER),
    "drop": Step(_UNSENT | _SENT, "refused", _SYSTEM),
}


def require(vacancy: Vacancy, action: Action, *, by: Actor, at: datetime) -> None:
    """Raise where the table does not allow it: `WrongState` with the state as people see it, or `Forbidden`."""
    state, step = vacancy.state_at(at), TABLE[action]
    if state not in step.before:
        raise WrongState(state=state)
    if by.kind not in step.by:
        raise Forbidden


def moved(
    vacancy: Vacancy,
    action: Action,
    *,
    by: Actor,
    at: datetime,
    reason: str | None = None,
    code: str | None = None,
    **changes: Any,
) -> Vacancy:
    """The vacancy after `action`, with one more entry in its history; `changes` are its other new values."""
    state = TABLE[action].after
    if state is None:
        return noted(vacancy, by=by, at=at, reason=reason).model_copy(update=changes)
    entry = Entry(state=state, at=at, actor=by.kind, actor_id=by.id, reason=reason)
    return vacancy.model_copy(
        update={
            "state": state,
            "reason": reason,
            "reason_code": code,
            "since": at,
            "history": (*vacancy.history, entry),
            # A later text waits only while the vacancy lives.
            "waiting": vacancy.waiting if state in LIVE else None,
            **changes,
        }
    )


def noted(vacancy: Vacancy, *, by: Actor, at: datetime, reason: str | None) -> Vacancy:
    """Something in the history that leaves the state as it is."""
    entry = Entry(state=vacancy.state, at=at, actor=by.kind, actor_id=by.id, reason=reason)
    return vacancy.model_copy(update={"history": (*vacancy.history, entry)})
