"""How a person is named and reached: what people type, read tolerantly into one form, or refused with advice."""

import re
import unicodedata
from typing import NamedTuple

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from phonenumbers import PhoneNumberType
from pydantic import BaseModel, ConfigDict, Field

from shared.errors import FieldError, InvalidInput, ProblemDetails

NAME_LENGTH = 60
_SIGNS = re.compile(r"[\s().\-/\u2010-\u2015\u2212]+")
_DIGITS = re.compile(r"\+?[0-9]{8,16}")
# Numbers for tests and demonstrations; no operator has them, and the numbering plan need not know them.
_TEST_NUMBER = re.compile(r"\+6283900[0-9]{4,8}")
_MOBILE = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)


class Contact(BaseModel):
    """How to reach the owner of an account. Personal: leaves this service sealed only."""

    model_config = ConfigDict(frozen=True)
    name: str = Field(repr=False)
    phone: str | None = Field(None, repr=False, description="mobile, E.164")
    email: str | None = Field(None, repr=False, description="as typed, its domain in lower case")


class Advice(NamedTuple):
    """One refused field, and what to do about it."""

    pointer: str
    indonesian: str
    english: str


class BadFields(InvalidInput):
    """Fields that were read and refused, with advice in the reader's language."""

    def __init__(self, *advice: Advice) -> None:
        super().__init__()
        self.advice = advice

    def shown(self, language: str) -> ProblemDetails:
        errors = [
            FieldError(pointer=each.pointer, detail=each.english if language == "en" else each.indonesian)
            for each in self.advice
        ]
        return super().shown(language).model_copy(update={"errors": errors})


NAME = Advice(
    "/name",
    f"Tulis nama Anda, paling banyak {NAME_LENGTH} huruf. Satu kata boleh.",
    f"Write your name, at most {NAME_LENGTH} characters. One word is fine.",
)
PHONE = Advice(
    "/phone",
    "Tulis nomor HP Indonesia, contoh 0812 3456 7890. Nomor telepon rumah tidak bisa menerima SMS.",
    "Write an Indonesian mobile number, such as 0812 3456 7890. A landline cannot receive SMS.",
)
EMAIL = Advice(
    "/email",
    "Tulis alamat e-mail yang lengkap, contoh nama@contoh.id.",
    "Write the whole e-mail address, such as name@example.com.",
)


def read_name(typed: str) -> str:
    """One or more words, spaces folded. No control, bidi or invisible characters: they forge mails and pages."""
    folded = unicodedata.normalize("NFC", " ".join(part for part in typed.split(" ") if part))
    kinds = {unicodedata.category(sign) for sign in folded}
    # C*: control, format (bidi among them), surrogate, private; Z* but the plain space: separators of lines.
    spoiled = any(kind[0] == "C" or kind in ("Zl", "Zp") for kind in kinds)
    if spoiled or not 1 <= len(folded) <= NAME_LENGTH or not any(sign.isalnum() for sign in folded):
        raise BadFields(NAME)
    return folded


def read_phone(typed: str) -> str:
    """A mobile number of Indonesia in E.164, from any way of writing it."""
    bare = _SIGNS.sub("", typed)
    if not _DIGITS.fullmatch(bare):
        raise BadFields(PHONE)
    if bare.startswith("62"):
        # Else the 62 would be read as the number's own beginning: +6262812345678 counts as "valid".
        bare = f"+{bare}"
    elif bare[0] in "08":
        bare = f"+62{bare.removeprefix('0')}"
    try:
        number = phonenumbers.parse(bare, None)
    except phonenumbers.NumberParseException:
        raise BadFields(PHONE) from None
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if not _TEST_NUMBER.fullmatch(written) and not _is_mobile(number):
        raise BadFields(PHONE)
    return written


def _is_mobile(number: phonenumbers.PhoneNumber) -> bool:
    return (
        number.country_code == 62
        and phonenumbers.is_valid_number(number)
        and phonenumbers.number_type(number) in _MOBILE
    )


def read_email(typed: str) -> str:
    """An address that every mail server takes. Reserved test domains are as good as others: nothing is looked up."""
    try:
        found = validate_email(typed.strip(), check_deliverability=False, allow_smtputf8=False, test_environment=True)
    except EmailNotValidError:
        raise BadFields(EMAIL) from None
    return found.ascii_email or found.normalized


def email_key(email: str) -> str:
    """What makes two addresses the same: no provider that matters tells Budi@ from budi@."""
    return email.lower()
