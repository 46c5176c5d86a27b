"""How to reach an employer: its own choice part by part, the account's for the rest."""

import re
from typing import Any

from services.vacancy.domain.refusals import Flaw, Flawed

PARTS = ("name", "phone", "email")
_E164 = re.compile(r"\+[1-9]\d{7,14}")
_BAD_PHONE = Flaw(
    "/contact/phone", "Tulis nomor telepon, contoh 0812 3456 7890.", "Write a phone number, such as 0812 3456 7890."
)


def effective(given: dict[str, str], account: dict[str, Any] | None, *, employer_name: str) -> dict[str, str] | None:
    """The contact to use: {name, phone?, email?}; None while there is neither phone nor e-mail."""
    merged = {**(account or {}), **given}
    found = {part: str(merged[part]) for part in PARTS if merged.get(part)}
    if not found.keys() & {"phone", "email"}:
        return None
    return {"name": employer_name, **found}


def e164(phone: str) -> str:
    """The number as `+62…`; 62… and 0… are Indonesian. Raises `Flawed`, without the number."""
    digits = re.sub(r"[\s().\-/]", "", phone)
    if digits.startswith("62"):
        digits = f"+{digits}"
    elif digits.startswith(("0", "8")):
        digits = "+62" + digits.removeprefix("0")
    if not _E164.fullmatch(digits):
        raise Flawed([_BAD_PHONE])
    return digits
