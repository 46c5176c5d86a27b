"""Which day it is in Madiun: ages and years are counted there."""

from datetime import UTC, date, datetime, timedelta, timezone

WIB = timezone(timedelta(hours=7), "WIB")


def today_wib() -> date:
    return datetime.now(UTC).astimezone(WIB).date()
