"""Time as the city counts it: days are days in Madiun (WIB, UTC+7, no daylight saving); instants are UTC to the
millisecond, which is what the store keeps."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone

WIB = timezone(timedelta(hours=7), "WIB")
Clock = Callable[[], datetime]


def now() -> datetime:
    """This instant."""
    return whole(datetime.now(UTC))


def whole(at: datetime) -> datetime:
    """`at` in UTC, cut to the millisecond, so that what is read back from the store is equal."""
    return at.astimezone(UTC).replace(microsecond=at.microsecond // 1000 * 1000)


def today(at: datetime) -> date:
    """The day in Madiun at the instant `at`."""
    return at.astimezone(WIB).date()


def start_of(day: date) -> datetime:
    """The first instant of `day`."""
    return datetime.combine(day, time(), WIB).astimezone(UTC)


def end_of(day: date) -> datetime:
    """The first instant after `day`: 2026-01-31 ends at 2026-01-31T17:00:00Z."""
    return start_of(day + timedelta(days=1))
