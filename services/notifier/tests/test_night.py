"""When nobody is woken."""

from datetime import UTC, datetime

import pytest

from services.notifier.night import Night


@pytest.mark.parametrize(
    ("hours", "at", "morning"),
    [
        ("20-7", "2026-11-24T19:59", None),
        ("20-7", "2026-11-24T20:00", "2026-11-25T07:00"),
        ("20-7", "2026-11-24T23:59", "2026-11-25T07:00"),
        ("20-7", "2026-11-25T00:00", "2026-11-25T07:00"),
        ("20-7", "2026-11-25T06:59", "2026-11-25T07:00"),
        ("20-7", "2026-11-25T07:00", None),
        ("1-5", "2026-11-25T04:59", "2026-11-25T05:00"),
        ("1-5", "2026-11-25T00:59", None),
        ("1-5", "2026-11-25T23:00", None),
        ("none", "2026-11-25T00:00", None),
    ],
)
def test_a_night_ends_in_the_morning_as_people_in_madiun_count(hours: str, at: str, morning: str | None) -> None:
    found = Night.read(hours).morning_after(datetime.fromisoformat(f"{at}+07:00"))
    assert found == (datetime.fromisoformat(f"{morning}+07:00").astimezone(UTC) if morning else None)


@pytest.mark.parametrize("text", ["", "20", "20-24", "7-7", "a-b", "20-7 "])
def test_what_is_no_night_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="such as 20-7"):
        Night.read(text)
