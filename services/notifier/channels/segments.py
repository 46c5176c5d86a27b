"""How many SMS a text costs (3GPP TS 23.038, 23.040): 160 signs of GSM-7 or 70 of UCS-2 in one, 153 or 67 in each of
several."""

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_DOUBLE = frozenset("^{}\\[~]|€\f")  # an escape and a sign


def is_gsm7(text: str) -> bool:
    return all(sign in _BASIC or sign in _DOUBLE for sign in text)


def segments(text: str) -> int:
    """At least one. A pair of signs that belong together is never cut, which may cost a place."""
    if is_gsm7(text):
        return _count([2 if sign in _DOUBLE else 1 for sign in text], alone=160, part=153)
    return _count([2 if ord(sign) > 0xFFFF else 1 for sign in text], alone=70, part=67)


def _count(sizes: list[int], *, alone: int, part: int) -> int:
    if sum(sizes) <= alone:
        return 1
    count, used = 1, 0
    for size in sizes:
        if used + size > part:
            count, used = count + 1, 0
        used += size
    return count
