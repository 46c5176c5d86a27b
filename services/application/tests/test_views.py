"""Who sees what: the own list, the applicants of a vacancy, and nothing of anybody else."""

from typing import Any

import pytest

from services.application.tests.conftest import BUDI, OFFICER, OWNER, SITI, STRANGER, VACANCY, Http, World
from services.application.views import Views
from shared.callers import Caller
from shared.contracts.vacancy import VacancyPublished


async def ids(http: Http, account: str, role: str, **params: Any) -> list[str]:
    """Every id of a list, page by page."""
    found: list[str] = []
    while True:
        page = await http.get("", account, role, **params)
        assert page.status_code == 200
        found += [item["id"] for item in page.json()["items"]]
        if not page.json()["next"]:
            assert "link" not in page.headers
            return found
        assert page.headers["link"].endswith(f'cursor={page.json()["next"]}>; rel="next"')
        params["cursor"] = page.json()["next"]


async def test_a_seeker_pages_through_the_own_applications_newest_first(http: Http, world: World) -> None:
    sent = []
    for number in range(5):
        await world.vacancy(f"vac_{number}")
        sent.append((await http.apply(vacancy=f"vac_{number}")).json()["id"])
    await http.apply(BUDI)
    await http.act(sent[2], "reject")
    assert await ids(http, SITI, "seeker", limit=2) == sent[::-1]
    assert await ids(http, SITI, "seeker", state="rejected") == [sent[2]]
    assert await ids(http, SITI, "seeker", vacancy_id="vac_3") == [sent[3]]
    assert await ids(http, SITI, "seeker", vacancy_id="vac_none") == []


async def test_the_employer_pages_through_the_applicants_oldest_first(http: Http, world: World) -> None:
    sent = [(await http.apply(f"acc_{number}")).json()["id"] for number in range(5)]
    assert await ids(http, OWNER, "employer", vacancy_id=VACANCY, limit=2) == sent
    assert await ids(http, OFFICER, "officer", vacancy_id=VACANCY) == sent
    await http.act(sent[1], "view")
    assert await ids(http, OWNER, "employer", vacancy_id=VACANCY, state="viewed", limit=1) == [sent[1]]


async def test_the_employer_and_officers_see_the_person_and_the_seeker_sees_no_applicant(
    http: Http, world: World
) -> None:
    await world.seeker(SITI, "Siti Aminah")
    sent = (await http.apply(note="Siap kerja")).json()["id"]
    applicant = {
        "name": "Siti Aminah",
        "kelurahan_code": "35.77.01.1001",
        "education": {"form": "rekap_III_2", "code": "3001"},
        "skills": ["las", "listrik"],
        "licences": [],
        "experience_months": None,
        "phone": None,
        "email": None,
    }
    for account, role in ((OWNER, "employer"), (OFFICER, "officer"), (OFFICER, "admin")):
        one = await http.get(f"/{sent}", account, role)
        listed = await http.get("", account, role, vacancy_id=VACANCY)
        assert one.json()["applicant"] == listed.json()["items"][0]["applicant"] == applicant
        assert (one.json()["note"], one.headers["etag"]) == ("Siap kerja", '"1"')
        assert [word for word in ("acc_", "83900000001", "rahasia", "emp_1") if word in one.text + listed.text] == []
    assert (await http.act(sent, "view")).json()["applicant"] == applicant
    assert (await http.get(f"/{sent}")).json()["applicant"] is None


async def test_an_applicant_of_whom_nothing_has_arrived_yet_is_shown_without_a_name(http: Http) -> None:
    sent = (await http.apply()).json()["id"]
    seen = (await http.get(f"/{sent}", OWNER, "employer")).json()
    nothing = dict.fromkeys(("name", "kelurahan_code", "education", "phone", "email", "experience_months"))
    assert seen["applicant"] == {**nothing, "skills": [], "licences": []}


async def test_of_an_erased_person_no_name_and_no_note_is_left_and_the_others_are_shown(
    http: Http, world: World
) -> None:
    for account, name in ((SITI, "Siti"), (BUDI, "Budi")):
        await world.seeker(account, name)
        await http.apply(account, note="Halo")
    await world.vault.destroy(SITI)
    later = Views(world.store, vault=world.vault)  # another process, or this one half a minute later
    owner = Caller(account_id=OWNER, role="employer")
    page = await later.of_vacancy(VACANCY, caller=owner, state=None, limit=20, cursor=None)
    seen = [(item.applicant.name, item.note) for item in page.items if item.applicant]
    assert seen == [(None, None), ("Budi", "Halo")]
    (alone,) = (await later.mine(SITI, vacancy_id=None, state=None, limit=20, cursor=None)).items
    assert alone.note is None


@pytest.mark.parametrize(
    ("account", "role"), [(BUDI, "seeker"), (STRANGER, "employer")], ids=["another seeker", "another employer"]
)
async def test_somebody_elses_application_is_not_there(http: Http, account: str, role: str) -> None:
    sent = (await http.apply()).json()["id"]
    foreign, absent = await http.get(f"/{sent}", account, role), await http.get("/app_none", account, role)
    assert foreign.status_code == 404
    assert foreign.json() == absent.json()


async def test_the_applicants_of_somebody_elses_vacancy_are_not_there(http: Http) -> None:
    await http.apply()
    foreign = await http.get("", STRANGER, "employer", vacancy_id=VACANCY)
    absent = await http.get("", STRANGER, "employer", vacancy_id="vac_none")
    assert (foreign.status_code, foreign.json()) == (absent.status_code, absent.json())
    assert foreign.status_code == 404


async def test_who_manages_the_vacancy_now_decides_and_who_did_before_does_not(http: Http, world: World) -> None:
    sent = (await http.apply()).json()["id"]
    await world.vacancy(kind=VacancyPublished, owner_id=STRANGER)
    assert (await http.get(f"/{sent}", OWNER, "employer")).status_code == 404
    assert (await http.get(f"/{sent}", STRANGER, "employer")).status_code == 200


@pytest.mark.parametrize(("account", "role"), [(OWNER, "employer"), (OFFICER, "officer")])
async def test_an_employer_or_officer_must_say_which_vacancy(http: Http, account: str, role: str) -> None:
    refused = await http.get("", account, role)
    assert (refused.status_code, refused.json()["code"]) == (422, "vacancy_id_missing")
    assert refused.json()["errors"][0]["pointer"] == "/vacancy_id"


@pytest.mark.parametrize(
    "params",
    [
        {"limit": 0},
        {"limit": 101},
        {"state": "open"},
        {"cursor": "x"},
        {"cursor": "WzEsMl0"},  # [1,2]
        {"cursor": "WyJhIiwiYiJd"},  # ["a","b"]
        {"cursor": "Wzk5OTk5OTk5OTk5OTk5OTk5OTk5OTksImEiXQ"},  # [99999999999999999999999,"a"]
        {"cursor": "W3siJGd0IjoxfSwiYSJd"},  # [{"$gt":1},"a"]
    ],
)
async def test_a_list_asked_for_wrongly_is_refused(http: Http, params: dict[str, Any]) -> None:
    assert (await http.get("", **params)).status_code == 422


@pytest.mark.parametrize("path", ["", "/app_1"])
async def test_without_a_token_nothing_is_shown(http: Http, path: str) -> None:
    assert (await http.client.get(f"/api/v1/applications{path}")).status_code == 401
