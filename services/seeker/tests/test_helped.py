"""Profile and card written by somebody who helps: marked with the mandate; what is the person's alone stays shut."""

from typing import Any

from services.seeker.store import SeekerStore
from services.seeker.tests.conftest import SITI, Http
from services.seeker.tests.test_cards_api import DETAILS, PROFILE
from shared.events import decode
from shared.mongo import Client


async def helping(http: Http, method: str, path: str, body: Any = None, *, etag: str | None = None) -> Any:
    headers = http._mint.helping(SITI, "profile", "card", mandate="mdt_7") | ({"If-Match": etag} if etag else {})
    return await http._client.request(method, f"/api/v1/seekers{path}", json=body, headers=headers)


async def test_a_profile_written_by_a_helper_is_marked_and_so_is_the_consent_in_it(
    http: Http, store: SeekerStore
) -> None:
    assert (await http.put({**PROFILE, "match_hints": False})).status_code == 200
    tag = (await http.get()).headers["etag"]
    written = await helping(http, "PUT", "/me", {**PROFILE, "match_hints": True}, etag=tag)
    assert written.status_code == 200, written.text
    row = await store.seekers.find_one({"_id": SITI})
    assert row is not None
    assert row["helped"] == [{"mandate": "mdt_7", "version": row["version"]}]
    assert [each["mandate"] for each in row["consents"] if each["withdrawn_at"] is None] == ["mdt_7"]
    events = [decode(entry["value"].encode()) for entry in row["outbox"] if entry["value"]]
    marked = [event.mandateid for event in events if event is not None and event.sequence == row["version"]]
    assert set(marked) == {"mdt_7"}


async def test_a_helper_takes_back_no_consent(http: Http) -> None:
    tag = (await http.put({**PROFILE, "match_hints": True})).headers["etag"]
    refused = await helping(http, "PUT", "/me", {**PROFILE, "match_hints": False}, etag=tag)
    assert (refused.status_code, refused.json()["code"]) == (403, "only_in_person")
    assert (await http.get()).json()["match_hints"] is True


async def test_a_card_begun_and_rewritten_by_a_helper_is_marked_each_time(
    http: Http, store: SeekerStore, client: Client
) -> None:
    await http.put(PROFILE)
    for _ in range(2):
        kept = await helping(http, "PUT", "/me/card", DETAILS)
        assert kept.status_code == 200, kept.text
    row = await store.seekers.database.cards.find_one({"seeker_id": SITI})
    assert row is not None
    assert [each["mandate"] for each in row["helped"]] == ["mdt_7"] * row["version"]


async def test_what_is_the_persons_alone_stays_shut(http: Http) -> None:
    for path in ("/me/documents", "/me/disability", "/me/cv.pdf", "/me/resume.json", "/me/readers", "/me/consents"):
        refused = await helping(http, "GET", path)
        assert (path, refused.status_code, refused.json()["code"]) == (path, 403, "only_in_person")
