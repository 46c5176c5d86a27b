"""Filters by what matters at home, help where little is found, and suggestions while typing."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from services.vacancy.tests.adverts import advert
from services.vacancy.tests.shelves import Shelf
from shared.reference.distance import kilometres

KARTOHARJO, TAMAN, JOSENAN, KELUN = "35.77.01.1008", "35.77.03.1009", "35.77.03.1007", "35.77.01.1009"


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    made = Shelf(tmp_path)
    made.add(
        advert("Sekolah", hours={"start": "07:30", "end": "12:00"}, kelurahan_code=TAMAN, conditions="Minimal SMP"),
        advert("Malam", hours={"night": True}, kelurahan_code=KELUN, conditions="Minimal S1"),
        advert("Bebas", hours={"flexible": True}, workplace="home", may_bring_child=True, kelurahan_code=KARTOHARJO),
    )
    return made


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"hours": ("school",)}, {"Sekolah"}),
        ({"hours": ("no_night",)}, {"Sekolah"}),
        ({"hours": ("flexible",)}, {"Bebas"}),
        ({"hours": ("school", "flexible")}, set()),
        ({"workplace": ("home",)}, {"Bebas"}),
        ({"may_bring_child": True}, {"Bebas"}),
        ({"education": "sma"}, {"Sekolah"}),
        ({"education": "s1"}, {"Sekolah", "Malam"}),
        ({"near": TAMAN, "within_km": 1.0}, {"Sekolah"}),
        ({"near": TAMAN, "within_km": 2.0}, {"Sekolah", "Bebas"}),
    ],
)
def test_filters_leave_what_has_it(shelf: Shelf, given: dict[str, Any], found: set[str]) -> None:
    assert set(shelf.titles(**given)) == found


@pytest.mark.parametrize(
    ("name", "choices"),
    [("hours", ["school", "flexible"]), ("workplace", ["home", "onsite"]), ("education", ["smp", "sma", "s1"])],
)
def test_a_facet_counts_what_choosing_it_gives(shelf: Shelf, name: str, choices: list[str]) -> None:
    counted = dict(shelf.find().facets[name])
    for choice in choices:
        chosen: Any = choice if name == "education" else (choice,)
        assert counted.get(choice, 0) == shelf.find(**{name: chosen}).total, choice


def test_by_distance_the_nearest_comes_first(shelf: Shelf) -> None:
    shelf.add(advert("Tanpa tempat"))
    assert shelf.titles(near=TAMAN, sort="distance") == ["Sekolah", "Bebas", "Malam", "Tanpa tempat"]
    pages = shelf.pages(near=TAMAN, sort="distance", limit=1)
    assert [len(page) for page in pages] == [1, 1, 1, 1]


def test_distances_are_those_of_the_map() -> None:
    assert kilometres(TAMAN, TAMAN) == 0.0
    assert 1.0 < kilometres(TAMAN, KARTOHARJO) < 2.0
    assert kilometres(TAMAN, KELUN) == kilometres(KELUN, TAMAN) > 4.0


def test_nothing_within_reach_is_helped_by_a_wider_circle_and_fewer_filters(shelf: Shelf) -> None:
    helps = {each.kind: each for each in shelf.helps(near=JOSENAN, within_km=0.5, hours=("flexible",))}
    assert {"wider"} <= helps.keys()
    assert parse_qs(helps["wider"].query)["near"] == [JOSENAN]
    assert float(parse_qs(helps["wider"].query)["within_km"][0]) > 0.5


def test_a_filter_in_the_way_is_named(shelf: Shelf) -> None:
    found = shelf.helps("sekolah", workplace=("home",))
    assert [each.kind for each in found if "tempat kerja" in each.text] == ["without_filter"]


def test_a_trade_without_vacancies_is_helped_by_its_family(shelf: Shelf) -> None:
    shelf.add(advert("Kurir"))
    assert "similar" in {each.kind for each in shelf.helps("sopir")}


def test_a_spelling_is_told(shelf: Shelf) -> None:
    shelf.add(advert("Kasir"))
    told = next(each for each in shelf.helps("kesir") if each.kind == "spelling")
    assert parse_qs(told.query)["q"] == ["kasir"]


def test_with_enough_results_nobody_is_helped(shelf: Shelf) -> None:
    shelf.add(*(advert("Kasir", employer_name=f"Usaha {number}") for number in range(12)))
    assert shelf.helps("kasir") == []


@pytest.mark.parametrize(
    ("typed", "text", "kind"),
    [
        ("kas", "kasir", "occupation"),
        ("kesir", "kasir", "occupation"),
        ("tam", "Taman", "place"),
        ("kec", "Kecamatan Taman", "place"),
        ("sekol", "Sekolah", "title"),
        ("microsoft ex", "microsoft excel", "skill"),
    ],
)
def test_suggestions_begin_as_what_was_typed(shelf: Shelf, typed: str, text: str, kind: str) -> None:
    shelf.add(advert("Kasir", skills=["Microsoft Excel"]))
    assert (text, kind) in [(each.text, each.kind) for each in shelf.suggest(typed)]


def test_nothing_is_suggested_that_would_find_nothing(shelf: Shelf) -> None:
    assert all(each.count for each in shelf.suggest("s"))
    assert shelf.suggest("sopir") == []
    assert shelf.suggest("!!") == []
