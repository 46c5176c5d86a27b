"""Photos for the card: any that a phone makes is kept small, upright and without what the camera wrote."""

import io
import struct
import zlib

import pytest
from PIL import Image

from services.seeker.photos import HEIGHT, LIMIT, WIDTH, Photographer, redraw
from services.seeker.problems import Flaw, PhotoTooLarge, PhotoTooSmall, PhotoUnreadable


def photo(size: tuple[int, int] = (1200, 1600), *, kind: str = "JPEG", mode: str = "RGB", **given: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, None).save(out, kind, **given)
    return out.getvalue()


def empty_png(width: int, height: int) -> bytes:
    """A few bytes that claim to be a picture of that size."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize(
    "raw",
    [
        photo(),
        photo((4000, 3000)),
        photo((240, 320)),
        photo((600, 800), kind="PNG", mode="RGBA"),
        photo((600, 800), kind="PNG", mode="P"),
        photo((600, 800), mode="L"),
        photo((600, 800), mode="CMYK"),
    ],
)
def test_a_photo_becomes_a_small_jpeg_of_3_by_4(raw: bytes) -> None:
    kept = redraw(raw)
    with Image.open(io.BytesIO(kept)) as found:
        assert (found.format, found.size, found.mode) == ("JPEG", (WIDTH, HEIGHT), "RGB")
    assert len(kept) < 120_000


def test_nothing_that_the_camera_wrote_is_kept() -> None:
    written = Image.Exif()
    written[0x010F], written[0x9003] = "Telepon Siti", "2026:11:24 10:00:00"
    kept = redraw(photo(exif=written.tobytes(), comment=b"rumah Siti"))
    with Image.open(io.BytesIO(kept)) as found:
        assert not dict(found.getexif())
    assert b"Siti" not in kept


def test_a_photo_that_was_taken_sideways_stands_upright() -> None:
    side = Image.new("RGB", (800, 600), "white")
    side.paste("black", (0, 0, 400, 600))  # turned by 90 degrees this half is on top
    turned = Image.Exif()
    turned[0x0112] = 6
    out = io.BytesIO()
    side.save(out, "JPEG", exif=turned.tobytes())
    with Image.open(io.BytesIO(redraw(out.getvalue()))) as found:
        top, bottom = found.getpixel((WIDTH // 2, 20)), found.getpixel((WIDTH // 2, HEIGHT - 20))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert top[0] < 50 < 200 < bottom[0]


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", PhotoUnreadable),
        (b"%PDF-1.7 not a photo", PhotoUnreadable),
        (photo()[:2000], PhotoUnreadable),
        (photo(kind="GIF", mode="P"), PhotoUnreadable),
        (photo((100, 100)), PhotoTooSmall),
        (empty_png(30_000, 30_000), PhotoTooLarge),
        (empty_png(600, 800), PhotoUnreadable),
    ],
)
def test_what_is_no_usable_photo_is_refused_by_its_reason(raw: bytes, why: type[Flaw]) -> None:
    with pytest.raises(why):
        redraw(raw)


async def test_a_file_over_five_megabytes_is_not_even_opened() -> None:
    with pytest.raises(PhotoTooLarge):
        await Photographer().portrait(b"\xff" * (LIMIT + 1))
