"""What people say that they do, in the words of the home: "ngurus anak", "bikin kopi", "mijet"."""

from pathlib import Path

import pytest

from services.vacancy.search.colloquial import plain
from services.vacancy.tests.adverts import advert
from services.vacancy.tests.shelves import Shelf


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("njahit", "Penjahit"),
        ("ngelas", "Tukang las"),
        ("nyuci baju", "Laundry"),
        ("bersihin rumah", "Asisten rumah tangga"),
        ("nganter paket", "Kurir"),
        ("nyopir", "Sopir"),
        ("nyetir", "Sopir"),
        ("resik resik", "Cleaning service"),
        ("mbersihin kantor", "Cleaning service"),
        ("ndandani motor", "Mekanik"),
        ("betulin ac", "Teknisi AC"),
        ("kuk restoran", "Cook"),
    ],
)
def test_verbs_as_they_are_said_at_home_are_understood(shelf: Shelf, typed: str, title: str) -> None:
    shelf.add(advert(title), advert("Barista"))
    assert shelf.titles(typed)[0] == title


@pytest.mark.parametrize("typed", ["mandor", "marketing", "nasabah", "minimarket", "mebel"])
def test_a_word_that_only_begins_like_such_a_verb_is_left_alone(shelf: Shelf, typed: str) -> None:
    shelf.add(advert("Kasir"))
    assert shelf.read(typed).spelling is None


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("ngurus anak", "Pengasuh anak"),
        ("ngrawat wong tuwo", "Perawat lansia"),
        ("nyapu ngepel", "Cleaning service"),
        ("bikin kopi", "Barista"),
        ("goreng ayam", "Juru masak"),
        ("layani pembeli", "Pramuniaga"),
        ("nimbang barang", "Staf gudang"),
        ("angkut-angkut barang", "Kuli angkut"),
        ("mijet", "Terapis pijat"),
        ("ngedit foto", "Fotografer"),
        ("ngajari anak sd", "Guru les"),
    ],
)
def test_a_deed_and_what_is_done_with_it_name_the_trade(shelf: Shelf, typed: str, title: str) -> None:
    shelf.add(advert("Programmer", description="Untuk anak, kopi, barang dan foto."), advert(title), advert("Teller"))
    assert shelf.titles(typed)[0] == title


@pytest.mark.parametrize(
    ("said", "written"),
    [
        *(("nganter", "antar"), ("mijet", "pijat"), ("nyatet", "catat"), ("jogo", "jogo"), ("njogo", "jaga")),
        *(("njait", "jahit"), ("ngitung", "hitung"), ("motong", "potong"), ("ngepel", "pel"), ("ngelas", "las")),
        *(("layani", "layani"), ("nglayani", "layan"), ("nimbang", "timbang"), ("nawarin", "tawar")),
    ],
)
def test_the_nose_the_last_vowel_and_the_ending_of_home_are_taken_away(said: str, written: str) -> None:
    words = {"antar", "pijat", "catat", "jaga", "jahit", "hitung", "potong", "pel", "las", "kelas", "layan"}
    words |= {"timbang", "tawar"}
    assert (plain(said, words.__contains__) or [said]) == [written]


def test_a_verb_is_no_place_that_sounds_like_it(shelf: Shelf) -> None:
    shelf.add(advert("Kasir", kelurahan_code="35.77.02.1008"))
    assert not shelf.read("nimbang").places
    assert [place.name for place in shelf.read("nambangn kidul").places] == ["Nambangan Kidul"]


def test_a_short_word_is_a_place_only_where_it_is_that_place(shelf: Shelf) -> None:
    shelf.add(advert("Kasir"))
    assert not shelf.read("kair").places
    assert shelf.read("kare").places


@pytest.mark.parametrize("typed", ["pengen jadi kasir", "juru kasir", "tukang kasir"])
def test_a_wish_to_be_something_and_a_doer_say_nothing_beside_it(shelf: Shelf, typed: str) -> None:
    shelf.add(advert("Kasir"), advert("Tukang las"))
    assert shelf.exact(typed) == {"Kasir"}
