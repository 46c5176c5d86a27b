"""Consents: one truth for each purpose, in the words in force, with what was before; taken back, they act at once."""

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.seeker.domain.consents import MOST_KEPT, TEXTS, ended, standing, with_one, without
from services.seeker.domain.searches import Terms
from services.seeker.main import Stores
from services.seeker.tests.conftest import BUDI, SITI, Http
from services.seeker.tests.telling import MONDAY, House
from shared.contracts.identity import DataRequestAnswered
from shared.contracts.seeker import SeekerConsentChanged
from shared.testing import envelope

PROFILE = {"name": "Siti", "email": "siti@contoh.id"}
# Of the words in force. Other words need another version, too: whoever agreed, agreed to what stood there then.
PINNED = "a4b71d16c9e238a7"


async def consents(http: Http, account: str = SITI, language: str = "id") -> dict[str, dict[str, object]]:
    answer = await http.call("GET", "/me/consents", account=account, language=language)
    assert answer.status_code == 200, answer.text
    return {each["kind"]: each for each in answer.json()["items"]}


async def give(http: Http, kind: str, version: str = "2026-12") -> int:
    return (await http.call("POST", f"/me/consents/{kind}/give", {"text_version": version})).status_code


def test_words_that_are_changed_get_another_version() -> None:
    text = "|".join(f"{kind}:{each.version}:{each.indonesian}:{each.english}" for kind, each in TEXTS.items())
    assert hashlib.sha256(text.encode()).hexdigest()[:16] == PINNED


def test_the_same_words_twice_are_one_consent_and_newer_words_another() -> None:
    first = with_one((), "searchable", at=MONDAY, channel="web")
    assert with_one(first, "searchable", at=MONDAY + timedelta(days=1), channel="web") == first
    old = (first[0].model_copy(update={"text_version": "2020-01"}),)
    both = with_one(old, "searchable", at=MONDAY, channel="desk")
    assert [(each.text_version, each.withdrawn_at) for each in both] == [("2020-01", MONDAY), ("2026-12", None)]
    gone = without(both, "searchable", at=MONDAY)
    assert (standing(gone, "searchable"), ended(gone, "searchable"), ended((), "searchable")) == (None, True, False)
    many = both
    for _ in range(MOST_KEPT):
        many = with_one(without(many, "searchable", at=MONDAY), "searchable", at=MONDAY, channel="web")
    assert len(many) == MOST_KEPT


async def test_a_consent_is_given_in_the_words_in_force_taken_back_and_remembered(
    http: Http, house: House, stores: Stores
) -> None:
    await http.put(PROFILE)
    before = (await consents(http))["province_share"]
    assert (before["given"], before["history"]) == (False, [])
    refused = await http.call("POST", "/me/consents/province_share/give", {"text_version": "2020-01"})
    assert (refused.status_code, refused.json()["code"]) == (409, "text_changed")
    assert [await give(http, "province_share") for _ in range(2)] == [200, 200]
    given = (await consents(http, language="en"))["province_share"]
    assert (given["given"], len(given["history"])) == (True, 1)  # type: ignore[arg-type]
    assert "East Java" in str(given["text"])
    for _ in range(2):
        assert (await http.call("POST", "/me/consents/province_share/withdraw")).status_code == 200
    history: Any = (await consents(http))["province_share"]["history"]
    assert [each["withdrawn_at"] >= each["given_at"] for each in history] == [True]
    news = await house.news(stores.profiles.seekers)
    told = [each["data"] for each in news if each["type"] == f"{SeekerConsentChanged.__name__}.v1"]
    assert [(each["kind"], each["given"]) for each in told] == [("province_share", True), ("province_share", False)]


async def test_the_switch_of_the_profile_and_the_consent_are_the_same_truth(http: Http) -> None:
    tag = (await http.put(PROFILE)).headers["etag"]
    hints = (await consents(http))["match_hints"]
    assert (hints["given"], hints["given_at"]) == (True, None)
    tag = (await http.put({**PROFILE, "match_hints": False}, etag=tag)).headers["etag"]
    assert (await consents(http))["match_hints"]["given"] is False
    assert await give(http, "match_hints") == 200
    assert (await http.get()).json()["match_hints"] is True
    await http.call("POST", "/me/consents/match_hints/withdraw")
    assert (await http.get()).json()["match_hints"] is False
    assert len((await consents(http))["match_hints"]["history"]) == 2  # type: ignore[arg-type]


