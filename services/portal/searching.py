"""A search as the address bar holds it: read, changed by one filter, and sent to the API."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import QueryParams

from services.portal import choices
from services.portal.client import Json, Params
from services.portal.formats import WIB, Formats
from services.portal.words import Words

PAGE = 15
AGES = (1, 3, 7, 14)  # days that the "published since" filter offers


@dataclass(frozen=True)
class Search:
    """Only what is well-formed is kept: a mistyped address searches wider, it is no error."""

    q: str = ""
    kelurahan: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    bidang: tuple[str, ...] = ()
    workplace: tuple[str, ...] = ()
    hours: tuple[str, ...] = ()
    may_bring_child: str = ""
    education: str = ""
    near: str = ""
    within_km: str = ""
    wage_min: str = ""
    published_since: str = ""
    sort: str = ""
    cursor: str = ""

    @classmethod
    def of(cls, query: QueryParams) -> "Search":
        wage = "".join(filter(str.isdigit, query.get("wage_min", "")))[:9]
        near = query.get("near", "") if choices.ward_name(query.get("near")) else ""
        sorts = choices.SORTS if near else tuple(sort for sort in choices.SORTS if sort != "distance")
        return cls(
            q=query.get("q", "").strip()[:100],
            kelurahan=tuple(code for code in query.getlist("kelurahan") if choices.ward_name(code))[:9],
            kind=_among(query.getlist("kind"), choices.KINDS),
            bidang=_among(query.getlist("bidang"), choices.FIELDS),
            workplace=_among(query.getlist("workplace"), choices.WORKPLACES),
            hours=_among(query.getlist("hours"), choices.SEARCH_HOURS),
            may_bring_child="true" if query.get("may_bring_child") == "true" else "",
            education=_one(query.get("education"), choices.SEARCH_EDUCATION),
            near=near,
            within_km=_one(query.get("within_km"), choices.WITHIN_KM) if near else "",
            wage_min=wage.lstrip("0"),
            published_since=_date(query.get("published_since", "")),
            sort=_one(query.get("sort"), sorts),
            cursor=query.get("cursor", "")[:500],
        )

    @classmethod
    def read(cls, query: str) -> "Search":
        """A search that the API proposes, as a query string."""
        return cls.of(QueryParams(parse_qsl(query)))

    @property
    def sorted_by(self) -> str:
        return self.sort or ("relevance" if self.q else "distance" if self.near else "newest")

    def params(self, limit: int = PAGE) -> Params:
        return {**self._fields(), "sort": self.sorted_by, "limit": limit}

    def address(self, **changes: str | tuple[str, ...]) -> str:
        """The same search with something changed, from its first page unless `cursor` says otherwise."""
        given = {**self._fields(), "cursor": "", **changes}
        pairs = [(k, each) for k, v in given.items() for each in ([v] if isinstance(v, str) else v) if each]
        return "/lowongan" + ("?" + urlencode(pairs) if pairs else "")

    @property
    def query(self) -> str:
        """The search as it stands in an address, with its `?`."""
        return self.address().removeprefix("/lowongan")

    def _fields(self) -> dict[str, Any]:
        found = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in found.items()}

    def applied(self, words: Words) -> list[tuple[str, str]]:
        """Each filter in force as (label, the address without it)."""
        formats = Formats(words)
        found = [(f"“{self.q}”", self.address(q=""))] if self.q else []
        found += [(choices.ward_name(code), self._without("kelurahan", code)) for code in self.kelurahan]
        if self.near:
            key = "results.near_km" if self.within_km else "results.near_of"
            label = words(key, name=choices.ward_name(self.near), n=self.within_km)
            sort = "" if self.sort == "distance" else self.sort
            found.append((label, self.address(near="", within_km="", sort=sort)))
        for field, group in (
            ("kind", "kind"),
            ("bidang", "field"),
            ("workplace", "workplace"),
            ("hours", "search_hours"),
        ):
            chosen: tuple[str, ...] = getattr(self, field)
            found += [(words.known(group, value), self._without(field, value)) for value in chosen]
        if self.may_bring_child:
            found.append((words("vacancy.child_tag"), self.address(may_bring_child="")))
        if self.education:
            found.append((words.known("search_education", self.education), self.address(education="")))
        if self.wage_min:
            label = words("results.wage_from", wage=formats.money(int(self.wage_min)))
            found.append((label, self.address(wage_min="")))
        if self.published_since:
            label = words("results.since", day=formats.short_day(self.published_since))
            found.append((label, self.address(published_since="")))
        return found

    def _without(self, field: str, value: str) -> str:
        return self.address(**{field: tuple(each for each in getattr(self, field) if each != value)})


def ages(words: Words, today: date | None = None) -> list[tuple[str, str]]:
    """The choices of "published since" as (date, label)."""
    day = today or datetime.now(UTC).astimezone(WIB).date()
    return [((day - timedelta(days=n)).isoformat(), words.count("results.age", n)) for n in AGES]


def counts(facets: Mapping[str, list[Json]], name: str) -> dict[str, int]:
    return {str(each["value"]): int(each["count"]) for each in facets.get(name, [])}


def proposals(found: Json) -> list[tuple[str, str, str]]:
    """What the API proposes, as (kind, sentence, address); an address that is no search of ours leads nowhere."""
    given = [
        (str(each["kind"]), str(each["text"]), Search.read(str(each["query"])).address()) for each in found["help"]
    ]
    return [each for each in given if "?" in each[2]]


def _among(given: list[str], known: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(value for value in known if value in given)


def _one(given: str | None, known: tuple[str, ...]) -> str:
    return given if given in known else ""


def _date(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""
