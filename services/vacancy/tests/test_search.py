"""The search as people meet it: their words, the order, the filters, the counts, the pages."""

import random
from collections.abc import Callable
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
def test_a_cursor_that_was_not_given_out_is_refused(titled: Fill, cursor: str) -> None:
    with pytest.raises(BadCursor):
        titled("Kasir").find("kasir", cursor=cursor)


def test_a_cursor_belongs_to_its_search(shelf: Shelf) -> None:
    shelf.add(*_crowd(40))
    cursor = shelf.find("kasir", limit=5).next
    for other in ({"q": "sopir"}, {"q": "kasir", "kind": ("part_time",)}, {"q": "kasir", "sort": "newest"}):
        with pytest.raises(BadCursor):
            shelf.find(**other, cursor=cursor)
