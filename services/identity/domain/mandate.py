"""A mandate: a person reads a code aloud, and an officer or a cadre (kader PKK) may act for them, for one sitting."""

from datetime import datetime, timedelta
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from services.identity.domain.login import digest_of
from services.identity.domain.recovery import new_stop_token
from shared.callers import Part
from shared.contracts.identity import MandateBegan, Role
from shared.errors import Problem, WrongState
from shared.events import Event

HelperRole = Literal["officer", "admin", "cadre"]
Ender = Literal["person", "helper", "officer"]

SITTING = timedelta(minutes=45)  # (o) what one visit at the desk or at home takes
LASTS: dict[HelperRole, timedelta] = {"officer": SITTING, "admin": SITTING, "cadre": timedelta(days=7)}
CODE_TIME = timedelta(minutes=10)  # longer than for signing in: it is read aloud and typed by somebody else
TOKEN_TIME = timedelta(seconds=60)
KEPT = timedelta(days=365)  # as long as the trace of who looked at what
PARTS: tuple[Part, ...] = get_args(Part)


class MandateOver(WrongState):
    code = "mandate_over"
    indonesian = "Bantuan ini sudah berakhir. Minta kode baru kepada orang yang Anda bantu."
    english = "This help has ended. Ask the person you help for a new code."


class SittingOver(WrongState):
    code = "sitting_over"
    indonesian = "Satu kali membantu paling lama 45 menit. Buka lagi dari daftar orang yang Anda bantu."
    english = "Helping lasts 45 minutes at a time. Open it again from the list of people you help."


class NotYourself(Problem):
    code, status = "not_yourself", 403
    indonesian = "Ini nomor Anda sendiri. Masuk saja dengan akun pencari kerja Anda."
    english = "This is your own number. Sign in with your own account."


class Mandate(BaseModel):
    """One mandate. `person_version` and `helper_version` are the accounts' token versions: whatever signs one of them
    out (a new phone, a new password) ends it."""

    model_config = ConfigDict(frozen=True)
    id: str
    account_id: str
    helper_id: str
    helper_role: HelperRole
    person_version: int
    helper_version: int
    began_at: datetime
    until: datetime
    sitting_until: datetime
    stop_digest: str = Field(repr=False, description="SHA-256 of the code in the message that ends it")
    ended_at: datetime | None = None
    ended_by: Ender | None = None

    def ends(self) -> datetime:
        return min(self.until, self.ended_at) if self.ended_at else self.until

    def open(self, at: datetime) -> bool:
        return at < self.ends()


def begin(
    *,
    id: str,
    account_id: str,
    person_version: int,
    helper_id: str,
    helper_role: HelperRole,
    helper_version: int,
    at: datetime,
) -> tuple[Mandate, list[Event]]:
    """The person read the code aloud. They are told once that somebody acts for them, with a code to stop it."""
    stop, until = new_stop_token(), at + LASTS[helper_role]
    mandate = Mandate(
        id=id,
        account_id=account_id,
        helper_id=helper_id,
        helper_role=helper_role,
        person_version=person_version,
        helper_version=helper_version,
        began_at=at,
        until=until,
        sitting_until=at + SITTING,
        stop_digest=digest_of(stop),
    )
    told = MandateBegan(
        account_id=account_id, by="cadre" if helper_role == "cadre" else "officer", until=until, stop_token=stop
    )
    return mandate, [told]


def sit(mandate: Mandate, *, at: datetime) -> datetime:
    """When a sitting that begins now ends; raises `MandateOver`."""
    if not mandate.open(at):
        raise MandateOver
    return min(at + SITTING, mandate.until)


def token_until(mandate: Mandate, *, person_version: int, helper_version: int, at: datetime) -> datetime:
    """Until when a token may be given now; raises `MandateOver` or `SittingOver`."""
    same = (person_version, helper_version) == (mandate.person_version, mandate.helper_version)
    if not mandate.open(at) or not same:
        raise MandateOver
    if at >= mandate.sitting_until:
        raise SittingOver
    return min(at + TOKEN_TIME, mandate.ends(), mandate.sitting_until)


def role_of_helper(role: Role) -> HelperRole:
    """Raises `MandateOver` for an account that helps nobody (any more)."""
    if role == "officer" or role == "admin" or role == "cadre":
        return role
    raise MandateOver
