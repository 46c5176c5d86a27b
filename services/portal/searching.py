"""A search as the address bar holds it: read, changed by one filter, and sent to the API."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode

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
    wage_min: str = ""
    published_since: str = ""
    sort: str = ""
    cursor: str = ""

    @classmethod
    def of(cls, query: QueryParams) -> "Search":
        wage = "".join(filter(str.isdigit, query.get("wage_min", "")))[:9]
        sort = query.get("sort", "")
        return cls(
            q=query.get("q", "").strip()[:100],
            kelurahan=tuple(code for code in query.getlist("kelurahan") if choices.ward_name(code))[:9],
            kind=tuple(kind for kind in query.getlist("kind") if kind in choices.KINDS),
            wage_min=wage.lstrip("0"),
            published_since=_date(query.get("published_since", "")),
            sort=sort if sort in choices.SORTS else "",
            cursor=query.get("cursor", "")[:500],
        )

    def params(self, limit: int = PAGE) -> Params:
        given = self._fields()
        given["sort"] = self.sort or ("relevance" if self.q else "newest")
        return {**given, "limit": limit}

    def address(self, **changes: str | tuple[str, ...]) -> str:
        """The same search with something changed, from its first page unless `cursor` says otherwise."""
        fields = {**self._fields(), "cursor": "", **changes}
        pairs = [(k, each) for k, v in fields.items() for each in ([v] if isinstance(v, str) else v) if each]
        return "/lowongan" + ("?" + urlencode(pairs) if pairs else "")

    def _fields(self) -> dict[str, str | list[str]]:
        found: dict[str, str | list[str]] = {"q": self.q, "kelurahan": list(self.kelurahan), "kind": list(self.kind)}
        return found | {
            "wage_min": self.wage_min,
            "published_since": self.published_since,
            "sort": self.sort,
            "cursor": self.cursor,
        }

    def applied(self, words: Words) -> list[tuple[str, str]]:
        """Each filter in force as (label, the address without it)."""
        formats = Formats(words)
        found = [(f"“{self.q}”", self.address(q=""))] if self.q else []
        for code in self.kelurahan:
            rest = tuple(each for each in self.kelurahan if each != code)
            found.append((choices.ward_name(code), self.address(kelurahan=rest)))
        for kind in self.kind:
            rest = tuple(each for each in self.kind if each != kind)
            found.append((words.known("kind", kind), self.address(kind=rest)))
        if self.wage_min:
            label = words("results.wage_from", wage=formats.money(int(self.wage_min)))
            found.append((label, self.address(wage_min="")))
        if self.published_since:
            label = words("results.since", day=formats.short_day(self.published_since))
            found.append((label, self.address(published_since="")))
        return found


def ages(words: Words, today: date | None = None) -> list[tuple[str, str]]:
    """The choices of "published since" as (date, label)."""
    day = today or datetime.now(UTC).astimezone(WIB).date()
    return [((day - timedelta(days=n)).isoformat(), words.count("results.age", n)) for n in AGES]


def counts(facets: Mapping[str, list[Json]], name: str) -> dict[str, int]:
    return {str(each["value"]): int(each["count"]) for each in facets.get(name, [])}


def _date(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""
