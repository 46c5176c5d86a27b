"""Stock reasons, so that officers say the same thing in the same words; the text sent may still be their own."""

from typing import Literal, NamedTuple

from services.vacancy.domain.refusals import UNKNOWN_REASON, Flawed

For = Literal["return", "refuse", "close", "recall"]


class StockReason(NamedTuple):
    code: str
    steps: tuple[For, ...]
    indonesian: str
    english: str


REASONS = (
    StockReason(
        "unclear_wage", ("return",), "Upahnya belum jelas. Tulis angka dalam rupiah.", "The wage is not clear yet."
    ),
    StockReason(
        "low_wage",
        ("return",),
        "Upahnya di bawah ketentuan. Mohon disesuaikan atau jelaskan dasarnya.",
        "The wage is below the floor. Please adjust or explain it.",
    ),
    StockReason(
        "unclear_work",
        ("return",),
        "Ceritakan lebih jelas apa yang dikerjakan.",
        "Say more clearly what the work is.",
    ),
    StockReason(
        "unclear_hours", ("return",), "Jam atau hari kerjanya belum jelas.", "The hours or days are not clear yet."
    ),
    StockReason("unclear_place", ("return",), "Tempat kerjanya belum jelas.", "The workplace is not clear yet."),
    StockReason(
        "unfair_wording",
        ("return",),
        "Mohon hapus syarat usia, jenis kelamin, status atau penampilan; tulis kemampuan yang dibutuhkan.",
        "Please remove conditions of age, sex, status or looks; write which abilities are needed.",
    ),
    StockReason(
        "personal_papers",
        ("return", "refuse"),
        "Jangan meminta foto KTP, KK, rekening atau ijazah asli sebelum orang diterima.",
        "Do not ask for ID photos, bank accounts or original diplomas before somebody is hired.",
    ),
    StockReason(
        "outside_link",
        ("return",),
        "Mohon hapus tautan dan alamat di luar Si-Caker; lamaran masuk lewat Si-Caker.",
        "Please remove outside links and addresses; people apply through Si-Caker.",
    ),
    StockReason(
        "duplicate", ("return", "refuse"), "Lowongan yang sama sudah tayang.", "The same vacancy is open already."
    ),
    StockReason(
        "asks_money",
        ("refuse", "close", "recall"),
        "Pelamar diminta membayar. Itu dilarang.",
        "Applicants are asked for money. That is forbidden.",
    ),
    StockReason(
        "marketing_scheme",
        ("refuse", "recall"),
        "Ini ajakan berjualan atau bermitra, bukan lowongan kerja.",
        "This is an invitation to sell or to invest, not a job.",
    ),
    StockReason(
        "false",
        ("refuse", "close", "recall"),
        "Lowongan ini tidak benar atau usahanya tidak ada.",
        "The vacancy is not true, or the business does not exist.",
    ),
    StockReason(
        "unlawful", ("refuse", "recall"), "Pekerjaan atau syaratnya melanggar aturan.", "The work breaks the law."
    ),
    StockReason(
        "cancelled_job", ("close",), "Pekerjaannya batal; tidak ada yang akan diterima.", "The job was cancelled."
    ),
)
_STEPS = {reason.code: reason.steps for reason in REASONS}


def check_reason(code: str | None, step: For) -> None:
    """Raise `Flawed` for a code that is not for this step."""
    if code is not None and step not in _STEPS.get(code, ()):
        raise Flawed([UNKNOWN_REASON])
