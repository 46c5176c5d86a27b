"""The field of work: from the code, else from the title; found, counted, and paged by."""

from pathlib import Path
from typing import Any

import pytest

from services.vacancy.tests.adverts import advert
from services.vacancy.tests.shelves import Shelf
from shared.reference.fields import field_of


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("Penjahit Rumahan", "7"),
        ("DICARI: Kasir Minimarket", "5"),
        ("Guru TK", "2"),
        ("Sopir Truk", "8"),
        ("Admin Gudang", "4"),
        ("Teknisi AC", "7"),
        ("Manager Restoran", "1"),
        ("Asisten Rumah Tangga", "9"),
        ("Perawat Lansia", "5"),
        ("Tukang Kebun", "6"),
        ("Artis Sinetron", None),
    ],
)
def test_a_title_says_the_field(title: str, field: str | None) -> None:
    assert field_of({"title": title}) == field


def test_a_code_decides_before_the_title() -> None:
    code = {"scheme": "KBJI", "version": "2014", "code": "5230"}
    assert field_of({"title": "Penjahit", "occupation": code}) == "5"
    assert field_of({"title": "Penjahit", "occupation": {**code, "scheme": "ISCO"}}) == "7"


def test_a_field_is_filtered_by_and_counted(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.add(advert("Penjahit"), advert("Penjahit kebaya"), advert("Kasir"), advert("Artis"))
    assert set(shelf.titles(bidang=("7",))) == {"Penjahit", "Penjahit kebaya"}
    assert set(shelf.titles(bidang=("7", "5"))) == {"Penjahit", "Penjahit kebaya", "Kasir"}
    counted: Any = dict(shelf.find(bidang=("7",)).facets["bidang"])
    assert counted == {"7": 2, "5": 1}
    assert [len(ids) for ids in shelf.pages(bidang=("7",), limit=1)] == [1, 1]
