"""How far the wards of the city lie apart, as the crow flies between their centres."""

import math
from functools import cache

from shared.reference.tables import kelurahan


@cache
def kilometres(one: str, other: str) -> float:
    """Between the centres of two wards, in kilometres with one decimal."""
    a, b = kelurahan()[one], kelurahan()[other]
    north = math.radians(b.lat - a.lat)
    east = math.radians(b.lon - a.lon) * math.cos(math.radians((a.lat + b.lat) / 2))
    return round(6371.0 * math.hypot(north, east), 1)


@cache
def by_distance(code: str) -> tuple[tuple[str, float], ...]:
    """All wards, the nearest first, with their kilometres from `code`."""
    return tuple(
        sorted(((other, kilometres(code, other)) for other in kelurahan()), key=lambda row: (row[1], row[0]))
    )
