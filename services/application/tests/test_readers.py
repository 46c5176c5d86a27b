"""Who looked at my data: each reading of an application is kept for its person, and for nobody else."""

from datetime import timedelta

from services.application.tests.conftest import BUDI, OFFICER, OWNER, SITI, STRANGER, VACANCY, Http, World
from shared.callers import Caller
from shared.clock import now
from shared.contracts.identity import AccountErased
from shared.readings import KEPT, Read, Readings


async def readers(http: Http, account: str = SITI) -> list[dict[str, object]]:
    answer = await http.get("/readers", account)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


async def test_the_company_is_named_with_how_it_read_and_how_often(http: Http) -> None:
    sent = (await http.apply()).json()
    assert await readers(http) == []
    await http.get("", OWNER, "employer", vacancy_id=VACANCY)
    await http.get("/table.csv", OWNER, "employer", vacancy_id=VACANCY)
    await http.act(sent["id"], "view")
    (row,) = await readers(http)
    assert (row["number"], row["title"], row["times"]) == (sent["number"], "Penjahit", 3)
    assert (row["reader"], row["name"]) == ("employer", "Konveksi Melati")
    assert row["ways"] == ["listed", "downloaded", "opened"]
    assert OWNER not in str(row)


async def test_an_officer_is_told_as_an_officer_without_a_name(http: Http) -> None:
    sent = (await http.apply()).json()
    await http.get(f"/{sent['id']}", OFFICER, "officer")
    await http.get(f"/{sent['id']}", "acc_admin", "admin")
    rows = await readers(http)
    assert [(row["reader"], row["name"], row["ways"]) for row in rows] == [("officer", None, ["opened"])] * 2
    assert OFFICER not in str(rows)


async def test_of_a_filtered_list_only_those_who_are_shown_were_read(http: Http, world: World) -> None:
    await world.vacancy("vac_las", skills=("las",))
    await world.seeker(SITI, "Siti")
    await http.apply(vacancy="vac_las")
    await http.apply(BUDI, "vac_las")
    shown = await http.get("", OWNER, "employer", vacancy_id="vac_las", fit="all")
    assert len(shown.json()["items"]) == 1
    assert [len(await readers(http, who)) for who in (SITI, BUDI)] == [1, 0]


async def test_own_reading_and_refused_reading_leave_no_trace(http: Http) -> None:
    sent = (await http.apply()).json()
    await http.get()
    await http.get(f"/{sent['id']}")
    assert (await http.get(f"/{sent['id']}", STRANGER, "employer")).status_code == 404
    assert await readers(http) == []


async def test_readers_are_paged_the_newest_first_and_are_the_persons_alone(http: Http, world: World) -> None:
    sent = []
    for number in range(5):
        await world.vacancy(f"vac_{number}")
        sent.append((await http.apply(vacancy=f"vac_{number}")).json())
        await http.act(sent[-1]["id"], "view")
    first = (await http.get("/readers", limit=3)).json()
    second = (await http.get("/readers", limit=3, cursor=first["next"])).json()
    numbers = [row["number"] for row in first["items"] + second["items"]]
    assert (numbers, second["next"]) == ([each["number"] for each in reversed(sent)], None)
    assert await readers(http, BUDI) == []
    assert (await http.get("/readers", OWNER, "employer")).status_code == 403


async def test_who_read_goes_with_the_person_and_of_itself_after_a_year(http: Http, world: World) -> None:
    sent = (await http.apply()).json()
    await http.act(sent["id"], "view")
    row = await world.store.readings.collection.find_one({"person": SITI})
    assert row is not None
    assert row["delete_at"] == row["last_at"] + KEPT
    indexes = await world.store.readings.collection.index_information()
    assert [each["expireAfterSeconds"] for each in indexes.values() if "expireAfterSeconds" in each] == [0]
    await world.tell(AccountErased(role="seeker"), subject=SITI)
    assert await world.store.readings.collection.count_documents({"person": SITI}) == 0


async def test_another_day_is_another_row(world: World) -> None:
    read, caller = Read(SITI, "app_1", {"number": "LMR-1"}), Caller(account_id=OWNER, role="employer")
    collection, at = world.store.readings.collection, now()
    await Readings(collection, now=lambda: at).note([read], caller=caller, way="opened")
    await Readings(collection, now=lambda: at + timedelta(days=1)).note([read], caller=caller, way="opened")
    rows, following = await world.store.readings.of(SITI, limit=20, cursor=None)
    assert ([row.last_at for row in rows], following) == ([at + timedelta(days=1), at], None)
