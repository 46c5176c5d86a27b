"""What a person attaches: kept with the letter, read by the vacancy's employer alone, and each reading told."""

from datetime import UTC, datetime

import pytest

from services.application.tests.conftest import OWNER, SITI, VACANCY, Http
from shared.leave import Leaves
from shared.testing import TEST_KEY

FILES = ["doc_019a", "doc_019b"]


async def applied(http: Http) -> str:
    answer = await http.apply(attachments=[*FILES, FILES[0]])
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def test_the_person_reads_what_is_attached_and_a_draft_keeps_the_choice(http: Http) -> None:
    headers = http.mint.headers(SITI, "seeker")
    path = f"/api/v1/applications/drafts/{VACANCY}"
    await http.client.put(path, json={"attachments": FILES}, headers=headers)
    assert (await http.client.get(path, headers=headers)).json()["attachments"] == FILES
    id = await applied(http)
    assert (await http.get(f"/{id}")).json()["attachments"] == FILES


async def test_the_employer_gets_leave_for_each_and_the_person_sees_that_it_was_read(http: Http) -> None:
    id = await applied(http)
    found = (await http.get(f"/{id}/attachments", OWNER, "employer")).json()
    assert found["documents"] == FILES
    at, leaves = datetime.now(UTC), Leaves(TEST_KEY)
    listed = leaves.read(found["leave"], reader=OWNER, at=at)
    assert (listed.person, listed.documents, listed.opens) == (SITI, tuple(FILES), False)

    given = await http.post(f"/{id}/attachments/{FILES[1]}/leave", account=OWNER, role="employer")
    assert given.headers["cache-control"] == "no-store"
    opened = leaves.read(given.json()["leave"], reader=OWNER, at=at)
    assert (opened.documents, opened.opens) == ((FILES[1],), True)
    readers = (await http.get("/readers")).json()["items"]
    assert [(each["reader"], "attachment" in each["ways"]) for each in readers] == [("employer", True)]


@pytest.mark.parametrize("who", [("acc_other", "employer"), ("acc_officer", "officer"), (SITI, "seeker")])
async def test_nobody_else_gets_leave(http: Http, who: tuple[str, str]) -> None:
    id = await applied(http)
    assert (await http.get(f"/{id}/attachments", *who)).status_code in (403, 404)
    refused = await http.post(f"/{id}/attachments/{FILES[0]}/leave", account=who[0], role=who[1])
    assert refused.status_code in (403, 404)


async def test_what_was_not_attached_gets_no_leave_and_no_reading(http: Http) -> None:
    id = await applied(http)
    refused = await http.post(f"/{id}/attachments/doc_other/leave", account=OWNER, role="employer")
    assert refused.status_code == 404
    assert (await http.get("/readers")).json()["items"] == []


async def test_after_a_withdrawal_nobody_reads_it(http: Http) -> None:
    id = await applied(http)
    await http.act(id, "withdraw")
    assert (await http.get(f"/{id}/attachments", OWNER, "employer")).status_code == 404
    refused = await http.post(f"/{id}/attachments/{FILES[0]}/leave", account=OWNER, role="employer")
    assert refused.status_code == 404


@pytest.mark.parametrize("given", [["../secret"], ["doc_"], [f"doc_{n}" for n in range(6)]])
async def test_odd_ids_and_more_than_five_are_refused(http: Http, given: list[str]) -> None:
    refused = await http.apply(attachments=given)
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid_input")


async def test_a_helper_shows_nobody_a_document(http: Http) -> None:
    headers = http.mint.helping(SITI, "applications")
    body = {"vacancy_id": VACANCY, "attachments": FILES}
    refused = await http.client.post("/api/v1/applications", json=body, headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (403, "only_in_person")
