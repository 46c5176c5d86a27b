"""The time as this service uses it: to the millisecond, which is what the store keeps; days are days in Madiun."""

from datetime import UTC, datetime, timedelta, timezone

WIB = timezone(timedelta(hours=7), "WIB")


def now() -> datetime:
    at = datetime.now(UTC)
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


def seconds_to_midnight(at: datetime) -> int:
    """Until the next day begins in Madiun."""
    local = at.astimezone(WIB)
    midnight = (local + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return int((midnight - local).total_seconds()) + 1
