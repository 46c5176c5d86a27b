"""A person's wish about the own data (UU 27/2022): what it may be, who answers it, and by when."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from shared.contracts.identity import DataRequestAnswered, DataRequestKind, DataRequestReceived, Outcome, Role
from shared.errors import WrongState
from shared.events import Event

State = Literal["open", "erasing", "done", "refused", "withdrawn"]
Step = Literal["withdraw", "answer", "erase", "refuse", "finish"]

ANSWER_WITHIN = timedelta(hours=72)  # UU 27/2022 art. 30-32, 40, 41: holidays count
WARN_AFTER = timedelta(hours=48)
NOTICE_TIME = timedelta(seconds=45)  # art. 45: the person is told of the erasure, by the contact that then goes

# Who may bring which request from where to where; everything else is refused.
STEPS: Mapping[Step, tuple[State, State]] = {
    "withdraw": ("open", "withdrawn"),
    "answer": ("open", "done"),
    "erase": ("open", "erasing"),
    "refuse": ("open", "refused"),
    "finish": ("erasing", "done"),
}


class RequestEnded(WrongState):
    code = "request_ended"
    indonesian = "Permintaan ini sudah dijawab atau ditarik."
    english = "This request has been answered or withdrawn."


class OtherKind(WrongState):
    code = "other_kind"
    indonesian = "Langkah ini bukan untuk jenis permintaan ini."
    english = "This step does not fit this kind of request."


class DataRequest(BaseModel):
    """One request. The person's words and the officer's answer are sealed under the person's key: with it they go."""

    model_config = ConfigDict(frozen=True)
    id: str
    account_id: str
    role: Role
    kind: DataRequestKind
    state: State = "open"
    asked_at: datetime
    due_at: datetime
    words: str | None = Field(None, repr=False, description='sealed {text}, purpose "request"')
    answer: str | None = Field(None, repr=False, description='sealed {text}, purpose "request"')
    answered_by: str | None = None
    ended_at: datetime | None = None
    erase_at: datetime | None = Field(None, description="when the erasure begins; None when there is none to do")
    version: int = 0


def ask(request: DataRequest) -> tuple[DataRequest, list[Event]]:
    """`request` is new."""
    return request, [DataRequestReceived(**_facts(request), due_at=request.due_at)]


def withdraw(request: DataRequest, *, at: datetime) -> tuple[DataRequest, list[Event]]:
    return _ended(request, "withdraw", outcome="withdrawn", at=at)


def answer(request: DataRequest, *, by: str, words: str | None, at: datetime) -> tuple[DataRequest, list[Event]]:
    """An officer did what was asked. An erasure is not answered but done: raises `OtherKind`."""
    if request.kind == "erasure":
        raise OtherKind
    return _ended(request, "answer", outcome="done", at=at, answer=words, answered_by=by)


def refuse(request: DataRequest, *, by: str, words: str, at: datetime) -> tuple[DataRequest, list[Event]]:
    return _ended(request, "refuse", outcome="refused", at=at, answer=words, answered_by=by)


def erase(request: DataRequest, *, by: str, at: datetime) -> tuple[DataRequest, list[Event]]:
    """An officer releases the erasure; the person is told at once, and shortly after that it begins."""
    if request.kind != "erasure":
        raise OtherKind
    changes = {"answered_by": by, "erase_at": at + NOTICE_TIME}
    return _step(request, "erase", **changes), [DataRequestAnswered(**_facts(request), outcome="erasing")]


def finish(request: DataRequest, *, at: datetime) -> tuple[DataRequest, list[Event]]:
    """Everything is gone. What stays says that it was asked and done, and of nobody whom one could find."""
    return _ended(request, "finish", outcome="done", at=at, words=None, answer=None, erase_at=None)


def _ended(
    request: DataRequest, step: Step, *, outcome: Outcome, at: datetime, **changes: object
) -> tuple[DataRequest, list[Event]]:
    ended = _step(request, step, ended_at=at, **changes)
    return ended, [DataRequestAnswered(**_facts(request), outcome=outcome)]


def _step(request: DataRequest, step: Step, **changes: object) -> DataRequest:
    before, after = STEPS[step]
    if request.state != before:
        raise RequestEnded
    return request.model_copy(update={"state": after, **changes})


def _facts(request: DataRequest) -> dict[str, Any]:
    return {"account_id": request.account_id, "role": request.role, "kind": request.kind}
