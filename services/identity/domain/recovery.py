"""An account whose phone is dead or lost, brought back at the desk: one officer asks, a second one looks again."""

import hmac
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from services.identity.domain.login import digest_of
from shared.contracts.identity import AccountContactChanged, ContactReplaced, RecoveryEnded, RecoveryRequested
from shared.errors import Problem, WrongState
from shared.events import Event

if TYPE_CHECKING:
    from services.identity.domain.account import Account

State = Literal["requested", "confirmed", "refused", "stopped", "lapsed"]
Step = Literal["confirm", "refuse", "stop", "lapse"]
Paper = Literal["ktp", "kk", "sim", "passport"]
A = TypeVar("A", bound="Account")

OPEN_TIME = timedelta(hours=24)  # (o) for the second officer, and for the owner to say "it was not me"
AUDIT_LENGTH = 20  # recoveries that stay with the account
_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that look alike on paper or in an SMS
_TOKEN_LENGTH = 8

# Who may bring a request from where to where; everything else is refused. "stop" is the owner's own word.
STEPS: Mapping[Step, tuple[State, State]] = {
    "confirm": ("requested", "confirmed"),
    "refuse": ("requested", "refused"),
    "stop": ("requested", "stopped"),
    "lapse": ("requested", "lapsed"),
}


class RecoveryOver(WrongState):
    code = "recovery_ended"
    indonesian = "Permintaan pemulihan ini sudah selesai atau lewat waktunya. Muat ulang antreannya."
    english = "This recovery has ended or its time is over. Reload the queue."


class RecoveryOpen(WrongState):
    code = "recovery_open"
    indonesian = "Akun ini masih punya permintaan pemulihan. Minta petugas lain memeriksanya dulu."
    english = "This account has an open recovery already. Ask another officer to look at it first."


class SecondOfficerNeeded(Problem):
    code, status = "second_officer_needed", 403
    indonesian = "Anda yang meminta pemulihan ini. Petugas lain harus melihat KTP dan menyetujuinya."
    english = "You asked for this recovery yourself. Another officer has to see the ID card and confirm it."


class PhoneInUse(WrongState):
    code = "phone_in_use"
    indonesian = "Nomor HP ini sudah dipakai satu akun. Pakai nomor lain milik orang ini."
    english = "This phone number has an account already. Use another number of this person."


class NotRecoverable(WrongState):
    code = "not_recoverable"
    indonesian = "Akun petugas tidak dipulihkan di sini. Hubungi pengelola sistem."
    english = "Officers' accounts are not recovered here. Ask the operator of the system."


class StopCodeUnknown(Problem):
    code, status = "stop_code_unknown", 404
    indonesian = "Kode ini tidak kami kenal, atau permintaannya sudah selesai. Datang ke Disnaker bila bukan Anda."
    english = "We do not know this code, or the request is over. Come to the labour office if it was not you."


class Recovery(BaseModel):
    """One request to bring a person back into the own account; it stays as the trace of who did what, when and why.
    The new phone is sealed under the person's key and goes with it."""

    model_config = ConfigDict(frozen=True)
    id: str
    state: State = "requested"
    paper: Paper = Field(description="which paper the first officer held in hand")
    asked_by: str
    asked_at: datetime
    until: datetime
    sealed: str = Field(repr=False, description='{phone, reason}, purpose "recovery"')
    phone_index: str = Field(repr=False)
    stop_digest: str = Field(repr=False, description="SHA-256 of the code that the owner may stop it with")
    ended_by: str | None = Field(None, description="the second officer; None where the owner or time ended it")
    ended_at: datetime | None = None


def new_stop_token() -> str:
    """Short enough to be typed from an SMS. Whoever guesses one could only stop a recovery, and tries are counted."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_TOKEN_LENGTH))


def read_stop_token(typed: str) -> str:
    return "".join(sign for sign in typed.upper() if sign.isalnum())


def request(account: A, recovery: Recovery, *, stop_token: str, at: datetime) -> tuple[A, list[Event]]:
    """An officer asks. The owner is told at the contacts that are known, with a code to stop it."""
    if account.role not in ("seeker", "employer"):
        raise NotRecoverable
    events: list[Event] = []
    if account.recovery and account.recovery.state == "requested":
        if at < account.recovery.until:
            raise RecoveryOpen
        account, events = lapse(account, at=at)
    past = [*account.recoveries, *([account.recovery] if account.recovery else [])][-AUDIT_LENGTH:]
    told = RecoveryRequested(role=account.role, until=recovery.until, stop_token=stop_token)
    return account.model_copy(update={"recovery": recovery, "recoveries": past}), [*events, told]


def confirm(account: A, *, by: str, sealed: str, before: str, now: str, at: datetime) -> tuple[A, list[Event]]:
    """A second officer agrees: the phone is replaced and unproven, all sessions end, old and new contact are told.
    `sealed` is the new contact; `before` and `now` are the two contacts, sealed for the message."""
    ended = _step(account, "confirm", at=at, by=by)
    if ended.asked_by == by:
        raise SecondOfficerNeeded
    changes = {
        "recovery": ended,
        "sealed": sealed,
        "phone_index": ended.phone_index,
        "phone_proven_at": None,
        "token_version": account.token_version + 1,
    }
    return account.model_copy(update=changes), [
        RecoveryEnded(role=account.role, outcome="confirmed"),
        ContactReplaced(role=account.role, before=before, sealed=now),
        AccountContactChanged(role=account.role, sealed=sealed),
    ]


def refuse(account: A, *, by: str, at: datetime) -> tuple[A, list[Event]]:
    return _ended(account, "refuse", at=at, by=by)


def stop(account: A, *, token: str, at: datetime) -> tuple[A, list[Event]]:
    """The owner says at a known contact: it was not me."""
    known = account.recovery.stop_digest if account.recovery else ""
    if not hmac.compare_digest(known, digest_of(token)):
        raise StopCodeUnknown
    return _ended(account, "stop", at=at, by=None)


def lapse(account: A, *, at: datetime) -> tuple[A, list[Event]]:
    return _ended(account, "lapse", at=at, by=None)


def _ended(account: A, step: Step, *, at: datetime, by: str | None) -> tuple[A, list[Event]]:
    ended = _step(account, step, at=at, by=by)
    told: Any = ended.state
    return account.model_copy(update={"recovery": ended}), [RecoveryEnded(role=account.role, outcome=told)]


def _step(account: "Account", step: Step, *, at: datetime, by: str | None) -> Recovery:
    recovery, (before, after) = account.recovery, STEPS[step]
    over_early = recovery and (at >= recovery.until) != (step == "lapse")
    if recovery is None or recovery.state != before or over_early:
        raise RecoveryOver
    return recovery.model_copy(update={"state": after, "ended_by": by, "ended_at": at})
