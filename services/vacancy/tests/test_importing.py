"""A partner's file: what becomes of each line, and that the same file twice is the same as once."""

import asyncio
import contextlib
import gzip
import json
from collections.abc import AsyncIterator, Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from services.vacancy.commands.partners import PartnerCommands
from services.vacancy.importing import waiting
from services.vacancy.importing.__main__ import main
from services.vacancy.importing.bringing import Rejects, Tally, bring_in
from services.vacancy.importing.cleaning import vacancy_of
from services.vacancy.importing.places import kelurahan_code
from services.vacancy.importing.reading import Unreadable, count_lines, lines
from services.vacancy.importing.text import title
from services.vacancy.store.database import VacancyStore
from shared.clock import today
from shared.mongo import Client
from shared.testing import TEST_KEY

DAY = date(2026, 3, 2)


def row(**given: Any) -> dict[str, Any]:
    made: dict[str, Any] = {
        "source": "papan-contoh",
        "source_id": "papan:1",
        "title": "Kasir toko",
        "company": "Toko Contoh",
        "location_text": "Surabaya",
        "employment_type": "FULL_TIME",
        "description": "Melayani pembeli di toko.",
        "requirements": "Jujur.\nKeahlian: Excel, Komunikasi",
        "salary_min": 2_000_000,
        "salary_max": 2_600_000,
        "posted_at": "2026-02-01",
    }
    return {**made, **given}


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("URGENT!! Kasir Toko", "Kasir Toko"),
        ("Kasir - urgently needed", "Kasir"),
        ("[URGENT] Kasir", "Kasir"),
        ("Info Loker Kasir", "Kasir"),
        ("LOKER OPERATOR PRODUKSI PT CONTOH", "Operator Produksi PT Contoh"),
        ("Lowongan Kerja Staf Gudang", "Staf Gudang"),
        ("Dibutuhkan segera penjaga toko", "Penjaga toko"),
        ("ADMIN HRD & IT SUPPORT DI RS CONTOH", "Admin HRD & IT Support di RS Contoh"),
        ("KOKI", "Koki"),
        ("SPG", "SPG"),
        ("admin sales", "Admin sales"),
        ("  Kasir \u200b\n (Shift)  ", "Kasir (Shift)"),
        (".NET Developer", ".NET Developer"),
        ("Waiter/Waitress", "Waiter/Waitress"),
        ("Staf lowongan magang", "Staf lowongan magang"),
        ("Kasir\ud800 toko", "Kasir toko"),
        ("Pemagang " * 12, ("Pemagang " * 9).strip()),
    ],
)
def test_a_title_is_the_name_of_the_job_and_nothing_else(given: str, shown: str) -> None:
    assert title(given) == shown


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"employment_type": "FULL_TIME"}, "full_time"),
        ({"employment_type": "CONTRACT"}, "full_time"),
        ({"employment_type": "PART_TIME"}, "part_time"),
        ({"employment_type": "CASUAL"}, "daily"),
        ({"employment_type": "INTERNSHIP"}, "internship"),
        ({"employment_type": "FREELANCE"}, "part_time"),
        ({"employment_type": "FREELANCE", "title": "Jahit borongan mukena"}, "piecework_home"),
        ({"employment_type": None, "title": "Accounting Intern"}, "internship"),
        ({"employment_type": None}, "full_time"),
        ({"employment_type": ["FULL_TIME"]}, "full_time"),
    ],
)
def test_the_kind_follows_the_partners_type_or_the_title(fields: dict[str, Any], kind: str) -> None:
    assert vacancy_of(row(**fields), today=DAY).kind == kind


@pytest.mark.parametrize(
    ("fields", "workplace"),
    [
        ({}, "onsite"),
        ({"title": "Data entry (remote)"}, "home"),
        ({"title": "Admin olshop dari rumah"}, "home"),
        ({"requirements": "Tempat kerja: Jarak jauh"}, "home"),
        ({"requirements": "Tempat kerja: Hybrid"}, "hybrid"),
        ({"requirements": "Tempat kerja: Kantor"}, "onsite"),
    ],
)
def test_the_workplace_is_read_from_the_text(fields: dict[str, Any], workplace: str) -> None:
    assert vacancy_of(row(**fields), today=DAY).workplace == workplace


@pytest.mark.parametrize(
    ("low", "high", "wage"),
    [
        (2_000_000, 2_600_000, (2_000_000, 2_600_000)),
        (2_000_000, None, (2_000_000, None)),
        (None, 2_600_000, (2_600_000, None)),
        (2_000_000, 2_000_000, (2_000_000, None)),
        (2_000_000.0, 2_600_000.5, (2_000_000, 2_600_000)),
        (3_000_000, 2_000_000, None),
        (1, 1, None),
        (None, None, None),
        ("2 juta", True, None),
        (900_000_000, None, None),
        (float("nan"), float("inf"), None),
    ],
)
def test_a_wage_that_makes_no_sense_is_left_out(low: Any, high: Any, wage: tuple[int, int | None] | None) -> None:
    made = vacancy_of(row(salary_min=low, salary_max=high), today=DAY).wage
    assert (made and (made.min, made.max)) == wage


