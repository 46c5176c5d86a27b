"""The life cycle of a card as one table (product document, section 4). What is not in it cannot happen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from shared.contracts.card import CardState
from shared.errors import WrongState

Action = Literal[
    "rewrite", "submit", "return", "issue", "fall_due", "report", "lapse", "employ", "expire", "revoke", "remind"
]
Actor = Literal["seeker", "officer", "system", "placement"]


@dataclass(frozen=True, kw_only=True)
class Step:
    """From these states to this one (None: it stays as it is), by these."""

    before: frozenset[CardState]
    after: CardState | None
    by: frozenset[Actor]


def _step(before: tuple[CardState, ...], after: CardState | None, *by: Actor) -> Step:
    return Step(before=frozenset(before), after=after, by=frozenset(by))


LIFE: Mapping[Action, Step] = {
    "rewrite": _step(("draft", "returned"), None, "seeker"),
    "submit": _step(("draft", "returned"), "submitted", "seeker"),
    "return": _step(("submitted",), "returned", "officer"),
    "issue": _step(("submitted",), "issued", "officer"),
    "fall_due": _step(("issued",), "report_due", "system"),
    "report": _step(("report_due",), "issued", "seeker"),
    "lapse": _step(("report_due",), "lapsed", "system"),
    "employ": _step(("issued", "report_due"), "employed", "seeker", "officer", "placement"),
    "expire": _step(("issued", "report_due"), "expired", "system"),
    "revoke": _step(("issued", "report_due"), "revoked", "officer"),
    "remind": _step(("issued", "report_due"), None, "system"),
}


def allowed(action: Action, state: CardState, *, by: Actor) -> CardState:
    """The state after `action`; raises `WrongState` for whatever the table does not have."""
    step = LIFE[action]
    if state not in step.before or by not in step.by:
        raise WrongState(state=state)
    return step.after or state
