"""A program of its own: reads a file that somebody sent, and writes it anew without what was hidden in it.

The file comes in on stdin. Exit 0: the clean file on stdout, after one line with its type. Exit 3: a word on stdout
that says why not. It is given little time and memory and may write no file: what breaks it breaks nothing else.
"""

import io
import resource
import sys
from typing import Any

SECONDS, MEMORY = 5, 400 * 1024 * 1024  # of processor; of addresses, libraries included
MOST_DOTS, LONGEST_SIDE = 24_000_000, 2400
MOST_PAGES, MOST_OBJECTS = 30, 20_000
# What makes a PDF act by itself, or carries another file (ISO 32000-2, 12.6 and 7.11).
ACTING = frozenset({"/JS", "/JavaScript", "/AA", "/EF", "/EmbeddedFiles", "/RichMedia", "/XFA"})
ACTIONS = frozenset({"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/Rendition"})


class Unfit(Exception):
    """Why it is not taken: `unreadable`, `locked`, `active`, `too_big`."""


def clean(raw: bytes) -> tuple[str, bytes]:
    """(media type, the file anew); raises `Unfit`."""
    if raw.startswith(b"%PDF-"):
        return "application/pdf", _pdf(raw)
    if raw.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        return "image/jpeg", _picture(raw)
    raise Unfit("unreadable")


def _picture(raw: bytes) -> bytes:
    """Every dot painted anew: what stood beside the dots (place, device, another file) is gone."""
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(raw), formats=["JPEG", "PNG"]) as found:
        if found.size[0] * found.size[1] > MOST_DOTS:
            raise Unfit("too_big")
        found.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        upright = ImageOps.exif_transpose(found)
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        paper = Image.new("RGB", upright.size, "white")
        seen = upright.convert("RGBA")
        paper.paste(seen, mask=seen)
    out = io.BytesIO()
    paper.save(out, "JPEG", quality=85, optimize=True)
    return out.getvalue()


def _pdf(raw: bytes) -> bytes:
    """Its pages in a new file; the old one's title, author and history stay behind."""
    from pypdf import PdfReader, PdfWriter

    reader = PdfReader(io.BytesIO(raw))
    if reader.is_encrypted:
        raise Unfit("locked")
    _walk(reader.trailer)
    if not 0 < len(reader.pages) <= MOST_PAGES:
        raise Unfit("too_big")
    writer = PdfWriter()
    for page in reader.pages:
        for hidden in ("/Metadata", "/PieceInfo"):
            page.pop(hidden, None)
        writer.add_page(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _walk(root: Any) -> None:
    """Look at everything that can be reached, each thing once."""
    waiting, seen = [root], set[tuple[int, int]]()
    looked = 0
    while waiting:
        found, looked = waiting.pop(), looked + 1
        if looked > MOST_OBJECTS * 10 or len(seen) > MOST_OBJECTS:
            raise Unfit("too_big")
        if hasattr(found, "idnum"):
            if (found.idnum, found.generation) in seen:
                continue
            seen.add((found.idnum, found.generation))
            found = found.get_object()
        if isinstance(found, dict):
            if ACTING & found.keys() or dict.get(found, "/S") in ACTIONS:
                raise Unfit("active")
            waiting += [dict.get(found, key) for key in found]
        elif isinstance(found, list):
            waiting += list(list.__iter__(found))


def main() -> int:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    try:
        kind, made = clean(sys.stdin.buffer.read())
    except Unfit as unfit:
        sys.stdout.write(str(unfit))
        return 3
    except Exception:  # a broken file fails in as many ways as there are formats
        sys.stdout.write("unreadable")
        return 3
    sys.stdout.buffer.write(kind.encode() + b"\n" + made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
