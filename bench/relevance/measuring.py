"""nDCG@10 and recall@50 of the search over a file of vacancies; each set of queries apart."""

import gzip
import json
import math
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import mean
from typing import Any

from bench.relevance.judging import Asked, queries
from services.vacancy.importing.cleaning import Rejected, vacancy_of
from services.vacancy.search.disk import Disk
from services.vacancy.search.query import SearchQuery
from services.vacancy.search.searching import search
from services.vacancy.search.synonyms import load_synonyms

SYNTHETIC = Path(__file__).with_name("vacancies_synthetic.jsonl")
WELL = 0.85  # nDCG@10 from which a query counts as answered well
NAMES = {
    "tuned": "TUNED",
    "first": "HELD OUT 1",
    "second": "HELD OUT 2",
    "third": "HELD OUT 3",
    "fourth": "HELD OUT 4",
    "fifth": "WORKED ON 5",
    "sixth": "HELD OUT 6",
}
UNSEEN = ("third",)  # shown only as a sum
NOW = datetime(2026, 3, 2, tzinfo=UTC)
Row = dict[str, Any]
_SHOUT = re.compile(r"\b(?:lowongan|loker|(?:di)?butuh(?:kan)?|segera|urgent)\b")


def measure(*more: Path, verbose: bool = True) -> None:
    for path in (SYNTHETIC, *more):
        shelf = Shelf(_rows(path))
        print(f"{path.name}: {len(shelf.rows):,} vacancies")
        scored = [(asked, *score) for asked in queries() if (score := shelf.score(asked))]
        for asked, ndcg, _ in scored if verbose else ():
            if ndcg < WELL and asked.set not in UNSEEN:
                print(f"    {ndcg:.2f}  {asked.q}")
        _report(scored)


def _report(scored: Sequence[tuple[Asked, float, float]]) -> None:
    groups: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for asked, ndcg, recall in scored:
        groups[NAMES[asked.set]].append((ndcg, recall))
        groups[asked.group].append((ndcg, recall))
    for name, pairs in sorted(groups.items()):
        well = sum(ndcg >= WELL for ndcg, _ in pairs)
        ndcg, recall = (mean(column) for column in zip(*pairs, strict=True))
        print(f"  {name:12} nDCG@10 {ndcg:.3f}  recall@50 {recall:.3f}  answered well {well} of {len(pairs)}")


class Shelf:
    """An index of the file's vacancies."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows = dict(documents(rows))
        self._folder = tempfile.TemporaryDirectory(prefix="si-caker-relevance-")
        self._disk, self._synonyms = Disk(Path(self._folder.name)), load_synonyms()
        self._disk.open()
        self._disk.put((made for _, made in self.rows.values()), [])
        self._disk.commit()

    def find(self, q: str, limit: int) -> list[str]:
        assert self._disk.snapshot
        return search(SearchQuery(q=q, limit=limit, now=NOW), self._disk.snapshot, self._synonyms).ids

    def score(self, asked: Asked) -> tuple[float, float] | None:
        """(nDCG@10, recall@50); None where the file has no good answer."""
        once: dict[tuple[str, ...], int] = {}
        for row, _ in self.rows.values():
            once[_same(row)] = max(asked.grade(row), once.get(_same(row), 0))
        ideal = _gain(sorted(once.values(), reverse=True)[:10])
        good = {same for same, grade in once.items() if grade >= 2}
        if not good:
            return None
        found = list(dict.fromkeys(_same(self.rows[id][0]) for id in self.find(asked.q, 50)))
        recall = len(good & set(found)) / min(len(good), 50)
        return _gain([once[same] for same in found[:10]]) / ideal, recall


def documents(rows: Iterable[Row]) -> Iterable[tuple[str, tuple[Row, Row]]]:
    """(id, (the file's row, the vacancy as the store has it))."""
    for number, row in enumerate(rows):
        try:
            item = vacancy_of(row, today=NOW.date())
        except Rejected:
            continue
        published = NOW - timedelta(days=20) + timedelta(seconds=number)
        times = {"published_at": published, "closes_at": NOW + timedelta(days=30)}
        own = {"_id": item.vacancy_id, "state": "published", "version": 1, "may_bring_child": False}
        yield item.vacancy_id, (row, {**item.model_dump(), **own, **times})


def _rows(path: Path) -> list[Row]:
    held = path.read_bytes()
    text = (gzip.decompress(held) if path.suffix == ".gz" else held).decode()
    return [json.loads(line) for line in text.split("\n") if line]


def _same(row: Row) -> tuple[str, ...]:
    """One advert that stands there several times counts once."""
    title = _SHOUT.sub("", str(row["title"]).lower()).strip()
    return title, str(row["company"]).lower(), str(row["location_text"]).lower()


def _gain(grades: Sequence[int]) -> float:
    return math.fsum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))
