"""Dates, money and waiting times as people read them."""

from datetime import UTC, datetime

import pytest

from services.portal.formats import Formats
from services.portal.words import Words

INDONESIAN, ENGLISH = Formats(Words("id")), Formats(Words("en"))
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


def test_moment_is_told_in_wib() -> None:
    assert INDONESIAN.moment("2026-11-24T16:59:00Z") == "Selasa, 24 November 2026, pukul 23.59 WIB"
    assert ENGLISH.moment("2026-11-24T17:00:00Z") == "Wednesday, 25 November 2026, 00:00 WIB"


def test_closing_is_the_last_minute_of_the_day_before() -> None:
    assert INDONESIAN.closing("2026-01-31T17:00:00Z") == "Sabtu, 31 Januari 2026, pukul 23.59 WIB"
    assert INDONESIAN.closing_day("2026-01-31T17:00:00Z") == "31 Jan 2026"


@pytest.mark.parametrize(
    ("closes_at", "text"),
    [
        ("2026-11-24T17:00:00Z", "tutup hari ini"),
        ("2026-11-25T17:00:00Z", "1 hari lagi"),
        ("2026-11-30T17:00:00Z", "6 hari lagi"),
        ("2026-11-23T17:00:00Z", "sudah lewat"),
    ],
)
def test_days_left(closes_at: str, text: str) -> None:
    assert INDONESIAN.left(closes_at, NOW) == text


@pytest.mark.parametrize(
    ("since", "indonesian", "english"),
    [
        ("2026-11-24T09:59:10Z", "0 menit", "0 minutes"),
        ("2026-11-24T09:00:00Z", "1 jam", "1 hour"),
        ("2026-11-22T09:00:00Z", "2 hari", "2 days"),
    ],
)
def test_age(since: str, indonesian: str, english: str) -> None:
    assert (INDONESIAN.age(since, NOW), ENGLISH.age(since, NOW)) == (indonesian, english)


def test_wage() -> None:
    assert INDONESIAN.wage({"min": 2_422_105, "max": None, "per": "month"}) == "Rp2.422.105 per bulan"
    assert INDONESIAN.wage({"min": 80_000, "max": 90_000, "per": "day"}) == "Rp80.000–Rp90.000 per hari"
    assert ENGLISH.wage({"min": 5, "max": 5, "per": "piece"}) == "Rp5 per piece"
    assert INDONESIAN.wage(None) == "Upah tidak disebutkan"
