"""The jobseeker card through the API: from the profile to a paper that anybody can check, and to its end."""

import io
import json
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader

from services.seeker.main import Stores
from services.seeker.settings import SeekerSettings
from services.seeker.tests.conftest import BUDI, SITI, Http
from services.seeker.tests.telling import House
from shared import clock
from shared.contracts.application import ApplicationHired
from shared.contracts.notification import ReplyReceived
from shared.errors import NotFound
from shared.mongo import Document
from shared.papers.signing import PaperSigner, PaperVerifier
from shared.sealed import Vault

OFFICER = "acc_officer"
NIK = "3577036502900000"
PROFILE: dict[str, Any] = {"name": "Siti Aminah", "nik": NIK, "education": {"form": "rinci", "code": "3801"}}
DETAILS = {
    "birth_place": "Madiun",
    "birth_date": "1990-02-25",
    "sex": "female",
    "address": "Jl. Kelapa Manis 12 RT 03 RW 05",
    "kelurahan_code": "35.77.03.1005",
    "religion": "islam",
    "marital_status": "married",
}


def photo(kind: str = "JPEG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (600, 800), "navy").save(out, kind)
    return out.getvalue()


async def send_photo(http: Http, raw: bytes, account: str = SITI) -> Any:
    headers = {**http._mint.headers(account, "seeker"), "Content-Type": "image/jpeg"}
    return await http._client.put("/api/v1/seekers/me/card/photo", content=raw, headers=headers)


async def raw(http: Http, path: str, account: str = SITI, role: str = "seeker") -> Any:
    headers = http._mint.headers(account, role)
    return await http._client.get(f"/api/v1/seekers{path}", headers=headers)


async def asked(http: Http, account: str = SITI, **profile: Any) -> str:
    """A card that waits for an officer; its id."""
    assert (await http.put({**PROFILE, **profile}, account)).status_code == 200
    assert (await http.call("PUT", "/me/card", DETAILS, account)).status_code == 200
    assert (await send_photo(http, photo(), account)).status_code == 200
    sent = await http.call("POST", "/me/card/submit", {}, account)
    assert (sent.status_code, sent.json()["state"]) == (200, "submitted")
    return str(sent.json()["id"])


async def officer(http: Http, method: str, path: str, body: Any = None) -> Any:
    return await http.call(method, f"/cards{path}", body, OFFICER, role="officer")


async def issued(http: Http) -> dict[str, Any]:
    found = await officer(http, "POST", f"/{await asked(http)}/issue", {})
    assert found.status_code == 200
    return dict(found.json())


async def test_a_card_is_asked_for_returned_mended_and_issued(http: Http, stores: Stores, house: House) -> None:
    id = await asked(http)
    back = await officer(http, "POST", f"/{id}/return", {"reason": "photo_unclear", "note": "Foto gelap"})
    assert back.status_code == 200
    mine = (await http.call("GET", "/me/cards")).json()["items"]
    assert [(card["state"], card["return_reason"], card["note"]) for card in mine] == [
        ("returned", "photo_unclear", "Foto gelap")
    ]
    await send_photo(http, photo("PNG"))
    assert (await http.call("POST", "/me/card/submit", {})).json()["state"] == "submitted"
    done = (await officer(http, "POST", f"/{id}/issue", {})).json()
    assert done["state"] == "issued"
    assert done["number"][:12] == f"3577-{done['issued_on'][:4]}-00"
    news = await house.news(stores.cards.cards)
    assert [event["type"] for event in news] == [
        "JobseekerCardSubmitted.v1",
        "JobseekerCardReturned.v1",
        "JobseekerCardSubmitted.v1",
        "JobseekerCardIssued.v1",
    ]
    told = json.dumps(news)
    assert not any(word in told for word in ("Siti", NIK, "Kelapa", "gelap", "islam"))


async def test_what_is_missing_is_named_before_it_is_asked_for(http: Http) -> None:
    assert (await http.call("POST", "/me/card/submit", {})).status_code == 404
    await http.put({"name": "Siti"})
    await http.call("PUT", "/me/card", DETAILS)
    refused = await http.call("POST", "/me/card/submit", {})
    assert refused.status_code == 422
    assert [error["pointer"] for error in refused.json()["errors"]] == ["/nik", "/photo"]


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"kelurahan_code": "35.78.01.1001"}, "/kelurahan_code"),
        ({"religion": "jedi"}, "/religion"),
        ({"address": ""}, "/address"),
        ({"birth_date": "25-02-1990"}, "/birth_date"),
        ({"nik": "3577036502900000"}, "/nik"),
    ],
)
async def test_a_wrong_field_is_named(http: Http, change: dict[str, Any], pointer: str) -> None:
    refused = await http.call("PUT", "/me/card", {**DETAILS, **change})
    assert refused.status_code == 422
    assert pointer in [error["pointer"] for error in refused.json()["errors"]]


