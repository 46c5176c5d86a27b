"""Placements for a spreadsheet."""

import csv
import io
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TYPE_CHECKING

from services.application.desk.table import BOM, MOST, safe
from shared.clock import WIB
from shared.pages import Page

if TYPE_CHECKING:
    from services.application.placements.api import PlacementView

HEADING = (
    *("nomor", "dicatat", "sumber", "keadaan", "pekerjaan", "penerima_kerja", "cakupan", "mulai"),
    *("jenis_kelamin", "umur", "pendidikan", "jabatan_kbji", "usaha_kbli", "jenis_penerima"),
)
_WORDS = {"system": "lamaran", "officer": "petugas", "recorded": "tercatat", "cancelled": "dibatalkan"}


async def lines(
    first: "Page[PlacementView]", more: "Callable[[str | None], Awaitable[Page[PlacementView]]]"
) -> AsyncIterator[bytes]:
    """The heading, then each page as it is read."""
    yield (BOM + _line(HEADING)).encode()
    page, written = first, 0
    while True:
        yield "".join(_line(_row(each)) for each in page.items).encode()
        written += len(page.items)
        if page.next is None:
            return
        if written >= MOST:
            yield _line([f"Hanya {MOST} penempatan terbaru yang tertulis di sini."]).encode()
            return
        page = await more(page.next)


def _row(each: "PlacementView") -> list[str]:
    counts = each.counts
    return [
        *(each.number or "", f"{each.at.astimezone(WIB):%Y-%m-%d}", _WORDS[each.source], _WORDS[each.state]),
        *(safe(each.job), safe(each.employer_name), each.scope, each.start_date or ""),
        *(counts.sex, counts.age, counts.education, counts.occupation, counts.industry, counts.receiver),
    ]


def _line(cells: "list[str] | tuple[str, ...]") -> str:
    written = io.StringIO()
    csv.writer(written).writerow(cells)
    return written.getvalue()
