"""What stands on a paper, before it is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli"),
    *("Agustus", "September", "Oktober", "November", "Desember"),
)


@dataclass(frozen=True, kw_only=True)
class Column:
    """One box of a row of boxes."""

    heading: str
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class Paper:
    """An A4 page. `made_on` is the day that the file says it was made: the same paper gives the same bytes."""

    title: str
    number: str
    made_on: date
    rows: Sequence[tuple[str, str]] = field(repr=False)  # label, value
    link: str | None = field(default=None, repr=False)  # behind the QR code
    footnotes: Sequence[str] = ()
    photo: bytes | None = field(default=None, repr=False)  # a JPEG of 3 x 4
    columns_title: str = ""
    columns: Sequence[Column] = ()
    signed_by: str | None = None
    signature_label: str | None = field(default=None, repr=False)


def day(at: date) -> str:
    """`24 November 2026`, as an Indonesian paper writes it."""
    return f"{at.day} {MONTHS[at.month - 1]} {at.year}"
