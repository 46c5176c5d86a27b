"""What people type is understood: wishes, places, English by ear, words that must not be there."""

from pathlib import Path
from typing import Any

import pytest

from services.vacancy.tests.adverts import advert
from services.vacancy.tests.shelves import Shelf

KARTOHARJO, TAMAN, JOSENAN, MANGUHARJO, KELUN = (
    "35.77.01.1008",
    "35.77.03.1009",
    "35.77.03.1007",
    "35.77.02.1001",
    "35.77.01.1009",
)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("dreiver", "Driver"),
        ("asministrasi", "Staf administrasi"),
        ("marketting", "Marketing"),
        ("sekuriti", "Satpam"),
        ("kesir", "Kasir"),
        ("klining servis", "Cleaning service"),
        ("kliningservis", "Cleaning service"),
        ("kastemer servis", "Customer service"),
        ("bebi siter", "Pengasuh anak"),
        ("draf ter", "Drafter"),
        ("adminonline", "Admin online shop"),
        ("wetres", "Pelayan restoran"),
    ],
)
def test_words_written_by_ear_are_understood(shelf: Shelf, typed: str, title: str) -> None:
    shelf.add(advert(title), advert("Peternak"))
    assert shelf.titles(typed) == [title]


@pytest.mark.parametrize("typed", ["sepeda", "bank", "taman", "rumah", "batik"])
def test_a_right_word_is_not_corrected(shelf: Shelf, typed: str) -> None:
    shelf.add(advert("Kasir bank"), advert("Sopir"), advert("Pembatik"))
    assert shelf.read(typed).spelling is None


@pytest.mark.parametrize(
    ("typed", "level"),
    [("lulusan smp", 2), ("tanpa ijazah", 0), ("ijazah sd", 1), ("smk otomotif", 3), ("tamatan sma", 3), ("s1", 6)],
)
def test_schooling_is_a_wish(shelf: Shelf, typed: str, level: int) -> None:
    assert [wish.level for wish in shelf.read(typed).wishes] == [level]


@pytest.mark.parametrize("typed", ["guru sd", "guru les smp", "kepala sekolah sma"])
def test_the_school_of_a_teacher_is_no_schooling(shelf: Shelf, typed: str) -> None:
    assert not shelf.read(typed).wishes


@pytest.mark.parametrize(
    ("typed", "mark"),
    [
        ("kerja pagi sampai siang", "morning"),
        ("shift malam tidak", "no_night"),
        ("tidak mau shift malam", "no_night"),
        ("jam anak sekolah", "school"),
        ("jam kerja fleksibel", "flexible"),
        ("kerja dari rumah", "home"),
        ("kerjadirumah", "home"),
        ("bisa bawa anak", "child"),
        ("sabtu minggu saja", "weekend"),
        ("sabtu minggu libur", "weekdays"),
        ("kerja senin sampai jumat", "weekdays"),
        ("kerja shift malam", "night"),
        ("tidak perlu pengalaman", "beginner"),
        ("fresh graduate", "beginner"),
    ],
)
def test_hours_home_and_children_are_wishes(shelf: Shelf, typed: str, mark: str) -> None:
    shelf.add(advert("Kasir"))
    understood = shelf.read(typed)
    assert [wish.mark for wish in understood.wishes] == [mark]
    assert not understood.concepts


@pytest.mark.parametrize(
    ("typed", "rupiah"),
    [
        ("gaji 3 juta", 3_000_000),
        ("gaji 2,5jt", 2_500_000),
        ("upah 100 ribu per hari", 2_500_000),
        ("gaji di atas 3.000.000", 3_000_000),
    ],
)
def test_pay_is_a_wish(shelf: Shelf, typed: str, rupiah: int) -> None:
    assert [wish.wage for wish in shelf.read(typed).wishes] == [rupiah]


@pytest.mark.parametrize(
    ("typed", "given"),
    [
        ("lulusan smp", {"education_min": {"form": "rekap_III_2", "code": "2000"}}),
        ("lulusan smp", {"conditions": "Pendidikan minimal SMP."}),
        ("tanpa ijazah", {"conditions": "Tidak perlu ijazah."}),
        ("kerja pagi sampai siang", {"hours": {"start": "07:00", "end": "13:00"}}),
        ("kerja pagi sampai siang", {"description": "Jam kerja: 08.00-12.00."}),
        ("shift malam tidak", {"description": "Jam kerja: 08.00-16.00."}),
        ("jam kerja fleksibel", {"hours": {"flexible": True}}),
        ("bisa bawa anak", {"may_bring_child": True}),
        ("bisa bawa anak", {"conditions": "Boleh membawa anak."}),
        ("kerja dari rumah", {"workplace": "home"}),
        ("tanpa pengalaman", {"experience_months": 0}),
        ("tanpa pengalaman", {"conditions": "Pengalaman tidak diutamakan."}),
        ("libur sabtu minggu", {"hours": {"days": ["mon", "fri"]}}),
        ("libur sabtu minggu", {"description": "Senin - Jumat, 08.00-16.00."}),
        ("kerja sore", {"description": "Masuk shift sore."}),
        ("gaji 3 juta", {"wage": {"min": 3_000_000, "max": None, "per": "month"}}),
    ],
)
def test_a_wish_is_met_by_the_form_or_by_the_text(shelf: Shelf, typed: str, given: dict[str, Any]) -> None:
    shelf.add(
        advert("Cocok", **given),
        advert("Lain", conditions="Minimal S1. Bersedia shift malam.", wage={"min": 900_000, "per": "month"}),
    )
    assert shelf.exact(typed) == {"Cocok"}


