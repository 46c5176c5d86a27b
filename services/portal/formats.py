"""Dates, money and wages as people read them: WIB, whole rupiah, the words of the page's language."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal

from services.portal.words import Words

WIB = ZoneInfo("Asia/Jakarta")
_LOCALES = {"id": "id", "en": "en_GB"}


class Formats:
    """The filters of the templates for one language. Times come as RFC 3339 text, as the API sends them."""

    def __init__(self, words: Words) -> None:
        self._words, self._locale = words, _LOCALES[words.language]

    def day(self, value: str | date | None) -> str:
        """`Selasa, 24 November 2026`; a time counts as its day in WIB."""
        return format_date(to_day(value), "EEEE, d MMMM y", locale=self._locale) if value else ""

    def short_day(self, value: str | date | None) -> str:
        """`24 Nov 2026`, for cards and tables."""
        return format_date(to_day(value), "d MMM y", locale=self._locale) if value else ""

    def month(self, value: str | None) -> str:
        """`Maret 2024` of `2024-03`."""
        return format_date(to_day(f"{value}-01"), "MMMM y", locale=self._locale) if value else ""

    def moment(self, value: str | None) -> str:
        """`Selasa, 24 November 2026, pukul 23.59 WIB`."""
        if not value:
            return ""
        at = to_moment(value).astimezone(WIB)
        return self._words("time.moment", day=self.day(value), hour=f"{at:%H}", minute=f"{at:%M}")

    def clock(self, value: str) -> str:
        """`23.59`, in WIB."""
        return f"{to_moment(value).astimezone(WIB):%H.%M}"

    def span(self, value: str, until: str) -> str:
        """`Selasa, 24 November 2026, pukul 09.00–12.00 WIB`: one meeting of a training."""
        begin, end = (to_moment(each).astimezone(WIB) for each in (value, until))
        return self._words("time.span", day=self.day(value), begin=f"{begin:%H.%M}", end=f"{end:%H.%M}")

    def closing(self, closes_at: str | None) -> str:
        """The last minute in which one can apply: `closes_at` itself is already too late."""
        return self.moment(last_minute(closes_at).isoformat()) if closes_at else ""

    def closing_day(self, closes_at: str | None) -> str:
        return self.short_day(last_minute(closes_at).isoformat()) if closes_at else ""

    def left(self, closes_at: str | None, now: datetime | None = None) -> str:
        """How long an advert stays open, beside the absolute time: `3 hari lagi`."""
        if not closes_at:
            return ""
        days = (to_day(last_minute(closes_at).isoformat()) - (now or datetime.now(UTC)).astimezone(WIB).date()).days
        if days < 0:
            return self._words("time.over")
        return self._words("time.today") if days == 0 else self._words.count("time.days_left", days)

    def age(self, since: str | None, now: datetime | None = None) -> str:
        """How long something has waited, in its largest unit: `2 hari`."""
        if not since:
            return ""
        minutes = max(0, int(((now or datetime.now(UTC)) - to_moment(since)).total_seconds() // 60))
        for unit, size in (("days", 1440), ("hours", 60)):
            if minutes >= size:
                return self._words.count(f"time.{unit}", minutes // size)
        return self._words.count("time.minutes", minutes)

    def number(self, value: int) -> str:
        return format_decimal(value, locale=self._locale)

    def kilometres(self, value: float) -> str:
        """`2,1`: one decimal is as exact as the middle of a kelurahan."""
        return format_decimal(round(value, 1), locale=self._locale)

    def money(self, rupiah: int) -> str:
        """`Rp2.422.105`: dots in both languages, as on every price tag in the country."""
        return "Rp" + format_decimal(rupiah, locale="id")

    def wage(self, wage: Mapping[str, Any] | None) -> str:
        """`Rp2.000.000–Rp2.600.000 per bulan`, or that it is not stated."""
        if not wage or wage.get("min") is None:
            return self._words("wage.none")
        text, most = self.money(wage["min"]), wage.get("max")
        if most is not None and most != wage["min"]:
            text += "–" + self.money(most)
        return f"{text} {self._words.known('wage_per', wage.get('per', 'month'))}"

    def pay(self, vacancy: Mapping[str, Any]) -> str:
        """What a vacancy pays in one line: its wage, or for piecework its rate."""
        work, wage = vacancy.get("piecework"), vacancy.get("wage")
        if wage or (not work and vacancy.get("kind") != "piecework_home"):
            return self.wage(wage)
        return self.wage({"min": work["rate"], "per": "piece"}) if work else self._words("wage.by_piece")


def to_moment(value: str) -> datetime:
    return datetime.fromisoformat(value.replace("Z", "+00:00"))


def to_day(value: str | date) -> date:
    if isinstance(value, date):
        return value
    return to_moment(value).astimezone(WIB).date() if "T" in value else date.fromisoformat(value)


def last_minute(closes_at: str) -> datetime:
    return to_moment(closes_at) - timedelta(minutes=1)
