"""What a search is narrowed to and how it is shown: filters, orders, counts, pages."""

import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from services.vacancy.tests.adverts import NOON, advert
from services.vacancy.tests.shelves import Shelf
from shared.cursors import BadCursor, encode_cursor

KARTOHARJO, NAMBANGAN_LOR, TAMAN = "35.77.01.1008", "35.77.02.1008", "35.77.03.1009"


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


def test_a_vacancy_is_gone_at_the_instant_it_closes(shelf: Shelf) -> None:
    shelf.add(advert(closes_at=NOON + timedelta(hours=1)))
    assert shelf.find(now=NOON + timedelta(minutes=59)).total == 1
    assert shelf.find(now=NOON + timedelta(minutes=60)).total == 0


@pytest.mark.parametrize(
    "state", ["draft", "submitted", "returned", "refused", "paused", "filled", "closed", "expired", "recalled"]
)
def test_only_what_is_published_is_found(shelf: Shelf, state: str) -> None:
    shelf.add(one := advert())
    shelf.add({**one, "state": state})
    assert shelf.find().total == 0


@pytest.mark.parametrize(
    ("wage", "monthly"),
    [
        ({"min": 2_000_000, "max": 2_600_000, "per": "month"}, 2_600_000),
        ({"min": 2_500_000, "max": None, "per": "month"}, 2_500_000),
        ({"min": 100_000, "max": None, "per": "day"}, 2_500_000),
        ({"min": 15_000, "max": None, "per": "hour"}, 2_595_000),
        ({"min": 600_000, "max": None, "per": "week"}, 2_598_000),
        ({"min": 5_000, "max": None, "per": "piece"}, None),
        (None, None),
    ],
)
def test_pay_is_compared_by_the_month(shelf: Shelf, wage: dict[str, Any] | None, monthly: int | None) -> None:
    shelf.add(advert(wage=wage))
    if monthly is None:
        assert shelf.find(wage_min=1).total == 0
    else:
        assert shelf.find(wage_min=monthly).total == 1
        assert shelf.find(wage_min=monthly + 1).total == 0


def test_published_since_begins_at_midnight_in_madiun(shelf: Shelf) -> None:
    midnight = NOON - timedelta(hours=12)  # 00.00 WIB of 2 March
    shelf.add(advert("Pagi", published_at=midnight), advert("Malam", published_at=midnight - timedelta(seconds=1)))
    assert shelf.titles(published_since=date(2026, 3, 2)) == ["Pagi"]


def test_sorting_by_wage_and_by_deadline(shelf: Shelf) -> None:
    shelf.add(
        advert("Sedang", wage={"min": 2_000_000, "max": None, "per": "month"}, closes_at=NOON + timedelta(days=1)),
        advert("Tanpa"),
        advert("Tinggi", wage={"min": 200_000, "max": None, "per": "day"}, closes_at=NOON + timedelta(days=2)),
    )
    assert shelf.titles(sort="wage") == ["Tinggi", "Sedang", "Tanpa"]
    assert shelf.titles(sort="deadline") == ["Sedang", "Tinggi", "Tanpa"]


WARDS, KINDS = (None, KARTOHARJO, NAMBANGAN_LOR, TAMAN), ("full_time", "part_time", "internship")


def _crowd(count: int) -> list[dict[str, Any]]:
    chance = random.Random(7)
    return [
        advert(
            chance.choice(["Kasir", "Kasir toko", "Sopir", "Penjahit"]),
            employer_name=f"Usaha {number}",
            kelurahan_code=chance.choice(WARDS),
            kind=chance.choice(KINDS),
            wage=chance.choice([None, {"min": chance.randrange(1, 5) * 1_000_000, "max": None, "per": "month"}]),
            published_at=NOON - timedelta(hours=chance.randrange(300)),
            closes_at=NOON + timedelta(days=chance.randrange(1, 5)),
        )
        for number in range(count)
    ]


@pytest.mark.parametrize("kelurahan", [(), (TAMAN,), (TAMAN, KARTOHARJO)])
@pytest.mark.parametrize("kind", [(), ("part_time",), ("part_time", "full_time")])
@pytest.mark.parametrize("wage_min", [None, 3_000_000])
def test_counts_agree_with_the_results(
    shelf: Shelf, kelurahan: tuple[str, ...], kind: tuple[str, ...], wage_min: int | None
) -> None:
    crowd = _crowd(120)
    shelf.add(*crowd)
    paid = [row for row in crowd if "Kasir" in row["title"] and (row["wage"] or {"min": 0})["min"] >= (wage_min or 0)]
    in_ward = [row for row in paid if not kelurahan or row["kelurahan_code"] in kelurahan]
    of_kind = [row for row in paid if not kind or row["kind"] in kind]
    both = [row for row in in_ward if row in of_kind]

    result = shelf.find("kasir", kelurahan=kelurahan, kind=kind, wage_min=wage_min, limit=100)

    assert set(result.ids) == {row["_id"] for row in both}
    assert result.total == len(both)
    assert dict(result.facets["kelurahan"]) == _tally(of_kind, "kelurahan_code")
    assert dict(result.facets["kind"]) == _tally(in_ward, "kind")
    counts = [count for _, count in result.facets["kelurahan"]]
    assert counts == sorted(counts, reverse=True)


def _tally(rows: list[dict[str, Any]], field: str) -> dict[str, int]:
    values = [row[field] for row in rows if row[field]]
    return {value: values.count(value) for value in values}


@pytest.mark.parametrize("sort", ["relevance", "newest", "wage", "deadline"])
@pytest.mark.parametrize("q", [None, "kasir"])
def test_the_pages_show_everything_once(shelf: Shelf, sort: str, q: str | None) -> None:
    shelf.add(*_crowd(95))
    pages = shelf.pages(q, sort=sort, limit=10)
    shown = [id for page in pages for id in page]
    assert len(shown) == len(set(shown)) == shelf.find(q, limit=1).total
    assert [len(page) for page in pages[:-1]] == [10] * (len(pages) - 1)


@pytest.mark.parametrize(("sort", "q"), [("newest", None), ("wage", None), ("relevance", "kasir")])
def test_what_is_published_between_two_pages_repeats_nothing(shelf: Shelf, sort: str, q: str | None) -> None:
    shelf.add(*_crowd(40))
    first = shelf.find(q, sort=sort, limit=10)
    shelf.add(
        advert("Kasir", published_at=NOON, employer_name="Baru", wage={"min": 9_000_000, "max": None, "per": "month"})
    )
    second = shelf.find(q, sort=sort, limit=10, cursor=first.next)
    assert second.ids
    assert not set(first.ids) & set(second.ids)


@pytest.mark.parametrize(
    "cursor",
    ["x", "", "!!", encode_cursor(1), encode_cursor("a", 0, 0, ""), encode_cursor("", "0", [], {}), "e30", "W10"],
)
def test_a_cursor_that_was_not_given_out_is_refused(shelf: Shelf, cursor: str) -> None:
    shelf.add(advert("Kasir"))
    with pytest.raises(BadCursor):
        shelf.find("kasir", cursor=cursor)


def test_a_cursor_belongs_to_its_search(shelf: Shelf) -> None:
    shelf.add(*_crowd(40))
    cursor = shelf.find("kasir", limit=5).next
    for other in ({"q": "sopir"}, {"q": "kasir", "kind": ("part_time",)}, {"q": "kasir", "sort": "newest"}):
        with pytest.raises(BadCursor):
            shelf.find(**other, cursor=cursor)
