"""An index of some vacancies without a store, for the tests of the search."""

from pathlib import Path
from typing import Any

from services.vacancy.search.disk import Disk
from services.vacancy.search.helping import Help, helps
from services.vacancy.search.query import SearchQuery, SearchResult
from services.vacancy.search.searching import search, understood
from services.vacancy.search.suggesting import Suggester, Suggestion
from services.vacancy.search.synonyms import load_synonyms
from services.vacancy.search.understanding import Understood
from services.vacancy.tests.adverts import NOON


class Shelf:
    def __init__(self, folder: Path) -> None:
        self._disk, self._synonyms = Disk(folder), load_synonyms()
        self._disk.open()
        self._titles: dict[str, str] = {}

    def add(self, *adverts: dict[str, Any]) -> None:
        self._disk.put(adverts, [])
        self._disk.commit()
        self._titles |= {row["_id"]: row["title"] for row in adverts}

    def find(self, q: str | None = None, **given: Any) -> SearchResult:
        return self._search(self._query(q, **given))

    def titles(self, q: str | None = None, **given: Any) -> list[str]:
        return [self._titles[id] for id in self.find(q, **given).ids]

    def exact(self, q: str | None = None, **given: Any) -> set[str]:
        """Titles of those that have everything."""
        result = self.find(q, **given)
        return {self._titles[id] for id in result.ids[: result.exact]}

    def helps(self, q: str | None = None, **given: Any) -> list[Help]:
        query = self._query(q, **given)
        return helps(query, self._search(query), self._search, self._synonyms)

    def read(self, q: str) -> Understood:
        assert self._disk.snapshot
        return understood(q, self._disk.snapshot, self._synonyms)

    def suggest(self, typed: str, limit: int = 8) -> list[Suggestion]:
        assert self._disk.snapshot
        return Suggester(self._disk.snapshot, self._synonyms).suggest(typed, limit)

    def pages(self, q: str | None = None, **given: Any) -> list[list[str]]:
        found, cursor = [], None
        while True:
            page = self.find(q, **given, cursor=cursor)
            found.append(page.ids)
            cursor = page.next
            if cursor is None:
                return found

    def _query(self, q: str | None, **given: Any) -> SearchQuery:
        return SearchQuery(q=q, **{"now": NOON, "limit": 50, **given})

    def _search(self, query: SearchQuery) -> SearchResult:
        assert self._disk.snapshot
        return search(query, self._disk.snapshot, self._synonyms)