async def test_what_names_the_person_is_stored_only_sealed(http: Http, stores: Stores) -> None:
    await issued(http)
    rows = [row async for row in stores.cards.cards.find({})] + [row async for row in stores.cards.photos.find({})]
    text = json.dumps(rows, default=str)
    assert len(rows) == 2
    for word in ("Siti", NIK, "Kelapa", "islam", "married", "1990", "Madiun", "female"):
        assert word not in text.replace('"sex": "female"', "") or word == "female"


async def test_an_erased_person_has_no_card_and_officers_see_none(http: Http, stores: Stores, vault: Vault) -> None:
    """Asked of a process that has not kept the key."""
    id = await asked(http)
    await vault.destroy(SITI)
    assert await stores.cards.queued(after="", limit=10) == []
    with pytest.raises(NotFound):
        await stores.cards.load(id)


async def test_forgetting_a_person_leaves_no_card_and_no_photo(http: Http, stores: Stores) -> None:
    await issued(http)
    await asked(http, BUDI, name="Budi", nik="3577032502900000")
    for _ in range(2):
        await stores.cards.forget(SITI)
    assert [row["seeker_id"] async for row in stores.cards.cards.find({})] == [BUDI]
    assert await stores.cards.photos.count_documents({}) == 1


async def test_the_queue_is_oldest_first_and_paged(http: Http) -> None:
    first = await asked(http)
    second = await asked(http, BUDI, name="Budi", nik="3577032502900000")
    page = await officer(http, "GET", "?limit=1")
    assert [card["id"] for card in page.json()["items"]] == [first]
    rest = await officer(http, "GET", f"?limit=1&cursor={page.json()['next']}")
    assert [(card["id"], card["name"]) for card in rest.json()["items"]] == [(second, "Budi")]
    assert rest.json()["next"] is None


async def test_an_officer_sees_what_to_compare_and_what_is_unusual(http: Http) -> None:
    id = await asked(http, nik="3578032502100000")
    seen = (await officer(http, "GET", f"/{id}")).json()
    assert (seen["name"], seen["nik"], seen["details"]["religion"]) == ("Siti Aminah", "3578032502100000", "islam")
    assert set(seen["warnings"]) == {"region_differs", "birth_date_differs", "sex_differs"}
    assert (await raw(http, f"/cards/{id}/photo", OFFICER, "officer")).content[:3] == b"\xff\xd8\xff"


async def test_the_person_sees_which_officers_read_the_card_and_how(http: Http, stores: Stores) -> None:
    id = await asked(http)
    mine = "/me/readers"
    assert (await http.call("GET", mine)).json()["items"] == []
    await officer(http, "GET", "")
    await officer(http, "GET", f"/{id}")
    (row,) = (await http.call("GET", mine)).json()["items"]
    assert (row["number"], row["reader"], row["ways"], row["times"]) == (None, "officer", ["listed", "opened"], 2)
    card = (await officer(http, "POST", f"/{id}/issue", {})).json()
    await raw(http, f"/cards/{id}/paper", OFFICER, "officer")
    (row,) = (await http.call("GET", mine)).json()["items"]
    assert (row["number"], row["ways"][-1]) == (card["number"], "downloaded")
    assert OFFICER not in str(row)
    await stores.cards.forget(SITI)
    assert (await http.call("GET", mine)).json()["items"] == []


@pytest.mark.parametrize("role", ["seeker", "employer"])
async def test_nobody_but_an_officer_decides(http: Http, role: str) -> None:
    id = await asked(http)
    for method, path in (("GET", ""), ("GET", f"/{id}"), ("POST", f"/{id}/issue"), ("GET", f"/{id}/paper")):
        assert (await http.call(method, f"/cards{path}", {}, BUDI, role=role)).status_code == 403


