"""The employer's questions to applicants: added one by one, taken out, copied with the advert."""

from typing import Any

import httpx2
import pytest

from services.portal.tests.fake_api import FakeApi, problem
from services.portal.tests.samples import VACANCY
from services.portal.tests.walking import sign_in, submit

SATURDAY: dict[str, Any] = {
    "id": "q1",
    "kind": "yes_no",
    "text": "Bersedia kerja Sabtu?",
    "options": [],
    "need": "must_have",
    "wanted": ["yes"],
    "at_least": None,
    "at_most": None,
}
DRAFT: dict[str, Any] = {**VACANCY, "state": "draft", "questions": [SATURDAY], "documents_asked": ["cv"]}
BARE = {"kind": "yes_no", "text": "Bersedia kerja Sabtu?", "need": "must_have", "wanted": ["yes"]}


@pytest.fixture(autouse=True)
def draft(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "employer")
    api.replies["GET /vacancies/vac_1"] = (200, DRAFT)
    api.replies["PATCH /vacancies/vac_1"] = (200, DRAFT)


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ({"text": "Punya SIM C?", "kind": "yes_no", "need": ""}, {"kind": "yes_no", "text": "Punya SIM C?"}),
        (
            {"text": "Bisa malam?", "kind": "yes_no", "need": "nice_to_have", "wanted_yes_no": "no", "wanted": "x"},
            {"kind": "yes_no", "text": "Bisa malam?", "need": "nice_to_have", "wanted": ["no"]},
        ),
        (
            {"text": "Giliran?", "kind": "choice", "options": "Pagi, Sore", "need": "must_have", "wanted": "pagi"},
            {
                "kind": "choice",
                "text": "Giliran?",
                "options": ["Pagi", "Sore"],
                "need": "must_have",
                "wanted": ["Pagi"],
            },
        ),
        (
            {"text": "Berapa tahun?", "kind": "number", "need": "must_have", "at_least": "2"},
            {"kind": "number", "text": "Berapa tahun?", "need": "must_have", "at_least": 2},
        ),
    ],
)
async def test_a_question_is_added_behind_the_others(
    browser: httpx2.AsyncClient, api: FakeApi, typed: dict[str, str], sent: dict[str, Any]
) -> None:
    answer = await submit(browser, "/pasang/vac_1/tanya", typed)
    assert answer.headers["location"] == "/pasang/vac_1/tanya?pesan=asking_saved"
    assert api.sent("PATCH", "/vacancies/vac_1") == [{"questions": [BARE, sent]}]
    patch = next(request for request in api.asked if request.method == "PATCH")
    assert patch.headers["if-match"] == '"3"'


async def test_a_refused_question_is_told_beside_its_field_with_what_was_typed(
    browser: httpx2.AsyncClient, api: FakeApi
) -> None:
    errors = [{"pointer": "/questions/1/text", "detail": "Jangan tanyakan usia."}]
    api.replies["PATCH /vacancies/vac_1"] = problem(422, "invalid_input", errors=errors)
    answer = await submit(browser, "/pasang/vac_1/tanya", {"text": "Berapa usia Anda?", "kind": "number", "need": ""})
    assert answer.status_code == 422
    assert '<a href="#text">Jangan tanyakan usia.</a>' in answer.text
    assert 'value="Berapa usia Anda?"' in answer.text


async def test_a_question_is_taken_out_and_papers_are_chosen(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    await submit(browser, "/pasang/vac_1/tanya", {"question": "q1"}, to="/pasang/vac_1/tanya/hapus")
    fields: dict[str, str | list[str]] = {"documents_asked": ["diploma", "cv"]}
    await submit(browser, "/pasang/vac_1/tanya", fields, to="/pasang/vac_1/tanya/berkas")
    assert api.sent("PATCH", "/vacancies/vac_1") == [{"questions": []}, {"documents_asked": ["cv", "diploma"]}]


async def test_a_copy_asks_what_the_older_advert_asked(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    api.replies["POST /vacancies"] = (201, {**DRAFT, "id": "vac_2"})
    page = await browser.get("/pasang/baru?salin=vac_1")
    assert 'name="salin" value="vac_1"' in page.text
    await submit(browser, "/pasang/baru?salin=vac_1", {"title": "Penjahit", "salin": "vac_1"}, to="/pasang/baru")
    sent = api.sent("POST", "/vacancies")[0]
    assert (sent["questions"], sent["documents_asked"]) == ([BARE], ["cv"])


async def test_everybody_reads_on_the_advert_what_will_be_asked(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    browser.cookies.clear()
    api.replies["GET /vacancies/[^/]+"] = (200, {**DRAFT, "state": "published", "licences": ["sim_c"]})
    page = await browser.get("/lowongan/LWK-2026-000001-penjahit")
    for words in ("Bersedia kerja Sabtu?", "(Wajib: Ya)", "Siapkan salinan: CV.", "SIM C"):
        assert words in page.text


async def test_a_published_advert_keeps_its_questions(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    api.replies["GET /vacancies/vac_1"] = (200, {**DRAFT, "state": "published"})
    answer = await browser.get("/pasang/vac_1/tanya")
    assert answer.headers["location"] == "/pasang/vac_1?pesan=changed"