@pytest.mark.parametrize(
    ("given", "location", "code"),
    [
        (None, "Kel. Kuncen, Kec. Taman, Kota Madiun", "35.77.03.1004"),
        (None, "Kelurahan Nambangan Lor, Madiun", "35.77.02.1008"),
        (None, "Madiun Lor, Kota Madiun", "35.77.02.1006"),
        (None, "KOTA MADIUN, ORO-ORO OMBO", "35.77.01.1001"),
        (None, "Kec. Taman, Kota Madiun", None),
        (None, "Kota Madiun, Jawa Timur", None),
        (None, "Kuncen, Kabupaten Madiun", None),
        (None, "Mojorejo, Batu", None),
        ("35.77.03.1004", "di mana saja", "35.77.03.1004"),
        ("99.99", "Surabaya", None),
        (7, "", None),
    ],
)
def test_a_ward_is_recognised_only_in_the_city(given: Any, location: str, code: str | None) -> None:
    assert kelurahan_code(given, location) == code


@pytest.mark.parametrize(
    ("given", "closes"),
    [
        ("2026-03-20", date(2026, 3, 20)),
        ("2026-03-20T10:00:00", date(2026, 3, 20)),
        ("2026-03-02", DAY + timedelta(days=60)),
        ("2025-12-31", DAY + timedelta(days=60)),
        ("2026-12-31", DAY + timedelta(days=60)),
        ("besok", DAY + timedelta(days=60)),
        (None, DAY + timedelta(days=60)),
    ],
)
def test_it_closes_on_the_partners_day_or_after_sixty(given: str | None, closes: date) -> None:
    assert vacancy_of(row(closes_at=given), today=DAY).closes_on == closes


def test_everything_else_comes_along() -> None:
    made = vacancy_of(row(openings=4, description="a" * 10 + " kata" * 1000), today=DAY)
    assert (made.employer_name, made.location_text, made.openings) == ("Toko Contoh", "Surabaya", 4)
    assert made.skills == ("Excel", "Komunikasi")
    assert made.conditions.startswith("Jujur.")
    assert len(made.description) <= 4_000
    assert made.description.endswith(" kata")


GOOD = json.dumps(row()).encode()
BAD: list[tuple[bytes, str]] = [
    (b"{not json", "not_json"),
    (b"[" * 100_000, "not_json"),
    (b'"kasir"', "not_an_object"),
    (b"\xff\xfe{}", "not_utf8"),
    (b'{"title": "' + b"a" * 1_100_000 + b'"}', "line_too_long"),
    (json.dumps(row(source=None)).encode(), "no_source"),
    (json.dumps(row(source_id=" ")).encode(), "no_source_id"),
    (json.dumps(row(title=None)).encode(), "no_title"),
    (json.dumps(row(title=["Kasir"])).encode(), "no_title"),
    (json.dumps(row(title="!!! URGENT !!!")).encode(), "no_title"),
    (json.dumps(row(title="IT")).encode(), "title_too_short"),
    (GOOD, "repeated"),
]


@pytest.fixture
async def store(client: Client, prefix: str) -> VacancyStore:
    store = VacancyStore(client[f"{prefix}_vacancy"])
    await store.prepare()
    return store


Bring = Callable[..., Any]


@pytest.fixture
def bring(store: VacancyStore, tmp_path: Path) -> Bring:
    """Import a file and say what became of it: the tally and the report."""

    async def bring(path: Path) -> tuple[Tally, list[dict[str, Any]]]:
        tally, report = Tally(), tmp_path / "deep" / "rejects.jsonl"
        rejects = Rejects(report, tally)
        commands, day = PartnerCommands(store), today(datetime.now(UTC))
        await bring_in(path, total=count_lines(path), commands=commands, rejects=rejects, tally=tally, today=day)
        rejects.close()
        told = report.read_text().splitlines() if report.exists() else []
        return tally, [json.loads(one) for one in told]

    return bring


def write(path: Path, *content: bytes) -> Path:
    text = b"\n".join(content) + b"\n"
    path.write_bytes(gzip.compress(text) if path.suffix == ".gz" else text)
    return path


async def test_good_lines_are_published_and_bad_ones_listed_with_their_reason(
    bring: Bring, store: VacancyStore, tmp_path: Path
) -> None:
    tally, report = await bring(write(tmp_path / "a.jsonl", GOOD, b"", *(line for line, _ in BAD)))
    assert (tally.published, tally.known) == (1, 0)
    assert report == [{"line": number, "reason": reason} for number, (_, reason) in enumerate(BAD, start=3)]
    made = await store.vacancies.collection.find_one({})
    assert made is not None
    assert (made["state"], made["title"], made["source"]) == ("published", "Kasir toko", "partner")
    assert [json.loads(entry["value"])["type"] for entry in made["outbox"]][-1] == "VacancyPublished.v1"


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz"])
async def test_a_file_brought_twice_is_there_once(
    bring: Bring, store: VacancyStore, tmp_path: Path, name: str
) -> None:
    many = [json.dumps(row(source_id=f"papan:{number}")).encode() for number in range(1_203)]
    path = write(tmp_path / name, *many)
    first, _ = await bring(path)
    second, _ = await bring(path)
    assert (first.published, first.known, second.published, second.known) == (1_203, 0, 0, 1_203)
    assert await store.vacancies.collection.count_documents({}) == 1_203


