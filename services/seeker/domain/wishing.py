"""What a vacancy's form says to the wishes of a saved search. It reads no text: what is only written there is found
by the search, and is not foretold here."""

from datetime import time
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from shared.reference.distance import kilometres
from shared.reference.tables import kelurahan

HoursWish = Literal["school", "no_night", "flexible"]
Schooling = Literal["none", "sd", "smp", "sma", "d1", "d3", "s1", "s2"]
_LEARNED: dict[str, int] = {"none": 0, "sd": 1, "smp": 2, "sma": 3, "d1": 4, "d3": 5, "s1": 6, "s2": 7}
_SCHOOL_BEGINS, _SCHOOL_ENDS, _NIGHT = time(6, 30), time(14), time(21)


class WorkHours(BaseModel):
    """When the work is done (WIB)."""

    model_config = ConfigDict(frozen=True)
    start: time | None = None
    end: time | None = None
    flexible: bool = False
    shift: bool = False
    night: bool = False

    def fit(self, wish: HoursWish) -> bool:
        if wish == "flexible":
            return self.flexible
        if self.night or self.shift or self.start is None or self.end is None or self.end <= self.start:
            return False
        if wish == "school":
            return self.start >= _SCHOOL_BEGINS and self.end <= _SCHOOL_ENDS
        return self.end <= _NIGHT


def asks_no_more(asked: dict[str, Any] | None, learned: Schooling) -> bool:
    """Whether `learned` is enough for what is asked, a code of education; not where nothing is said."""
    code = str((asked or {}).get("code") or "")
    return code[:1].isdigit() and (len(code) == 4 or code == "0") and int(code[0]) <= _LEARNED[learned]


def reached(ward: str | None, near: str, within_km: float) -> bool:
    return ward in kelurahan() and near in kelurahan() and kilometres(near, str(ward)) <= within_km
