"""What visitors type: read tolerantly, kept for the next try, and matched with the API's refusals."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from services.portal.client import Refused

Values = Mapping[str, str | list[str]]


class Form:
    """A form's values and what is wrong with them. Field names are the API's pointers with `_` for `/`."""

    def __init__(self, values: Values | None = None) -> None:
        self.values: dict[str, str | list[str]] = dict(values or {})
        self.errors: dict[str, str] = {}
        self.general: list[str] = []

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> "Form":
        """From submitted pairs; a name that comes twice becomes a list."""
        form = cls()
        for name, value in pairs:
            before = form.values.get(name)
            clean = value.replace("\r\n", "\n").strip()
            if before is None:
                form.values[name] = clean
            else:
                form.values[name] = [*before, clean] if isinstance(before, list) else [before, clean]
        return form

    def text(self, name: str) -> str:
        value = self.values.get(name, "")
        return value if isinstance(value, str) else (value[-1] if value else "")

    def many(self, name: str) -> list[str]:
        value = self.values.get(name, [])
        return [value] if isinstance(value, str) and value else list(value)

    def flag(self, name: str) -> bool:
        return bool(self.text(name))

    def listed(self, name: str) -> list[str]:
        """`menjahit, obras` as two; commas and lines both part."""
        return [part.strip() for part in re.split(r"[,;\n]", self.text(name)) if part.strip()]

    def number(self, name: str, advice: str) -> int | None:
        """A whole number, written as people write it: `Rp 2.422.105`. Anything else is an error with `advice`."""
        typed = re.sub(r"(?i)rp|[\s.,]", "", self.text(name))
        if not typed:
            return None
        if not typed.isascii() or not typed.isdigit() or len(typed) > 12:
            self.errors[name] = advice
            return None
        return int(typed)

    def day(self, name: str, advice: str) -> str | None:
        """An ISO date from the three fields `<name>_day`, `_month`, `_year`."""
        parts = [self.text(f"{name}_{part}") for part in ("year", "month", "day")]
        if not any(parts):
            return None
        try:
            return date(*(int(part) for part in parts)).isoformat()
        except ValueError:
            self.errors[name] = advice
            return None

    def month(self, name: str, advice: str) -> str | None:
        """`2024-03` from the two fields `<name>_month`, `_year`."""
        month, year = (self.text(f"{name}_{part}") for part in ("month", "year"))
        if not month and not year:
            return None
        try:
            return f"{date(int(year), int(month), 1):%Y-%m}"
        except ValueError:
            self.errors[name] = advice
            return None

    def clock(self, name: str, advice: str) -> str | None:
        """`08:00` from `8`, `08.00` or `8:00`."""
        typed = self.text(name)
        if not typed:
            return None
        found = re.fullmatch(r"(\d{1,2})(?:[.:](\d{2}))?", typed)
        if not found or int(found[1]) > 23 or int(found[2] or 0) > 59:
            self.errors[name] = advice
            return None
        return f"{int(found[1]):02d}:{found[2] or '00'}"

    def need(self, name: str, advice: str) -> str:
        if not self.text(name):
            self.errors[name] = advice
        return self.text(name)

    def refuse(self, refused: Refused, *, fields: Iterable[str] = ()) -> None:
        """Put each refusal beside its field; what has no field on this page goes to the summary."""
        known = list(dict.fromkeys([*fields, *self.values]))
        for error in refused.errors:
            name = _field(error.pointer, known)
            if name:
                self.errors.setdefault(name, error.detail)
            elif error.detail not in self.general:
                self.general.append(error.detail)
        if not refused.errors:
            self.general.append(refused.detail or refused.title)

    @property
    def bad(self) -> bool:
        return bool(self.errors or self.general)


def split_day(name: str, iso: str | None) -> dict[str, str | list[str]]:
    """The three fields of a date, filled in."""
    if not iso:
        return {}
    year, month, day = iso[:10].split("-")
    return {f"{name}_day": str(int(day)), f"{name}_month": str(int(month)), f"{name}_year": year}


def split_month(name: str, month: str | None) -> dict[str, str]:
    """The two fields of a month such as `2024-03`, filled in."""
    if not month:
        return {}
    year, number = month.split("-")
    return {f"{name}_month": str(int(number)), f"{name}_year": year}


def compact(body: dict[str, Any]) -> dict[str, Any]:
    """Without what was left empty."""
    return {name: value for name, value in body.items() if value not in (None, "", [])}


def _field(pointer: str, known: list[str]) -> str | None:
    """`/wage/min` is the field `wage_min`; where that is none, its parents are tried: `/skills/3` is
    `skills`; and a group is its first field."""
    parts = pointer.strip("/").split("/")
    dated = {name.removesuffix("_day") for name in known if name.endswith("_day")}
    for length in range(len(parts), 0, -1):
        name = "_".join(parts[:length])
        if name in known or name in dated:
            return name
    first = next((name for name in known if name.startswith("_".join(parts) + "_")), None)
    return first