async def test_of_two_officers_who_issue_at_once_one_number_is_given(http: Http, stores: Stores) -> None:
    import asyncio

    id = await asked(http)
    done = await asyncio.gather(*(officer(http, "POST", f"/{id}/issue", {}) for _ in range(4)))
    assert sorted(answer.status_code for answer in done) == [200, 409, 409, 409]
    rows = [row async for row in stores.cards.cards.find({"number": {"$exists": True}})]
    assert [row["state"] for row in rows] == ["issued"]


async def test_of_two_phones_that_begin_at_once_one_card_is_begun(http: Http, stores: Stores) -> None:
    import asyncio

    await asyncio.gather(*(http.call("PUT", "/me/card", DETAILS) for _ in range(4)))
    assert await stores.cards.cards.count_documents({}) == 1


async def test_a_valid_card_is_not_asked_for_twice(http: Http) -> None:
    await issued(http)
    again = await http.call("PUT", "/me/card", DETAILS)
    assert (again.status_code, again.json()["code"]) == (409, "card_still_valid")


async def test_the_paper_says_who_it_is_for_and_its_code_says_only_initials(
    http: Http, settings: SeekerSettings
) -> None:
    card = await issued(http)
    answer = await raw(http, "/me/card/paper")
    assert answer.headers["content-type"] == "application/pdf"
    page = PdfReader(io.BytesIO(answer.content)).pages[0]
    text = page.extract_text()
    for part in ("Siti Aminah", NIK, card["number"], "25 Februari 1990", "Kawin", "Islam", "Bulan ke-18"):
        assert str(part) in text
    assert len(page.images) == 1
    assert (await raw(http, f"/cards/{card['id']}/paper", OFFICER, "officer")).content == answer.content


async def code_of(stores: Stores, settings: SeekerSettings) -> str:
    from services.seeker.card_paper import CardPapers

    card = (await stores.cards.of_seeker(SITI))[0]
    return CardPapers(PaperSigner(settings.paper_key), public_url="http://test").code(card)


async def test_who_holds_the_paper_learns_whether_it_is_good_and_no_name(
    http: Http, stores: Stores, settings: SeekerSettings
) -> None:
    card = await issued(http)
    code = await code_of(stores, settings)
    seen = (await http.call("GET", f"/papers/{code}", account=None)).json()
    assert seen == {
        "type": "ak1",
        "number": card["number"],
        "initials": "SA",
        "issued": card["issued_on"],
        "valid_until": card["valid_until"],
        "state": "valid",
    }
    await officer(http, "POST", f"/{card['id']}/revoke", {"reason": "false_data"})
    assert (await http.call("GET", f"/papers/{code}", account=None)).json()["state"] == "revoked"
    forged = await http.call("GET", f"/papers/{code[:-2]}xx", account=None)
    assert (forged.status_code, forged.json()["code"]) == (404, "paper_unknown")


async def test_the_published_keys_check_a_paper_offline(http: Http, stores: Stores, settings: SeekerSettings) -> None:
    card = await issued(http)
    published = (await http._client.get("/.well-known/paper-keys.json")).json()
    facts = PaperVerifier(published).verify(await code_of(stores, settings))
    assert (facts.number, facts.initials) == (card["number"], "SA")


async def test_a_photo_may_be_larger_than_other_bodies_and_no_larger_than_five_megabytes(http: Http) -> None:
    noisy = Image.effect_noise((900, 1200), 90).convert("RGB")
    out = io.BytesIO()
    noisy.save(out, "JPEG", quality=95)
    assert len(out.getvalue()) > 200_000
    assert (await send_photo(http, out.getvalue())).status_code == 200
    assert (await send_photo(http, b"\xff" * 5_300_000)).status_code == 413
    refused = await send_photo(http, b"not a photo")
    assert (refused.status_code, refused.json()["code"]) == (422, "photo_unreadable")


async def put_back(stores: Stores, days: int) -> None:
    """As if it had been issued so many days earlier."""
    card = (await stores.cards.of_seeker(SITI))[0]
    assert card.issued_on is not None
    assert card.valid_until is not None
    earlier = timedelta(days=days)
    moved = {"issued_on": card.issued_on - earlier, "valid_until": card.valid_until - earlier}
    row: Document = await stores.cards._fields(card.model_copy(update=moved))
    await stores.cards.cards.update_one({"_id": card.id}, {"$set": row})


