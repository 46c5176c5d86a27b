"""Why an application is not chosen, in words that one can read on a bad day."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

RejectCode = Literal["filled", "requirements", "hours", "distance", "experience", "none"]
KIND_REJECTION = "Terima kasih sudah melamar. Kali ini kami memilih pelamar lain. Tetap semangat, ya."


class Stock(NamedTuple):
    indonesian: str
    english: str


REJECTIONS: Mapping[RejectCode, Stock] = {
    "filled": Stock("Sudah ada pelamar yang lebih sesuai.", "Somebody else fitted the work a little better."),
    "requirements": Stock("Syarat pekerjaan belum terpenuhi.", "A requirement of the work is not met yet."),
    "hours": Stock("Jam kerjanya belum cocok.", "The hours do not fit yet."),
    "distance": Stock("Tempat tinggal terlalu jauh.", "The way from home is too long."),
    "experience": Stock("Kali ini dicari yang lebih berpengalaman.", "More experience was needed this time."),
    "none": Stock("", ""),
}


def rejection(code: RejectCode | None, words: str | None) -> str:
    """What the seeker reads: the stock sentence, the employer's own words, or a kind one."""
    stock = REJECTIONS[code].indonesian if code else ""
    return " ".join(filter(None, (stock, words))) or KIND_REJECTION
