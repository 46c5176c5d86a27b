"""How many SMS a text costs (3GPP TS 23.038, 23.040): 160 signs of GSM-7 or 70 of UCS-2 in one, 153 or 67 in each of
several. What counts them also cuts them."""

# Without § and form feed, which smpplib's table does not encode: a text with one goes as UCS-2.
_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_DOUBLE = frozenset("^{}\\[~]|€")  # an escape and a sign


def is_gsm7(text: str) -> bool:
    return all(sign in _BASIC or sign in _DOUBLE for sign in text)


def segments(text: str) -> int:
    """At least one."""
    return len(split(text))


def split(text: str) -> list[str]:
    """The text of each SMS. A sign that takes two places (an escape, a pair) is never cut, which may cost a place."""
    if is_gsm7(text):
        return _cut(text, [2 if sign in _DOUBLE else 1 for sign in text], alone=160, part=153)
    return _cut(text, [2 if ord(sign) > 0xFFFF else 1 for sign in text], alone=70, part=67)


def _cut(text: str, sizes: list[int], *, alone: int, part: int) -> list[str]:
    if sum(sizes) <= alone:
        return [text]
    parts, begin, used = list[str](), 0, 0
    for place, size in enumerate(sizes):
        if used + size > part:
            parts.append(text[begin:place])
            begin, used = place, 0
        used += size
    return [*parts, text[begin:]]
