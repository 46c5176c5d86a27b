"""Numbers of cards: 3577-2026-000123-4. The last digit lets a mistyped one be noticed."""

import hashlib

CITY = "3577"


def card_number(year: int, serial: int) -> str:
    digits = f"{CITY}{year}{serial:06}"
    return f"{CITY}-{year}-{serial:06}-{luhn(digits)}"


def card_id(seeker_id: str, nth: int) -> str:
    """The id of a person's nth card: the same for whoever begins it, so that two who do at once begin one."""
    return "card_" + hashlib.sha256(f"{seeker_id}:{nth}".encode()).hexdigest()[:32]


def luhn(digits: str) -> int:
    """The check digit after `digits` (ISO/IEC 7812-1): every single wrong digit and most swaps change it."""
    doubled = [int(digit) * 2 if place % 2 == 0 else int(digit) for place, digit in enumerate(reversed(digits))]
    return -sum(value - 9 if value > 9 else value for value in doubled) % 10
