"""Photos that people send: looked at, cut to 3 x 4, and written anew as a small JPEG without anything that a camera
wrote into it (place, time, device). What cannot be read so is refused."""

import asyncio
import io
from typing import TYPE_CHECKING

from services.seeker.problems import PhotoTooLarge, PhotoTooSmall, PhotoUnreadable
from shared.errors import Unavailable

if TYPE_CHECKING:
    from PIL import Image

LIMIT = 5 * 1024 * 1024  # bytes
WIDTH, HEIGHT = 354, 472  # 3 x 4 cm at 300 dots per inch
SMALLEST = (240, 320)
# A JPEG is decoded at a fraction of its size; a PNG is decoded whole, so that a small file could fill the memory.
MOST_DOTS = {"JPEG": 80_000_000, "PNG": 16_000_000}
DEADLINE = 6.0  # seconds, waiting for other photos included


class Photographer:
    """One photo at a time, in a thread: the event loop stays free and the memory small."""

    def __init__(self) -> None:
        self._turn = asyncio.Semaphore(1)

    async def portrait(self, raw: bytes) -> bytes:
        """The photo as it is kept; raises a `Flaw`."""
        if len(raw) > LIMIT:
            raise PhotoTooLarge
        try:
            async with asyncio.timeout(DEADLINE), self._turn:
                return await asyncio.to_thread(redraw, raw)
        except TimeoutError:
            raise Unavailable from None


def redraw(raw: bytes) -> bytes:
    """`raw` as a JPEG of `WIDTH` x `HEIGHT` dots."""
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(raw), formats=list(MOST_DOTS)) as photo:
            _check(photo.size, str(photo.format))
            photo.draft("RGB", (WIDTH * 2, HEIGHT * 2))
            upright = ImageOps.exif_transpose(photo)
            portrait = ImageOps.fit(_flat(upright), (WIDTH, HEIGHT), centering=(0.5, 0.4))
    except (PhotoTooSmall, PhotoTooLarge):
        raise
    except Image.DecompressionBombError:
        raise PhotoTooLarge from None
    except Exception:  # a broken picture fails in as many ways as there are formats
        raise PhotoUnreadable from None
    portrait.info = {}  # a comment or a colour profile would be written again
    out = io.BytesIO()
    portrait.save(out, "JPEG", quality=88, optimize=True)
    return out.getvalue()


def _check(size: tuple[int, int], kind: str) -> None:
    if size[0] * size[1] > MOST_DOTS[kind]:
        raise PhotoTooLarge
    if min(size) < SMALLEST[0] or max(size) < SMALLEST[1]:
        raise PhotoTooSmall


def _flat(photo: "Image.Image") -> "Image.Image":
    """Without transparency: what is clear becomes white paper."""
    from PIL import Image

    if photo.mode in ("RGBA", "LA", "PA", "P"):
        clear = photo.convert("RGBA")
        paper = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(paper, clear).convert("RGB")
    return photo.convert("RGB")
