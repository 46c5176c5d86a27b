"""What an applicant says of a disability: read by one employer, by consent for one application, while it stands."""

from typing import Any

import httpx2
import pytest

from services.application.disability.keeping import KEPT, TEXT
from services.application.tests.conftest import BUDI, OFFICER, OWNER, SITI, STRANGER, VACANCY, Http, World
from shared.contracts.identity import AccountErased

WORDS = {"condition": "Tuli sejak lahir", "help": "Instruksi tertulis"}
GIVEN = {**WORDS, "text_version": TEXT.version}


async def share(http: Http, id: str, account: str = SITI, **given: Any) -> httpx2.Response:
    headers = http.mint.headers(account, "seeker")
    return await http.client.put(f"/api/v1/applications/{id}/disability", json={**GIVEN, **given}, headers=headers)


async def take_back(http: Http, id: str, account: str = SITI) -> httpx2.Response:
    headers = http.mint.headers(account, "seeker")
    return await http.client.delete(f"/api/v1/applications/{id}/disability", headers=headers)


async def seen(http: Http, id: str, account: str = OWNER, role: str = "employer") -> httpx2.Response:
    return await http.get(f"/{id}/disability", account, role)


@pytest.fixture
async def sent(http: Http, world: World) -> str:
    await world.seeker(SITI, "Siti")
    return str((await http.apply()).json()["id"])


async def test_the_employer_reads_what_was_shared_and_the_person_sees_that_it_did(http: Http, sent: str) -> None:
    assert (await seen(http, sent)).status_code == 404
    assert (await share(http, sent)).status_code == 200
    found = (await seen(http, sent)).json()
    assert (found["condition"], found["help"]) == (WORDS["condition"], WORDS["help"])
    (row,) = (await http.get("/readers")).json()["items"]
    assert (row["name"], row["ways"], row["times"]) == ("Konveksi Melati", ["disability"], 1)


async def test_what_the_person_reads_of_the_own_is_not_counted_as_a_reading(http: Http, sent: str) -> None:
    await share(http, sent)
    assert (await seen(http, sent, SITI, "seeker")).json()["help"] == WORDS["help"]
    (mine,) = (await http.get("/disability")).json()["items"]
    assert (mine["application_id"], mine["employer_name"], mine["help"]) == (sent, "Konveksi Melati", WORDS["help"])
    assert mine["consents"][0]["text_version"] == TEXT.version
    assert (await http.get("/readers")).json()["items"] == []


@pytest.mark.parametrize(("account", "role", "status"), [(STRANGER, "employer", 404), (OFFICER, "officer", 403)])
async def test_no_other_employer_and_no_officer_reads_it(
    http: Http, sent: str, account: str, role: str, status: int
) -> None:
    await share(http, sent)
    assert (await seen(http, sent, account, role)).status_code == status
    assert (await seen(http, sent, BUDI, "seeker")).status_code == 404


async def test_taken_back_it_is_gone_at_once_and_the_consent_says_when(http: Http, sent: str) -> None:
    await share(http, sent)
    for _ in range(2):
        assert (await take_back(http, sent)).status_code == 204
    assert (await seen(http, sent)).status_code == 404
    (mine,) = (await http.get("/disability")).json()["items"]
    assert (mine["condition"], mine["help"]) == (None, None)
    assert [each["withdrawn_at"] is not None for each in mine["consents"]] == [True]
    await share(http, sent, help="Juru bahasa isyarat")
    found = (await seen(http, sent)).json()
    assert found["help"] == "Juru bahasa isyarat"
    assert len(found["consents"]) == 1, "what was before is not the employer's business"


async def test_only_so_many_consents_of_an_application_are_kept_and_the_newest_stay(http: Http, sent: str) -> None:
    for number in range(KEPT + 2):
        await share(http, sent, help=f"Kata ke-{number}")
    (mine,) = (await http.get("/disability")).json()["items"]
    assert (len(mine["consents"]), mine["help"]) == (KEPT, f"Kata ke-{KEPT + 1}")
    assert [each["withdrawn_at"] is None for each in mine["consents"]] == [False] * (KEPT - 1) + [True]


async def test_nothing_is_shared_under_words_of_consent_that_are_not_in_force(http: Http, sent: str) -> None:
    refused = await share(http, sent, text_version="2020-01")
    assert (refused.status_code, refused.json()["code"]) == (409, "text_changed")
    assert (await share(http, sent, condition=None, help="  ")).status_code == 422
    assert (await seen(http, sent)).status_code == 404


async def test_the_words_of_consent_are_in_the_persons_language(http: Http) -> None:
    headers = http.mint.headers(SITI, "seeker")
    shown = [
        (await http.client.get("/api/v1/applications/disability/text", headers={**headers, "Accept-Language": each}))
        for each in ("id", "en")
    ]
    assert [each.json()["text"] for each in shown] == [TEXT.indonesian, TEXT.english]


@pytest.mark.parametrize("command", ["withdraw", "reject"])
async def test_the_end_of_an_application_ends_the_reading(http: Http, sent: str, command: str) -> None:
    await share(http, sent)
    await http.act(sent, command)
    assert (await seen(http, sent)).status_code == 404
    assert (await share(http, sent)).status_code == 409


async def test_whoever_was_hired_is_still_read(http: Http, sent: str) -> None:
    await share(http, sent)
    await http.taken(sent)
    await http.act(sent, "hire")
    assert (await seen(http, sent)).json()["help"] == WORDS["help"]


async def test_a_step_of_the_employer_does_not_bring_back_what_was_taken_back(http: Http, sent: str) -> None:
    await share(http, sent)
    await take_back(http, sent)
    await http.act(sent, "view")
    assert (await seen(http, sent)).status_code == 404


async def test_it_stands_in_no_list_table_event_or_plain_field(http: Http, sent: str, world: World) -> None:
    await share(http, sent)
    shown = [
        await http.get(f"/{sent}", OWNER, "employer"),
        await http.get("", OWNER, "employer", vacancy_id=VACANCY),
        await http.get("/table.csv", OWNER, "employer", vacancy_id=VACANCY),
        await http.get(f"/{sent}", OFFICER, "officer"),
    ]
    rows = [row async for row in world.store.applications.find({})]
    rows += [row async for row in world.store.disclosures.find({})]
    assert len(rows) == 2
    everything = "".join(each.text for each in shown) + str(rows)
    assert [word for word in WORDS.values() if word in everything] == []


async def test_erasure_leaves_nothing_of_it(http: Http, sent: str, world: World) -> None:
    await share(http, sent)
    await http.apply(BUDI)
    await world.tell(AccountErased(role="seeker"), subject=SITI)
    assert await world.store.disclosures.find_one({"seeker_id": SITI}) is None
    assert (await seen(http, sent)).status_code == 404
