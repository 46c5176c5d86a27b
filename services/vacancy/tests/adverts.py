"""Vacancies as the store has them, for the tests of the search."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

NOON = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)  # 12.00 WIB
_numbers = count(1)


def advert(title: str = "Kasir", **given: Any) -> dict[str, Any]:
    """One published vacancy; each is a second younger than the one before."""
    number = next(_numbers)
    made: dict[str, Any] = {
        "_id": f"vac_{number:06d}",
        "state": "published",
        "title": title,
        "description": "",
        "conditions": "",
        "skills": [],
        "employer_name": "Usaha Contoh",
        "kind": "full_time",
        "workplace": "onsite",
        "kelurahan_code": None,
        "location_text": None,
        "wage": None,
        "published_at": NOON - timedelta(days=2) + timedelta(seconds=number),
        "closes_at": NOON + timedelta(days=30),
        "changed_at": datetime.now(UTC),
        "version": 3,
    }
    return {**made, **given}
