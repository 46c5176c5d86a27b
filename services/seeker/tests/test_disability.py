"""What a person says of the own disability: sealed, apart from the profile, for the person alone."""

from typing import Any

import pytest

from services.seeker.main import Stores
from services.seeker.tests.conftest import BUDI, SITI, Http
from shared.errors import NotFound

HERE = "/api/v1/seekers/me/disability"
WORDS = {"condition": "Tuli sejak lahir", "help": "Instruksi tertulis"}


async def keep(http: Http, body: dict[str, Any], account: str = SITI) -> Any:
    return await http._client.put(HERE, json=body, headers=http._mint.headers(account, "seeker"))


async def kept(http: Http, account: str = SITI) -> dict[str, Any]:
    answer = await http._client.get(HERE, headers=http._mint.headers(account, "seeker"))
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    found: dict[str, Any] = answer.json()
    return found


async def test_it_is_there_for_its_person_alone_and_nobody_needs_a_profile_first(http: Http) -> None:
    assert (await keep(http, WORDS)).status_code == 200
    found = await kept(http)
    assert {name: found[name] for name in WORDS} == WORDS
    assert await kept(http, BUDI) == {"condition": None, "help": None, "updated_at": None}
    for role in ("employer", "officer", "admin"):
        assert (await http._client.get(HERE, headers=http._mint.headers(SITI, role))).status_code == 403


async def test_without_words_nothing_is_kept(http: Http, stores: Stores) -> None:
    await keep(http, WORDS)
    await keep(http, {"condition": "  ", "help": None})
    assert (await kept(http))["updated_at"] is None
    assert await stores.disabilities.disabilities.count_documents({}) == 0


async def test_too_long_or_with_another_field_is_refused_without_repeating_the_words(http: Http) -> None:
    for body in ({"help": "x" * 501}, {"nik": "rahasia-sekali"}):
        refused = await keep(http, body)
        assert refused.status_code == 422
        assert not any(str(value) in refused.text for value in body.values())


async def test_it_is_sealed_and_no_other_answer_or_event_has_it(http: Http, stores: Stores) -> None:
    headers = http._mint.headers(SITI, "seeker")
    await http._client.put("/api/v1/seekers/me", json={"name": "Siti", "email": "s@contoh.id"}, headers=headers)
    await keep(http, WORDS)
    rows = [row async for row in stores.disabilities.disabilities.find({})]
    rows += [row async for row in stores.profiles.seekers.find({})]
    paths = ("", "/resume.json", "/career", "/consents", "/cards")
    shown = [(await http._client.get(f"/api/v1/seekers/me{path}", headers=headers)).text for path in paths]
    assert len(rows) == 2
    assert [word for word in WORDS.values() if word in str(rows) + "".join(shown)] == []


async def test_erasure_deletes_it_and_a_destroyed_key_keeps_nothing_new(http: Http, stores: Stores) -> None:
    await keep(http, WORDS)
    await keep(http, WORDS, BUDI)
    await stores.vault.destroy(SITI)
    with pytest.raises(NotFound):
        await stores.disabilities.keep(SITI, condition="Tuli", help=None)
    await stores.disabilities.forget(SITI)
    left = [row["_id"] async for row in stores.disabilities.disabilities.find({})]
    assert left == [BUDI]
