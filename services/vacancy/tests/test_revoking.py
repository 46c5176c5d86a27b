"""An employer that is revoked, or whose account was erased, has nothing open any more."""

from typing import Any

import pytest

from services.vacancy.commands.revoking import CODE, SAID, Revoking
from services.vacancy.store.database import VacancyStore
from services.vacancy.tests.conftest import OFFICER, City

OWNER, OTHER = "acc_owner", "acc_other"
BODY = {"cause": "visit", "reason": "Tidak ada usaha di alamat itu."}


async def state(city: City, id: str) -> Any:
    return await city.done("GET", f"/vacancies/{id}", OFFICER)


async def test_what_it_has_open_closes_with_words_for_those_who_applied(city: City) -> None:
    employer = await city.employer(OWNER)
    await city.employer(OTHER)
    live, waiting = [await city.vacancy(OWNER, each, title=f"Penjahit {each}") for each in ("published", "submitted")]
    others = await city.vacancy(OTHER, "published", title="Kasir")
    revoked = await city.done("POST", f"/employers/{employer['id']}/revoke", OFFICER, BODY)
    assert (revoked["state"], revoked["reason"]) == ("revoked", BODY["reason"])
    found = await state(city, live["id"])
    assert (found["state"], found["reason"], found["reason_code"]) == ("closed", SAID, CODE)
    assert (await state(city, others["id"]))["state"] == "published"
    refused = await city.ask("POST", f"/vacancies/{waiting['id']}/publish", OFFICER, {})
    assert (refused.status_code, refused.json()["code"]) == (409, "employer_not_verified")
    mine = (OWNER, "employer")
    tag = (await city.ask("GET", "/employers/me", mine)).headers["etag"]
    changed = await city.ask("PATCH", "/employers/me", mine, {"nib": "9999000000002"}, If_Match=tag)
    assert changed.status_code == 409
    for step, body in (("revoke", BODY), ("verify", None)):
        assert (await city.ask("POST", f"/employers/{employer['id']}/{step}", OFFICER, body)).status_code == 409


async def test_a_revocation_that_was_cut_off_is_brought_to_its_end(city: City, store: VacancyStore) -> None:
    employer = await city.employer(OWNER)
    live = await city.vacancy(OWNER, "published")
    await city.app.state.employers.revoke(employer["id"], cause="nib", reason="NIB palsu.", by=_officer())
    assert (await state(city, live["id"]))["state"] == "published"
    revoking: Revoking = city.app.state.revoking
    for _ in range(2):
        await revoking.close_again()
        assert (await state(city, live["id"]))["state"] == "closed"


async def test_the_end_of_an_employers_account_does_the_same_once(city: City) -> None:
    await city.employer(OWNER)
    live = await city.vacancy(OWNER, "published")
    for _ in range(2):
        await city.app.state.revoking.account_erased(OWNER)
    await city.app.state.revoking.account_erased("acc_without_employer")
    assert (await state(city, live["id"]))["state"] == "closed"
    assert (await city.done("GET", "/employers/me", (OWNER, "employer")))["state"] == "revoked"


@pytest.mark.parametrize("body", [{}, {"reason": "x" * 20}, {"cause": "erased", "reason": "Karena."}])
async def test_a_revocation_says_what_was_found_and_why(city: City, body: dict[str, str]) -> None:
    employer = await city.employer(OWNER)
    assert (await city.ask("POST", f"/employers/{employer['id']}/revoke", OFFICER, body)).status_code == 422
    answer = await city.ask("POST", f"/employers/{employer['id']}/revoke", (OWNER, "employer"), BODY)
    assert answer.status_code == 403


def _officer() -> Any:
    from services.vacancy.domain.vacancy import Actor

    return Actor(kind="officer", id=OFFICER[0])
