"""An account: who may sign in, in which role. What may happen to it, and the events that tell of it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from services.identity.domain.contact import Advice, BadFields, Contact, read_email, read_name, read_phone
from services.identity.domain.passwords import accept_password
from services.identity.domain.recovery import Recovery
from shared.contracts.identity import AccountContactChanged, AccountRegistered, RegistrationRepeated, Role
from shared.errors import WrongState
from shared.events import Event

T = TypeVar("T")
TRUSTED_TIME = timedelta(minutes=15)  # whoever registers by phone proves it in the same sitting

NEEDS_PHONE = Advice(
    "/phone",
    "Tulis nomor HP Anda: kode untuk masuk dikirim ke sana.",
    "Write your mobile number: the code to sign in is sent to it.",
)
NEEDS_CONTACT = Advice(
    "/email",
    "Tulis alamat e-mail dan kata sandi, atau nomor HP.",
    "Write an e-mail address and a password, or a mobile number.",
)
NEEDS_PASSWORD = Advice(
    "/password",
    "Buat kata sandi untuk masuk dengan e-mail, atau tulis nomor HP.",
    "Make a password to sign in by e-mail, or give a mobile number.",
)


class OtherRole(WrongState):
    code = "other_role"
    indonesian = "Alamat e-mail ini milik akun dengan peran lain."
    english = "This e-mail address belongs to an account of another role."


class Account(BaseModel):
    """One account. The contact is sealed under the owner's key and found by keyed hashes only."""

    model_config = ConfigDict(frozen=True)
    id: str
    role: Role
    sealed: str = Field(repr=False, description='the Contact, purpose "contact"')
    phone_index: str | None = Field(None, repr=False)
    email_index: str | None = Field(None, repr=False)
    password_hash: str | None = Field(None, repr=False)
    token_version: int = Field(1, description="sessions opened under another one are over")
    phone_proven_at: datetime | None = Field(None, description="when a code sent to the phone first came back")
    registered_at: datetime
    recovery: Recovery | None = Field(None, description="the latest one at the desk, open or ended")
    recoveries: list[Recovery] = Field([], description="those before it: who did what, and when")
    version: int = 0


class Registration(BaseModel):
    """A request to register that has been read and found complete."""

    model_config = ConfigDict(frozen=True)
    role: Literal["seeker", "employer"]
    contact: Contact
    password: str | None = Field(None, repr=False)


def read_registration(
    *, role: Literal["seeker", "employer"], name: str, phone: str | None, email: str | None, password: str | None
) -> Registration:
    """Read everything that was typed; raises `BadFields` with all of the advice at once."""
    wrong: list[Advice] = []

    def read(reader: Callable[[str], T], typed: str | None) -> T | None:
        try:
            return reader(typed) if typed is not None else None
        except BadFields as refused:
            wrong.extend(refused.advice)
            return None

    contact = (read(read_name, name), read(read_phone, phone), read(read_email, email))
    accepted = read(accept_password, password)
    wrong.extend(_missing(role, phone=phone, email=email, password=password))
    if wrong:
        raise BadFields(*wrong)
    return Registration(
        role=role, contact=Contact(name=contact[0] or "", phone=contact[1], email=contact[2]), password=accepted
    )


def _missing(role: str, *, phone: str | None, email: str | None, password: str | None) -> list[Advice]:
    if phone is not None:
        return []
    if role == "seeker":
        return [NEEDS_PHONE]
    if email is None:
        return [NEEDS_CONTACT]
    return [] if password is not None else [NEEDS_PASSWORD]


def register(account: Account) -> tuple[Account, list[Event]]:
    """`account` is new; tell that it exists and how its owner is reached."""
    born = AccountRegistered(role=account.role, registered_at=account.registered_at)
    return account, [born, AccountContactChanged(role=account.role, sealed=account.sealed)]


def repeat(account: Account) -> tuple[Account, list[Event]]:
    """Somebody registered with this account's contact: nothing changes, only its owner hears of it."""
    return account, [RegistrationRepeated(role=account.role)]


def prove_phone(account: Account, *, at: datetime) -> tuple[Account, list[Event]]:
    """The first code came back: the phone is its owner's. A password set long before may be a stranger's, who
    registered somebody else's number and waited: it goes, with every session that was opened by it."""
    changes: dict[str, object] = {"phone_proven_at": at}
    if account.password_hash and at - account.registered_at > TRUSTED_TIME:
        changes |= {"password_hash": None, "token_version": account.token_version + 1}
    proven = account.model_copy(update=changes)
    return proven, [AccountContactChanged(role=proven.role, sealed=proven.sealed)]


def reset_officer(account: Account, *, role: Role, sealed: str, password_hash: str) -> tuple[Account, list[Event]]:
    """A new password for an officer or cadre, and the end of every open session; raises `OtherRole` for others."""
    if account.role != role:
        raise OtherRole
    changes = {"sealed": sealed, "password_hash": password_hash, "token_version": account.token_version + 1}
    reset = account.model_copy(update=changes)
    return reset, [AccountContactChanged(role=reset.role, sealed=sealed)]