def test_a_place_alone_shows_what_is_there_and_then_the_nearest(shelf: Shelf) -> None:
    shelf.add(
        advert("Jauh", kelurahan_code=KELUN),
        advert("Perawat taman kota", kelurahan_code=KELUN),
        advert("Di kecamatan", kelurahan_code=JOSENAN),
        advert("Di kelurahan", kelurahan_code=TAMAN),
        advert("Dekat", kelurahan_code=KARTOHARJO),
    )
    found = shelf.titles("taman")
    assert found[:3] == ["Di kelurahan", "Di kecamatan", "Dekat"]
    assert shelf.find("taman").exact == 2
    assert shelf.titles("dekat manguharjo")[0] == "Dekat"


def test_a_town_outside_is_found_by_its_other_name_and_then_around(shelf: Shelf) -> None:
    shelf.add(
        advert("Kota", kelurahan_code=TAMAN),
        advert("Caruban", location_text="Mejayan, Kab. Madiun"),
        advert("Jakarta", location_text="Jakarta"),
    )
    assert shelf.titles("dekat caruban") == ["Caruban", "Kota"]


def test_a_gardener_is_no_place(shelf: Shelf) -> None:
    assert not shelf.read("perawat taman").places


def test_what_is_excluded_is_not_shown(shelf: Shelf) -> None:
    shelf.add(advert("Sales motor"), advert("Sales toko"))
    for typed in ("sales -motor", "sales bukan motor", "sales selain motor"):
        assert shelf.titles(typed) == ["Sales toko"], typed


def test_a_phrase_stands_together(shelf: Shelf) -> None:
    shelf.add(advert("Gudang, bagian staf"), advert("Staff gudang"))
    assert shelf.exact('"staff gudang"') == {"Staff gudang"}


def test_an_advert_that_repeats_another_is_folded_behind_it(shelf: Shelf) -> None:
    shelf.add(advert("Penjahit"), advert("DIBUTUHKAN SEGERA PENJAHIT"), advert("Penjahit", employer_name="Lain"))
    result = shelf.find("penjahit")
    assert (len(result.ids), sum(result.repeats.values()), result.total) == (2, 1, 3)


def test_beside_a_condition_the_trade_counts_more_than_a_text_that_speaks_of_it(shelf: Shelf) -> None:
    shelf.add(
        advert("Penulis", workplace="home", description="Bekerja dengan admin."),
        advert("Admin"),
        advert("Admin toko daring yang bekerja dari mana saja", workplace="home"),
    )
    assert shelf.titles("admin dari rumah") == ["Admin toko daring yang bekerja dari mana saja", "Admin", "Penulis"]


def test_a_condition_alone_does_not_stand_for_the_trade_beside_it(shelf: Shelf) -> None:
    shelf.add(advert("Kuli gudang", kind="daily"), advert("Desain grafis"))
    assert shelf.titles("freelance desain")[0] == "Desain grafis"


def test_what_has_to_do_with_a_trade_follows_where_nobody_looks_for_it(shelf: Shelf) -> None:
    shelf.add(advert("Admin kantor", description="Melayani tukang bangunan."), advert("Pengawas bangunan"))
    assert shelf.titles("kuli")[0] == "Pengawas bangunan"


@pytest.mark.parametrize(("typed", "mark"), [("kerja ga sampe malem", "no_night"), ("kerja dari omah", "home")])
def test_a_wish_is_understood_in_words_of_the_home(shelf: Shelf, typed: str, mark: str) -> None:
    shelf.add(advert("Kasir"))
    assert [wish.mark for wish in shelf.read(typed).wishes] == [mark]


def test_who_works_freelance_is_found_though_no_kind_of_the_form_says_so(shelf: Shelf) -> None:
    shelf.add(advert("Desain grafis harian", kind="daily"), advert("Desain grafis", conditions="(Freelance.)"))
    assert shelf.titles("freelance desain grafis")[0] == "Desain grafis"


def test_without_any_of_the_trade_the_nearest_of_its_head_word_follow(shelf: Shelf) -> None:
    shelf.add(advert("Kasir"), advert("Pelatih futsal"))
    assert shelf.titles("pelatih renang") == ["Pelatih futsal"]