async def test_who_saves_a_search_agrees_to_its_messages_and_taken_back_none_goes_out(
    http: Http, house: House, stores: Stores
) -> None:
    await http.put(PROFILE)
    await house.searches.create(SITI, Terms(q="penjahit"))
    assert (await consents(http))["job_alerts"]["given"] is True
    # As if the worker died between the two writes of a withdrawal: the search itself was not stopped.
    seeker = await stores.profiles.load(SITI)
    assert seeker is not None
    closed = without(seeker.consents, "job_alerts", at=MONDAY)
    fields = {"consents": [each.model_dump() for each in closed]}
    await stores.profiles.seekers.update_one({"_id": SITI}, {"$set": fields})
    await house.vacancy()
    house.clock.forward(days=2)
    assert await house.alerts.look() == 0
    assert await house.matched() == []
    (search,) = await stores.searches.of_seeker(SITI)
    assert not search.active


async def test_taken_back_the_saved_searches_stop_at_once_and_begin_again_by_hand(http: Http) -> None:
    await http.put(PROFILE)
    search = (await http.call("POST", "/me/saved-searches", {"q": "penjahit"})).json()
    await http.call("POST", "/me/consents/job_alerts/withdraw")
    here = f"/me/saved-searches/{search['id']}"
    assert (await http.call("GET", here)).json()["active"] is False
    assert (await http.call("PATCH", here, {"active": True})).json()["active"] is True
    assert (await consents(http))["job_alerts"]["given"] is True


@pytest.mark.parametrize("path", ["/me/consents/nothing/give", "/me/consents/guardian/withdraw"])
async def test_a_purpose_that_is_none_is_refused(http: Http, path: str) -> None:
    await http.put(PROFILE)
    assert (await http.call("POST", path, {"text_version": "2026-12"})).status_code == 422


async def test_consents_are_the_persons_own(http: Http) -> None:
    await http.put(PROFILE)
    await give(http, "searchable")
    assert (await http.call("GET", "/me/consents", account=BUDI)).status_code == 404
    assert (await http.call("GET", "/me/consents", role="employer")).status_code == 403


async def answered(house: House, kind: str, outcome: str = "done", *, at: datetime | None = None) -> None:
    effect = house.reactions[DataRequestAnswered]
    assert callable(effect)
    said: Any = {"account_id": SITI, "role": "seeker", "kind": kind, "outcome": outcome}
    told = envelope(DataRequestAnswered(**said), subject="req_1")
    await effect(told.model_copy(update={"time": at or datetime.now(UTC)}))


async def given_now(http: Http) -> set[str]:
    return {kind for kind, each in (await consents(http)).items() if each["given"]}


async def test_a_granted_restriction_ends_every_use_that_rests_on_a_consent(http: Http, house: House) -> None:
    await http.put(PROFILE)
    for kind in ("searchable", "province_share"):
        await give(http, kind)
    search = (await http.call("POST", "/me/saved-searches", {"q": "penjahit"})).json()
    assert await given_now(http) == {"match_hints", "job_alerts", "searchable", "province_share"}
    for kind, outcome in (("restriction", "refused"), ("copy", "done")):
        await answered(house, kind, outcome)
    assert len(await given_now(http)) == 4
    await answered(house, "restriction")
    assert await given_now(http) == set()
    assert (await http.call("GET", f"/me/saved-searches/{search['id']}")).json()["active"] is False


async def test_an_objection_ends_comparisons_alone_and_what_is_agreed_to_later_stands(
    http: Http, house: House
) -> None:
    await http.put(PROFILE)
    await give(http, "searchable")
    at = datetime.now(UTC)
    await answered(house, "objection", at=at)
    assert await given_now(http) == {"searchable"}
    await give(http, "match_hints")
    await answered(house, "objection", at=at)
    assert await given_now(http) == {"searchable", "match_hints"}


async def test_a_restriction_of_somebody_without_a_profile_ends_nothing_and_is_no_error(house: House) -> None:
    await answered(house, "restriction")