async def test_the_question_comes_by_the_clock_and_its_link_answers_it_without_a_login(
    http: Http, stores: Stores, house: House
) -> None:
    await issued(http)
    await put_back(stores, 175)
    house.clock.at = house.clock.at.replace(year=2100)
    from services.seeker.commands.cards import CardClock

    worker = CardClock(stores.cards, tokens=house.card_tokens)
    assert await worker.run(clock.now()) == 1
    assert await worker.run(clock.now()) == 0
    asked_for = (await house.news(stores.cards.cards))[-1]["data"]
    assert (asked_for["days"], asked_for["state"]) == (-14, "report_due")
    body = {"token": asked_for["report_token"], "working": False}
    for _ in range(2):
        assert (await http.call("POST", "/card-reports", body, account=None)).status_code == 204
    mine = (await http.call("GET", "/me/cards")).json()["items"][0]
    assert (mine["state"], len(mine["reports"])) == ("issued", 1)
    assert [event["type"] for event in await house.news(stores.cards.cards)].count("JobseekerCardReported.v1") == 1
    forged = await http.call("POST", "/card-reports", {**body, "token": "card_1~20270524.x"}, account=None)
    assert (forged.status_code, forged.json()["code"]) == (404, "report_link_unknown")


@pytest.mark.parametrize(("word", "state"), [("belum", "issued"), ("kerja", "employed"), ("ya", "report_due")])
async def test_a_word_by_sms_answers_the_question_once_and_only_for_its_card(
    word: Any, state: str, http: Http, stores: Stores, house: House
) -> None:
    card = await issued(http)
    await put_back(stores, 175)
    house.clock.at = clock.now()  # the card was issued by the real one
    said = ReplyReceived(account_id=SITI, word=word, id4="9999", message="ak1_report_due", received_at=house.clock.at)
    await house.tell(said, "rpl_0")
    assert [event["type"] for event in await house.news(stores.cards.cards)].count("JobseekerCardReported.v1") == 0
    told = said.model_copy(update={"id4": card["number"].split("-")[2][-4:]})
    for _ in range(2):
        await house.tell(told, "rpl_1")
    mine = (await http.call("GET", "/me/cards")).json()["items"][0]
    assert (mine["state"], len(mine["reports"])) == (state, int(word == "belum"))


async def test_who_answers_in_the_portal_has_reported(http: Http, stores: Stores) -> None:
    await issued(http)
    assert (await http.call("POST", "/me/card/report", {"working": False})).status_code == 409
    await put_back(stores, 175)
    done = await http.call("POST", "/me/card/report", {"working": False})
    assert (done.status_code, done.json()["state"]) == (200, "issued")


async def test_a_card_that_ran_out_is_not_good_even_before_the_worker_came_by(
    http: Http, stores: Stores, settings: SeekerSettings
) -> None:
    await issued(http)
    await put_back(stores, 230)
    code = await code_of(stores, settings)
    assert (await http.call("GET", f"/papers/{code}", account=None)).json()["state"] == "lapsed"
    late = await http.call("POST", "/me/card/report", {"working": False})
    assert (late.status_code, late.json()["state"]) == (409, "lapsed")
    again = await http.call("PUT", "/me/card", DETAILS)
    assert (again.status_code, again.json()["state"]) == (200, "draft")
    assert again.json()["id"] != (await stores.cards.numbered(code.split(".")[2])).id


async def test_a_placement_ends_the_card_once(http: Http, stores: Stores, house: House) -> None:
    await issued(http)
    event = ApplicationHired(
        number="LMR-2026-000001",
        state="hired",
        seeker_id=SITI,
        vacancy_id="vac_1",
        vacancy_number="LWK-2026-000001",
        vacancy_title="Penjahit",
        employer_id="emp_1",
        employer_name="Konveksi",
        submitted_at=house.clock.at,
        answer_by=None,
        start_date=None,
    )
    for _ in range(2):
        await house.tell(event, "app_1")
    mine = (await http.call("GET", "/me/cards")).json()["items"][0]
    assert mine["state"] == "employed"
    assert [event["type"] for event in await house.news(stores.cards.cards)].count("JobseekerCardEmployed.v1") == 1


async def test_a_card_of_another_person_cannot_be_touched(http: Http) -> None:
    await issued(http)
    assert (await http.call("GET", "/me/cards", account=BUDI)).json()["items"] == []
    assert (await http.call("POST", "/me/card/report", {"working": True}, BUDI)).status_code == 404
    assert (await raw(http, "/me/card/paper", BUDI)).status_code == 404
    assert (await raw(http, "/me/card/photo", BUDI)).status_code == 404