async def test_a_file_interrupted_half_way_is_completed_by_a_repeat(bring: Bring, tmp_path: Path) -> None:
    many = [json.dumps(row(source_id=f"papan:{number}")).encode() for number in range(20)]
    await bring(write(tmp_path / "half.jsonl", *many[:9]))
    tally, _ = await bring(write(tmp_path / "all.jsonl", *many))
    assert (tally.published, tally.known) == (11, 9)


async def test_a_clean_file_leaves_no_report_of_an_earlier_try(bring: Bring, tmp_path: Path) -> None:
    _, report = await bring(write(tmp_path / "a.jsonl", b"{not json"))
    assert report
    _, report = await bring(write(tmp_path / "a.jsonl", GOOD))
    assert report == []


def test_a_file_without_a_last_newline_has_its_last_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD)
    assert count_lines(path) == 1
    assert [number for number, held in lines(path) if isinstance(held, dict)] == [1]


def test_a_damaged_archive_is_known_before_anything_is_done(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl.gz", *[GOOD] * 500)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(Unreadable):
        count_lines(path)


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, store_url: str, prefix: str, tmp_path: Path) -> pytest.MonkeyPatch:
    monkeypatch.setenv("CAKER_MONGO_URL", store_url)
    monkeypatch.setenv("CAKER_DATABASE_PREFIX", f"{prefix}_")
    monkeypatch.setenv("CAKER_MASTER_KEY", TEST_KEY)
    monkeypatch.setenv("CAKER_INDEX_KEY", TEST_KEY)
    monkeypatch.setenv("LOCAL_DIR", str(tmp_path))
    monkeypatch.delenv("CAKER_PUBLIC_URL", raising=False)
    return monkeypatch


@contextlib.asynccontextmanager
async def a_relay(store: VacancyStore) -> AsyncIterator[None]:
    """Somebody who takes the events away, as the worker does."""

    async def relay() -> None:
        while True:
            await store.vacancies.collection.update_many({}, {"$unset": {"relay_at": 1}})
            await asyncio.sleep(0.05)

    task = asyncio.create_task(relay())
    yield
    task.cancel()


async def test_the_command_says_what_it_did(
    environment: pytest.MonkeyPatch, store: VacancyStore, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path / "papan.jsonl.gz", GOOD, b"{not json")
    async with a_relay(store):
        assert await asyncio.to_thread(main, [str(path)]) == 0
    told = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert told[:4] == [["published", "1"], ["known", "0"], ["rejected", "1"], ["not_json", "1"]]
    assert (tmp_path / "import-papan.rejects.jsonl").read_text() == '{"line": 2, "reason": "not_json"}\n'


async def test_a_worker_that_is_down_is_named(
    environment: pytest.MonkeyPatch, store: VacancyStore, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    environment.setattr(waiting, "STUCK_SECONDS", 0.5)
    code = await asyncio.to_thread(main, [str(write(tmp_path / "a.jsonl", GOOD))])
    assert code == 75
    assert "worker" in capsys.readouterr().err
    assert await store.vacancies.collection.count_documents({"state": "published"}) == 1


async def test_a_search_that_does_not_answer_spoils_nothing(
    environment: pytest.MonkeyPatch, store: VacancyStore, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    environment.setenv("CAKER_PUBLIC_URL", "http://127.0.0.1:9")
    async with a_relay(store):
        assert await asyncio.to_thread(main, [str(write(tmp_path / "a.jsonl", GOOD))]) == 0
    assert "does not answer" in capsys.readouterr().out


@pytest.mark.parametrize("make", [lambda path: None, Path.mkdir, lambda path: path.write_bytes(b"\x1f\x8bbroken")])
def test_a_file_that_cannot_be_read_is_one_clear_line(
    environment: pytest.MonkeyPatch, tmp_path: Path, make: Callable[[Path], Any], capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "tidak-ada.jsonl"
    make(path)
    assert main([str(path)]) == 66
    [told] = capsys.readouterr().err.splitlines()
    assert str(path) in told


async def test_a_file_of_something_else_fails(
    environment: pytest.MonkeyPatch, store: VacancyStore, tmp_path: Path
) -> None:
    async with a_relay(store):
        assert await asyncio.to_thread(main, [str(write(tmp_path / "a.pdf", b"%PDF-1.7", b"\x00\x01"))]) == 65


def test_a_store_that_is_away_is_one_clear_line(
    environment: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    environment.setattr("services.vacancy.importing.__main__.WORKER_TIMEOUT_MS", 300)
    environment.setenv("CAKER_MONGO_URL", "mongodb://127.0.0.1:9/?directConnection=true")
    assert main([str(write(tmp_path / "a.jsonl", GOOD))]) == 69
    assert len(capsys.readouterr().err.splitlines()) == 1
