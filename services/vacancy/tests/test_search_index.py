"""The index follows the collection: what is published is found soon, what is closed is gone, whatever breaks."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from services.vacancy.search import follower
from services.vacancy.search import index as index_module
from services.vacancy.search.disk import Disk, SearchFolderInUse
from services.vacancy.search.index import VacancyIndex
from services.vacancy.search.officers import SynonymGroups
from services.vacancy.search.query import SearchQuery, SearchResult
from services.vacancy.store.database import VacancyStore
from services.vacancy.tests.adverts import NOON, advert
from shared.errors import Unavailable
from shared.mongo import Client, Collection

DEADLINE_SECONDS = 20.0


def find(index: VacancyIndex, q: str | None = None) -> SearchResult:
    return index.search(SearchQuery(q=q, now=NOON, limit=100))


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(DEADLINE_SECONDS):
        while not holds():
            await asyncio.sleep(0.02)


@pytest.fixture
async def vacancies(client: Client, prefix: str) -> Collection:
    store = VacancyStore(client[f"{prefix}_vacancy"])
    await store.prepare()
    return store.vacancies.collection


Begin = Callable[[], Any]


@pytest.fixture
async def begin(vacancies: Collection, tmp_path: Path) -> AsyncIterator[Begin]:
    begun: list[VacancyIndex] = []

    async def begin() -> VacancyIndex:
        index = VacancyIndex(vacancies, folder=tmp_path)
        await index.start()
        begun.append(index)
        return index

    yield begin
    for index in begun:
        await index.stop()


def written(title: str, **given: Any) -> dict[str, Any]:
    return {**advert(title, number=f"LWK-{title}", **given), "_id": f"vac_{title}".lower()}


async def change(vacancies: Collection, id: str, **fields: Any) -> None:
    await vacancies.update_one(
        {"_id": id},
        {"$set": {"changed_at": datetime.now(UTC), **fields}, "$inc": {"version": 1}},
    )


async def test_what_is_there_at_the_start_is_found(vacancies: Collection, begin: Begin) -> None:
    await vacancies.insert_many([written("Kasir"), written("Sopir", state="draft")])
    index = await begin()
    assert find(index).ids == ["vac_kasir"]
    assert index.size == 1


async def test_a_vacancy_is_found_after_it_is_published_and_gone_after_it_is_closed(
    vacancies: Collection, begin: Begin
) -> None:
    index = await begin()
    await vacancies.insert_one(written("Kasir", state="submitted"))
    await change(vacancies, "vac_kasir", state="published")
    await until(lambda: find(index, "kasir").total == 1)
    await change(vacancies, "vac_kasir", title="Sopir")
    await until(lambda: find(index, "sopir").total == 1)
    assert find(index, "kasir").total == 0
    await change(vacancies, "vac_kasir", state="closed")
    await until(lambda: find(index).total == 0)


@pytest.mark.parametrize("state", ["paused", "filled", "recalled", "closed", "expired", "refused", "returned"])
async def test_what_is_no_longer_published_is_no_longer_found(
    vacancies: Collection, begin: Begin, state: str
) -> None:
    await vacancies.insert_many([written("Kasir"), written("Sopir")])
    index = await begin()
    await change(vacancies, "vac_kasir", state=state)
    await until(lambda: find(index).ids == ["vac_sopir"])


async def test_synonyms_of_officers_are_in_use_without_a_restart(
    vacancies: Collection, client: Client, prefix: str, begin: Begin
) -> None:
    await vacancies.insert_one(written("Sopir"))
    index = await begin()
    assert find(index, "penyetir andong").exact == 0
    groups = SynonymGroups(client[f"{prefix}_vacancy"].synonyms)
    made, new = await groups.put("Sopir", ["penyetir andong"], by="acc_officer")
    assert new
    await until(lambda: find(index, "penyetir andong").exact == 1)
    await groups.remove(made["_id"])
    await until(lambda: find(index, "penyetir andong").exact == 0)


async def test_an_import_of_many_is_found_whole(vacancies: Collection, begin: Begin) -> None:
    index = await begin()
    await vacancies.insert_many([written(f"Kasir{number}") for number in range(3_000)])
    await until(lambda: find(index).total == 3_000)


async def test_a_lost_hint_is_made_up_for(
    vacancies: Collection, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def deaf(*_: Any) -> AsyncIterator[Any]:
        await asyncio.Event().wait()
        yield

    monkeypatch.setattr(follower, "hints", deaf)
    index = await begin()
    await vacancies.insert_one(written("Kasir"))
    await until(lambda: find(index, "kasir").total == 1)
    await change(vacancies, "vac_kasir", state="closed")
    await until(lambda: find(index).total == 0)


async def test_a_write_that_arrives_late_is_found_by_the_deep_look_back(
    vacancies: Collection, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def deaf(*_: Any) -> AsyncIterator[Any]:
        await asyncio.Event().wait()
        yield

    monkeypatch.setattr(follower, "hints", deaf)
    monkeypatch.setattr(follower, "DEEP_SECONDS", 0.5)
    index = await begin()
    await vacancies.insert_one(written("Kasir", changed_at=datetime.now(UTC) - timedelta(seconds=60)))
    await until(lambda: find(index, "kasir").total == 1)


async def test_a_clock_that_runs_ahead_hides_nothing(
    vacancies: Collection, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def deaf(*_: Any) -> AsyncIterator[Any]:
        await asyncio.Event().wait()
        yield

    monkeypatch.setattr(follower, "hints", deaf)
    index = await begin()
    await vacancies.insert_one(written("Sopir", changed_at=datetime.now(UTC) + timedelta(hours=1)))
    await until(lambda: find(index, "sopir").total == 1)
    await vacancies.insert_one(written("Kasir"))
    await until(lambda: find(index, "kasir").total == 1)


async def test_what_happened_while_it_was_down_is_known_after_a_restart(vacancies: Collection, begin: Begin) -> None:
    await vacancies.insert_many([written("Kasir"), written("Sopir"), written("Satpam")])
    index = await begin()
    await index.stop()
    await vacancies.delete_one({"_id": "vac_kasir"})
    await change(vacancies, "vac_sopir", state="closed")
    await change(vacancies, "vac_satpam", title="Koki")
    await vacancies.insert_one(written("Barista"))
    index = await begin()
    assert set(find(index).ids) == {"vac_satpam", "vac_barista"}
    assert find(index, "koki").exact == 1


async def test_an_index_of_another_store_does_not_show_its_vacancies(
    vacancies: Collection, client: Client, prefix: str, tmp_path: Path, begin: Begin
) -> None:
    await vacancies.insert_one(written("Kasir"))
    await (await begin()).stop()
    other = VacancyIndex(client[f"{prefix}_other"].vacancies, folder=tmp_path)
    await other.start()
    assert find(other).total == 0
    await other.stop()


def _truncate(home: Path) -> None:
    for path in home.iterdir():
        if path.suffix in (".store", ".idx", ".term"):
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _scribble(home: Path) -> None:
    (home / "meta.json").write_text("{not json")


def _lose_a_file(home: Path) -> None:
    next(home.glob("*.store")).unlink()


def _another_layout(home: Path) -> None:
    meta = home / "meta.json"
    meta.write_text(meta.read_text().replace('"employer"', '"company"'))


@pytest.mark.parametrize("harm", [_truncate, _scribble, _lose_a_file, _another_layout])
async def test_a_folder_that_cannot_be_read_is_built_again(
    vacancies: Collection, begin: Begin, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    await vacancies.insert_one(written("Kasir"))
    await (await begin()).stop()
    harm(next(tmp_path.iterdir()))
    index = await begin()
    assert find(index, "kasir").total == 1


async def test_an_index_that_breaks_while_it_runs_is_built_again(
    vacancies: Collection, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    await vacancies.insert_one(written("Kasir"))
    index = await begin()
    commit, failures = Disk.commit, iter([True])

    def failing_once(disk: Disk) -> None:
        if next(failures, False):
            raise ValueError("the disk is full")
        commit(disk)

    monkeypatch.setattr(Disk, "commit", failing_once)
    await vacancies.insert_one(written("Sopir"))
    await until(lambda: find(index, "sopir").total == 1)
    assert find(index, "kasir").total == 1


async def test_an_index_that_a_search_cannot_read_is_built_again(
    vacancies: Collection, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    await vacancies.insert_one(written("Kasir"))
    index = await begin()
    anew: list[bool] = []
    begin_anew = Disk.begin_anew

    def unreadable(*_: Any) -> SearchResult:
        raise ValueError("a torn file")

    def counted(disk: Disk) -> None:
        anew.append(True)
        begin_anew(disk)

    monkeypatch.setattr(Disk, "begin_anew", counted)
    with monkeypatch.context() as patch:
        patch.setattr(index_module, "search", unreadable)
        for _ in range(3):
            with pytest.raises(Unavailable):
                find(index)
    await vacancies.insert_one(written("Sopir"))
    await until(lambda: find(index).total == 2)
    assert anew == [True]


async def test_one_vacancy_that_cannot_be_read_hides_no_other(vacancies: Collection, begin: Begin) -> None:
    await vacancies.insert_many([written("Kasir", wage={"min": "banyak", "per": "month"}), written("Sopir")])
    index = await begin()
    assert find(index).ids == ["vac_sopir"]


async def test_only_folders_of_ours_are_cleared(vacancies: Collection, begin: Begin, tmp_path: Path) -> None:
    (tmp_path / "vacancies-0-old").mkdir()
    (tmp_path / "surat").mkdir()
    (tmp_path / "surat" / "penting.txt").write_text("jangan dihapus")
    await begin()
    assert not (tmp_path / "vacancies-0-old").exists()
    assert (tmp_path / "surat" / "penting.txt").read_text() == "jangan dihapus"


async def test_a_folder_that_another_process_writes_to_is_refused(
    vacancies: Collection, begin: Begin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await begin()
    monkeypatch.setattr(index_module, "FOLDER_PATIENCE_SECONDS", 0.0)
    with pytest.raises(SearchFolderInUse):
        await VacancyIndex(vacancies, folder=tmp_path).start()
    assert find(first).total == 0


async def test_before_the_start_nothing_is_promised(vacancies: Collection, tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        find(VacancyIndex(vacancies, folder=tmp_path))
