"""Whatever somebody writes for a person carries the mandate: in the document, and in what is told of it."""

from typing import Any

import pytest

from services.application.tests.conftest import OWNER, SITI, VACANCY, Http, World
from shared.events import decode

BY_MANDATE = ("applications",)


def acting(http: Http, *parts: str) -> dict[str, str]:
    return http.mint.helping(SITI, *(parts or BY_MANDATE), mandate="mdt_7")


async def mandates_told(world: World, id: str) -> list[str | None]:
    row = await world.row(_id=id)
    events = [decode(entry["value"].encode()) for entry in row["outbox"]]
    return [event.mandateid for event in events if event is not None]


async def test_an_application_sent_and_taken_back_by_a_helper_says_under_which_mandate(
    http: Http, world: World
) -> None:
    path, headers = "/api/v1/applications", acting(http)
    sent = await http.client.post(path, json={"vacancy_id": VACANCY}, headers=headers)
    assert sent.status_code == 201, sent.text
    id = sent.json()["id"]
    assert (await world.row(_id=id))["helped"] == [{"mandate": "mdt_7", "version": 1}]
    assert (await http.act(id, "view")).status_code == 200
    taken = await http.client.post(f"{path}/{id}/withdraw", headers=headers)
    assert taken.status_code == 200, taken.text
    row = await world.row(_id=id)
    assert row["helped"] == [{"mandate": "mdt_7", "version": version} for version in (1, row["version"])]
    assert await mandates_told(world, id) == ["mdt_7", None, "mdt_7"]
    assert "acc_helper" not in str(row)


async def test_what_a_person_sends_alone_carries_no_mandate(http: Http, world: World) -> None:
    await http.client.get("/api/v1/applications", headers=acting(http))
    id = (await http.apply()).json()["id"]
    assert "helped" not in await world.row(_id=id)
    assert await mandates_told(world, id) == [None]


async def test_a_draft_says_who_wrote_it_last(http: Http, world: World) -> None:
    path = f"/api/v1/applications/drafts/{VACANCY}"
    for headers, mandate in ((acting(http), "mdt_7"), (http.mint.headers(SITI, "seeker"), None)):
        kept = await http.client.put(path, json={"note": "Saya rajin."}, headers=headers)
        assert kept.status_code == 200, kept.text
        row: Any = await world.store.drafts.find_one({"seeker_id": SITI})
        assert row["mandate"] == mandate


@pytest.mark.parametrize("parts", [("profile",), ("card",), ("everything",)])
async def test_a_mandate_for_something_else_opens_no_application(http: Http, parts: tuple[str, ...]) -> None:
    refused = await http.client.get("/api/v1/applications", headers=acting(http, *parts))
    assert (refused.status_code, refused.json()["code"]) == (403, "only_in_person")


async def test_a_cadre_reads_nobodys_applications_without_a_mandate(http: Http) -> None:
    id = (await http.apply()).json()["id"]
    for path in ("", f"/{id}", f"/{id}/interview.ics"):
        refused = await http.get(path, OWNER, "cadre", vacancy_id=VACANCY)
        assert refused.status_code == 403, path
