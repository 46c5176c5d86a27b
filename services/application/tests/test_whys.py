"""Why people said no: counted where five said it, and never so that one of them could be found."""

from datetime import timedelta
from typing import Any

from services.application.tests.conftest import OFFICER, OWNER, STRANGER, VACANCY, Http, World
from services.application.whys.counting import Said, count, week_of
from shared.clock import now
from shared.contracts.application import Why


def test_four_people_are_nobody_and_seven_are_at_least_five_whoever_says_it_twice() -> None:
    def said(why: Why, people: int) -> list[Said]:
        return [Said(f"acc_{number}", why, "7", "Kerajinan") for number in range(people)]

    groups = count([*said("far", 7), *said("far", 7), *said("pay", 4), *said("child", 10)])
    assert [(each.why, each.people) for each in groups[0].reasons] == [("child", 10), ("far", 5)]
    assert count(said("pay", 4)) == ()


async def withdrawn(http: Http, world: World, people: int, *, why: Why, days: int = 8) -> None:
    for number in range(people):
        account = f"acc_{why}_{number}"
        id = (await http.apply(account)).json()["id"]
        assert (await http.post(f"/{id}/withdraw", {"why": why}, account)).status_code == 200
        at = now() - timedelta(days=days)
        await world.store.applications.update_one({"_id": id}, {"$set": {"updated_at": at}})


async def read(http: Http, path: str, account: str, role: str, **params: Any) -> Any:
    answer = await http.get(path, account, role, **params)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


async def test_officers_and_the_vacancys_employer_read_the_same_and_no_id_of_a_person(
    http: Http, world: World
) -> None:
    await withdrawn(http, world, 6, why="far")
    await withdrawn(http, world, 4, why="pay")
    wanted = [{"group": VACANCY, "label": "Penjahit", "reasons": [{"why": "far", "people": 5}]}]
    assert await read(http, "/whys", OFFICER, "officer", by="vacancy") == wanted
    assert await read(http, "/whys/vacancy", OWNER, "employer", vacancy_id=VACANCY) == wanted
    ward = await read(http, "/whys", OFFICER, "officer", by="ward")
    assert [each["group"] for each in ward] == ["35.77.03.1005"]
    assert (await http.get("/whys/vacancy", STRANGER, "employer", vacancy_id=VACANCY)).status_code == 404
    assert (await http.get("/whys", OWNER, "employer")).status_code == 403


async def test_what_is_said_this_week_changes_no_number_before_next_monday(http: Http, world: World) -> None:
    await withdrawn(http, world, 5, why="hours", days=0)
    assert await read(http, "/whys", OFFICER, "officer", by="vacancy") == []
    early = week_of(now()) - timedelta(milliseconds=1)
    await world.store.applications.update_many({}, {"$set": {"updated_at": early}})
    assert len(await read(http, "/whys", OFFICER, "officer", by="vacancy")) == 1
