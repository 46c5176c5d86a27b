"""The search as people meet it: their words, and what comes first."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from services.vacancy.tests.adverts import NOON, advert
from services.vacancy.tests.shelves import Shelf

KARTOHARJO, NAMBANGAN_LOR, TAMAN = "35.77.01.1008", "35.77.02.1008", "35.77.03.1009"


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


Fill = Callable[..., Shelf]


@pytest.fixture
def titled(shelf: Shelf) -> Fill:
    def fill(*titles: str) -> Shelf:
        shelf.add(*(advert(title) for title in titles))
        return shelf

    return fill


@pytest.mark.parametrize("said", ["sopir", "supir", "driver", "SOPIR", "pengemudi", "nyopir"])
def test_different_words_for_one_job_find_each_other(titled: Fill, said: str) -> None:
    shelf = titled("Sopir pribadi", "Driver truk", "Pengemudi ambulans", "Kasir")
    assert set(shelf.titles(said)) == {"Sopir pribadi", "Driver truk", "Pengemudi ambulans"}


@pytest.mark.parametrize("said", ["jahit", "menjahit", "penjahit", "jahitan"])
def test_a_word_is_found_in_all_its_forms(titled: Fill, said: str) -> None:
    shelf = titled("Penjahit kebaya", "Bisa menjahit", "Kasir")
    assert set(shelf.titles(said)) == {"Penjahit kebaya", "Bisa menjahit"}


@pytest.mark.parametrize(
    ("said", "meant", "other"),
    [
        ("perawat", "Perawat klinik", "Perawatan mesin"),
        ("pelayan", "Pelayan warung", "Pelayanan pelanggan"),
        ("masak", "Memasak untuk katering", "Masalah administrasi"),
        ("kirim", "Pengiriman barang", "Irama studio"),
        ("art", "Asisten rumah tangga", "Pembantu pembimbing"),
        ("tukang jahit", "Penjahit", "Tukang las"),
        ("teknisi", "Technician", "Customer service"),
    ],
)
def test_a_word_does_not_find_its_neighbour(titled: Fill, said: str, meant: str, other: str) -> None:
    assert titled(meant, other).titles(said) == [meant]


def test_the_typed_word_comes_before_its_synonyms(titled: Fill) -> None:
    shelf = titled("Driver", "Pengemudi", "Sopir", "Kenek")
    assert shelf.titles("sopir")[0] == "Sopir"
    assert shelf.titles("driver")[0] == "Driver"


def test_the_title_counts_more_than_skills_and_skills_more_than_the_description(shelf: Shelf) -> None:
    shelf.add(
        advert("Karyawan kafe", description="Kadang membantu barista."),
        advert("Karyawan resto", skills=["barista"]),
        advert("Barista"),
    )
    assert shelf.titles("barista") == ["Barista", "Karyawan resto", "Karyawan kafe"]


def test_a_synonym_in_a_description_is_no_answer_while_there_is_a_better_one(shelf: Shelf) -> None:
    shelf.add(*(advert("Sopir", employer_name=f"Usaha {number}") for number in range(10)))
    shelf.add(advert("Admin", description="Mengatur jadwal driver."))
    assert set(shelf.titles("sopir")) == {"Sopir"}


def test_a_synonym_in_a_description_is_found_where_nothing_else_is(shelf: Shelf) -> None:
    shelf.add(advert("Karyawan", description="Bertugas sebagai driver."))
    assert shelf.titles("sopir") == ["Karyawan"]


@pytest.mark.parametrize("said", ["kerja dari rumah", "kerja di rumah", "wfh", "remote", "kerja rumahan"])
def test_work_at_home_is_found_however_it_is_said(shelf: Shelf, said: str) -> None:
    shelf.add(
        advert("Penerjemah", workplace="home"),
        advert("Data entry", description="Sistem kerja remote."),
        advert("Jahit mukena", kind="piecework_home", workplace="home"),
        advert("Admin olshop", conditions="Bisa work from home"),
        advert("Perawat", description="Bekerja di rumah sakit."),
        advert("Asisten", description="Pekerjaan rumah tangga sehari-hari."),
        advert("Juru masak", employer_name="Rumah Makan Contoh"),
    )
    assert set(shelf.titles(said)) == {"Penerjemah", "Data entry", "Jahit mukena", "Admin olshop"}


@pytest.mark.parametrize(
    ("said", "kind"), [("magang", "internship"), ("paruh waktu", "part_time"), ("borongan", "piecework_home")]
)
def test_the_kind_is_found_by_its_name(shelf: Shelf, said: str, kind: str) -> None:
    shelf.add(advert("Staf", kind=kind), advert("Kasir"))
    assert shelf.titles(said) == ["Staf"]


@pytest.mark.parametrize("said", ["nambangan lor", "manguharjo", "Nambangan", "kasir manguharjo", "kasir madiun"])
def test_the_ward_and_the_district_are_words_too(shelf: Shelf, said: str) -> None:
    shelf.add(advert("Kasir", kelurahan_code=NAMBANGAN_LOR), advert("Kasir toko", location_text="Surabaya"))
    assert shelf.titles(said)[0] == "Kasir"
    assert shelf.find(said).exact == 1


@pytest.mark.parametrize(
    ("mistyped", "title"),
    [
        ("kasri", "Kasir"),
        ("penjahti", "Penjahit"),
        ("adnim", "Admin"),
        ("mekanki", "Mekanik"),
        ("brista", "Barista"),
        ("satpamm", "Satpam"),
        ("adminitrasi", "Staf administrasi"),
        ("jagatoko", "Penjaga toko"),
    ],
)
def test_a_typing_mistake_is_forgiven(titled: Fill, mistyped: str, title: str) -> None:
    assert titled("Peternak", title).titles(mistyped) == [title]


def test_a_mistyped_word_finds_the_synonyms_of_what_was_meant(titled: Fill) -> None:
    assert titled("Driver", "Kasir").titles("sopri") == ["Driver"]


@pytest.mark.parametrize("short", ["ksr", "abcd", "xyzzyx"])
def test_a_short_or_strange_word_is_not_guessed(titled: Fill, short: str) -> None:
    result = titled("Kasir").find(short)
    assert (result.ids, result.total, result.next) == ([], 0, None)


def test_words_that_lost_their_space_are_found(shelf: Shelf) -> None:
    shelf.add(advert("Staf", conditions="Bisa mengoperasikan komputerMemiliki kendaraanPaham TikTok dan SMKMesin"))
    for said in ("komputer", "kendaraan", "tiktok", "mesin"):
        assert shelf.titles(said) == ["Staf"], said


def test_what_has_every_word_comes_first_and_the_rest_follows_while_it_is_little(titled: Fill) -> None:
    shelf = titled("Kasir resto", "Kasir toko", "Sopir")
    result = shelf.find("kasir toko")
    assert (result.exact, result.relaxed) == (1, True)
    assert shelf.titles("kasir toko") == ["Kasir toko", "Kasir resto"]


def test_with_enough_exact_answers_every_word_is_needed(shelf: Shelf) -> None:
    shelf.add(advert("Kasir resto"), *(advert("Kasir toko", employer_name=f"Usaha {n}") for n in range(10)))
    result = shelf.find("kasir toko")
    assert (result.total, result.exact, result.relaxed) == (10, 10, False)


def test_most_words_will_do_where_nothing_has_them_all(titled: Fill) -> None:
    shelf = titled("Penjahit kebaya", "Admin gudang")
    assert shelf.titles("penjahit kebaya berpengalaman") == ["Penjahit kebaya"]
    assert shelf.find("penjahit kebaya berpengalaman").relaxed


def test_a_place_alone_is_no_answer_to_a_job(shelf: Shelf) -> None:
    shelf.add(advert("Penjahit", location_text="Ponorogo"), advert("Kasir", kelurahan_code=TAMAN))
    assert shelf.titles("penjahit madiun") == ["Penjahit"]


def test_a_filter_never_changes_what_the_words_mean(shelf: Shelf) -> None:
    """Nothing has both words in the chosen ward; elsewhere there is enough. That is no reason for half an answer."""
    shelf.add(*(advert("Kasir toko", kelurahan_code=TAMAN, employer_name=f"Usaha {n}") for n in range(10)))
    shelf.add(advert("Kasir", kelurahan_code=KARTOHARJO))
    result = shelf.find("kasir toko", kelurahan=(KARTOHARJO,))
    assert (result.ids, result.total) == ([], 0)
    assert result.facets["kelurahan"] == [(TAMAN, 10)]


@pytest.mark.parametrize("said", [None, "", "   ", "lowongan kerja", "yang di"])
def test_without_words_that_say_anything_everything_is_there_newest_first(titled: Fill, said: str | None) -> None:
    assert titled("Lama", "Baru").titles(said) == ["Baru", "Lama"]


def test_of_two_equals_the_younger_comes_first(shelf: Shelf) -> None:
    old = advert(published_at=NOON - timedelta(days=20), employer_name="Usaha Lama")
    new = advert(published_at=NOON - timedelta(days=1))
    shelf.add(new, old)
    assert shelf.find("kasir").ids == [new["_id"], old["_id"]]


def test_of_two_equals_the_one_in_the_city_comes_first(shelf: Shelf) -> None:
    here, there = advert(kelurahan_code=TAMAN), advert(location_text="Surabaya")
    shelf.add(here, there)
    assert shelf.find("kasir").ids == [here["_id"], there["_id"]]


@pytest.mark.parametrize(
    "text",
    ['"', "*", "kasir AND (", "+-!(){}[]^~:\\/", "\x00", "🧵", "título ñ", "a" * 5000, "kasir " * 500, "'; drop"],
)
def test_whatever_is_typed_is_only_words(titled: Fill, text: str) -> None:
    titled("Kasir").find(text)
