"""The picture itself: 1200 by 630, in the portal's colours, as a small PNG. CPU only, some tens of milliseconds."""

import io
import math
import unicodedata
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from services.vacancy.card.words import CardWords

LAYOUT = 1  # raise it with every change of what a card looks like
SIZE = (1200, 630)
EDGE, HEAD = 64, 112
PAPER, CANVAS, INK, MUTED = "#FFFFFF", "#F7F6F0", "#14201B", "#4B5A53"
BRAND, ACCENT, LINE = "#0B5A3C", "#FFC629", "#D8DDD6"
COLOURS = 64
_LARGEST, _THREE_LINES, _SMALLEST, _MOST_LINES = 80, 62, 50, 3

# What the font that Pillow brings along can draw. It has no letters with accents: they lose them.
KNOWN = frozenset(chr(code) for code in range(0x20, 0x7F)) | {"·", "…"}
_INSTEAD = str.maketrans("–—“”‘’", "--\"\"''")

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


def draw(words: CardWords) -> bytes:
    picture = Image.new("RGB", SIZE, CANVAS)
    pen = ImageDraw.Draw(picture)
    _head(picture, pen)
    top = _title(pen, words.title)
    _line(pen, (EDGE, top + 12), words.employer, size=36, colour=MUTED)
    pen.line((EDGE, 466, SIZE[0] - EDGE, 466), fill=LINE, width=2)
    _line(pen, (EDGE, 486), words.pay, size=48, colour=BRAND, bold=1)
    _line(pen, (EDGE, 556), words.place, size=32, colour=INK, width=640)
    _line(pen, (SIZE[0] - EDGE, 556), words.until, size=32, colour=INK, right=True, width=420)
    made = io.BytesIO()
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(made, "PNG", optimize=True)
    return made.getvalue()


def _head(picture: Image.Image, pen: ImageDraw.ImageDraw) -> None:
    pen.rectangle((0, 0, SIZE[0], HEAD), fill=BRAND)
    pen.rectangle((0, HEAD, SIZE[0], HEAD + 8), fill=ACCENT)
    _mark(picture, EDGE, 24)
    _line(pen, (EDGE + 84, 18), "Si-Caker", size=46, colour=PAPER, bold=1)
    _line(pen, (EDGE + 84, 70), "Lowongan kerja Kota Madiun", size=24, colour=PAPER)
    _line(pen, (SIZE[0] - EDGE, 44), "Gratis, tanpa biaya apa pun", size=26, colour=ACCENT, right=True)


def _mark(picture: Image.Image, left: int, top: int) -> None:
    """The sign of Si-Caker: the monument before the sun, over the river. Drawn large for smooth edges."""
    whole = 48 * 16
    made = Image.new("RGB", (whole, whole), BRAND)
    pen = ImageDraw.Draw(made)
    pen.rounded_rectangle((0, 0, whole, whole), 8 * 16, fill="#07402B")
    pen.ellipse((14 * 16, 15 * 16, 34 * 16, 35 * 16), fill=ACCENT)
    pen.polygon([(x * 16, y * 16) for x, y in ((21, 11), (27, 11), (29, 31), (19, 31))], fill=PAPER)
    pen.rounded_rectangle((0, 31 * 16, whole, whole), 8 * 16, fill=BRAND)
    pen.rectangle((0, 31 * 16, whole, 36 * 16), fill=BRAND)
    wave = [(x * 4, (37 + 2 * math.sin(x / 14)) * 16) for x in range(16, 48 * 4 - 16)]
    pen.line(wave, fill=PAPER, width=3 * 16, joint="curve")
    picture.paste(made.resize((64, 64), Image.Resampling.LANCZOS), (left, top))


def _title(pen: ImageDraw.ImageDraw, title: str) -> int:
    """As large as fits in three lines; returns where it ends."""
    title = _known(title) or "Lowongan kerja"
    for size in range(_LARGEST, _SMALLEST - 1, -6):
        lines = _wrapped(pen, title, size)
        if len(lines) <= (_MOST_LINES if size <= _THREE_LINES else _MOST_LINES - 1):
            break
    top = HEAD + 40
    for line in lines[:_MOST_LINES]:
        pen.text((EDGE, top), line, font=_font(size), fill=INK, stroke_width=1, stroke_fill=INK)
        top += int(size * 1.22)
    return top


def _wrapped(pen: ImageDraw.ImageDraw, text: str, size: int) -> list[str]:
    lines, widest = [""], SIZE[0] - 2 * EDGE
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if pen.textlength(longer, font=_font(size)) <= widest or not lines[-1]:
            lines[-1] = _cut(pen, longer, size, widest)
        else:
            lines.append(_cut(pen, word, size, widest))
    return lines


def _line(
    pen: ImageDraw.ImageDraw,
    at: tuple[int, int],
    text: str,
    *,
    size: int,
    colour: str,
    bold: int = 0,
    right: bool = False,
    width: int = SIZE[0] - 2 * EDGE,
) -> None:
    """One line, cut where it is too long; `right` ends it at `at`."""
    text = _cut(pen, _known(text), size, width)
    pen.text(
        at, text, font=_font(size), fill=colour, anchor="ra" if right else "la", stroke_width=bold, stroke_fill=colour
    )


def _cut(pen: ImageDraw.ImageDraw, text: str, size: int, width: int) -> str:
    font = _font(size)
    if pen.textlength(text, font=font) <= width:
        return text
    while text and pen.textlength(text + "…", font=font) > width:
        text = text[:-1]
    return text.rstrip() + "…"


def _known(text: str) -> str:
    """Without what the font has no picture of, such as emoji; dashes and quotes as it has them."""
    plain = "".join(
        sign if sign in KNOWN else unicodedata.normalize("NFKD", sign) for sign in text.translate(_INSTEAD)
    )
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join("".join(sign if sign in KNOWN else " " for sign in plain).split())


@cache
def _font(size: int) -> Font:
    return ImageFont.load_default(size)
