"""The employer's board: filters, many answers at once, what waits for its hour, notes, the table."""

from typing import Any

import httpx2
import pytest

from services.portal.tests.fake_api import FakeApi, page, problem
from services.portal.tests.samples import APPLICATION, VACANCY
from services.portal.tests.walking import sign_in, submit

BOARD = "/pelamar?lowongan=vac_1"
MATCH = {
    "met": 1,
    "total": 2,
    "needs": [
        {"kind": "skill", "value": "menjahit", "need": None, "state": "met"},
        {"kind": "licence", "value": "sim_c", "need": None, "state": "unmet"},
    ],
}
ANSWER = {
    "question": "q1",
    "kind": "yes_no",
    "text": "Bersedia kerja Sabtu?",
    "need": "must_have",
    "answer": "no",
    "wished": False,
}
FULL: dict[str, Any] = {**APPLICATION, "answers": [ANSWER], "documents": ["cv"], "match": MATCH}
HELD = {"application_id": "app_1", "to": "reject", "reason": "Belum.", "release_at": "2999-02-01T01:00:00Z"}


@pytest.fixture(autouse=True)
def signed_in(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "employer")
    api.replies["GET /applications"] = (200, page(FULL))
    api.replies["GET /applications/held"] = (200, page())
    api.replies["GET /applications/app_1/desk"] = (200, {"notes": [], "held": None})
    api.replies["GET /applications/app_1"] = (200, FULL)


async def test_the_board_says_what_fits_and_filters_go_to_the_api(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    answer = await browser.get(f"{BOARD}&keadaan=viewed&cocok=must")
    assert "1 dari 2 kebutuhan terpenuhi; belum: SIM C" in " ".join(answer.text.split())
    asked = next(request for request in api.asked if request.url.path.endswith("/applications"))
    assert (asked.url.params["state"], asked.url.params["fit"]) == ("viewed", "must")
    unknown = await browser.get(f"{BOARD}&keadaan=asleep&cocok=best")
    assert unknown.status_code == 200
    asked = [request for request in api.asked if request.url.path.endswith("/applications")][-1]
    assert not {"state", "fit"} & set(asked.url.params)


async def test_the_same_answer_goes_to_everybody_who_is_ticked(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    items = [{"outcome": "done"}, {"outcome": "refused"}]
    api.replies["POST /applications/decisions"] = (200, {"items": items})
    fields: dict[str, str | list[str]] = {"pilih": ["app_1", "app_2"], "to": "reject", "reason": "hours"}
    answer = await submit(browser, BOARD, {**fields, "when": "now"}, to="/pelamar/sekaligus")
    assert answer.headers["location"] == "/pelamar/sekaligus/selesai?lowongan=vac_1&d=1&h=0&t=1"
    assert api.sent("POST", "/applications/decisions") == [
        {
            "vacancy_id": "vac_1",
            "applications": ["app_1", "app_2"],
            "to": "reject",
            "reason": "Jam kerjanya belum cocok.",
        }
    ]
    told = (await browser.get(answer.headers["location"])).text
    assert "1 jawaban terkirim." in told
    assert "1 lamaran tidak bisa dijawab begini" in told


async def test_an_answer_for_later_goes_with_the_hour_of_madiun(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    api.replies["POST /applications/decisions"] = (200, {"items": [{"outcome": "held"}]})
    later = {"release_at_day": "1", "release_at_month": "2", "release_at_year": "2999", "release_hour": "8"}
    fields = {"pilih": "app_1", "to": "shortlist", "when": "later", **later}
    await submit(browser, BOARD, fields, to="/pelamar/sekaligus")
    assert api.sent("POST", "/applications/decisions")[0]["release_at"] == "2999-02-01T08:00:00+07:00"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"to": "shortlist", "when": "now"}, "Centang paling sedikit satu pelamar"),
        ({"pilih": "app_1", "when": "now"}, "Pilih jawabannya"),
        ({"pilih": "app_1", "to": "hire", "when": "now"}, "Pilih jawabannya"),
        ({"pilih": "app_1", "to": "reject", "when": "now"}, "Pilih satu alasan"),
        ({"pilih": "app_1", "to": "shortlist", "when": "later"}, "Tulis tanggal dan jamnya"),
    ],
)
async def test_what_is_missing_is_told_with_the_ticks_kept(
    browser: httpx2.AsyncClient, api: FakeApi, fields: dict[str, str], words: str
) -> None:
    answer = await submit(browser, BOARD, fields, to="/pelamar/sekaligus")
    assert answer.status_code == 422
    assert words in answer.text
    assert ('value="app_1" form="sekaligus" checked' in answer.text) == ("pilih" in fields)
    assert not api.sent("POST", "/applications/decisions")


async def test_an_hour_that_the_api_refuses_is_told_beside_the_day(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    errors = [{"pointer": "/release_at", "detail": "Pilih waktu yang belum lewat."}]
    api.replies["POST /applications/decisions"] = problem(422, "release_too_soon", errors=errors)
    later = {"release_at_day": "1", "release_at_month": "2", "release_at_year": "2020", "release_hour": "8"}
    fields = {"pilih": "app_1", "to": "shortlist", "when": "later", **later}
    answer = await submit(browser, BOARD, fields, to="/pelamar/sekaligus")
    assert answer.status_code == 422
    assert "Pilih waktu yang belum lewat." in answer.text


async def test_one_applicant_with_answers_needs_notes_and_what_waits(
    browser: httpx2.AsyncClient, api: FakeApi
) -> None:
    note = {"id": "note_1", "text": "Ramah di telepon", "at": "2026-11-21T04:00:00Z"}
    api.replies["GET /applications/app_1/desk"] = (200, {"notes": [note], "held": HELD})
    text = (await browser.get("/pelamar/app_1")).text
    for words in ("Bersedia kerja Sabtu?", "Tidak", "SIM C", "Ramah di telepon", "Terjadwal: Belum terpilih"):
        assert words in text
    api.replies["POST /applications/app_1/notes"] = (201, note)
    answer = await submit(browser, "/pelamar/app_1", {"note": "Halo"}, to="/pelamar/app_1/catatan")
    assert answer.headers["location"] == "/pelamar/app_1?pesan=note_saved#catatan"
    assert api.sent("POST", "/applications/app_1/notes") == [{"text": "Halo"}]
    for path, where in (("catatan/hapus", "notes/note_1"), ("jadwal/batal", "held")):
        api.replies[f"DELETE /applications/app_1/{where}"] = (200, {})
        await submit(browser, "/pelamar/app_1", {}, to=f"/pelamar/app_1/{path}")
        assert len(api.sent("DELETE", f"/applications/app_1/{where}")) == 1


async def test_the_page_stands_without_the_desk_of_a_newer_api(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    api.replies["GET /applications/app_1/desk"] = problem(404, "not_found")
    api.replies["GET /applications/held"] = problem(404, "not_found")
    api.replies["GET /applications/app_1"] = (200, APPLICATION)
    api.replies["GET /applications"] = (200, page(APPLICATION))
    assert (await browser.get("/pelamar/app_1")).status_code == 200
    assert (await browser.get(BOARD)).status_code == 200


async def test_the_seekers_page_shows_the_own_answers_without_a_judgement(
    browser: httpx2.AsyncClient, api: FakeApi
) -> None:
    sign_in(browser, "seeker")
    text = (await browser.get("/lamaran/app_1")).text
    assert "Bersedia kerja Sabtu?" in text
    assert "Belum<" not in text
    assert "Ramah" not in text


async def test_an_apply_page_asks_and_keeps_what_was_answered(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "seeker")
    asked: dict[str, Any] = {
        "id": "q1",
        "kind": "yes_no",
        "text": "Bersedia kerja Sabtu?",
        "options": [],
        "need": "must_have",
    }
    asked |= {"wanted": ["yes"], "at_least": None, "at_most": None}
    years = {**asked, "id": "q2", "kind": "number", "text": "Berapa tahun?", "wanted": [], "at_least": 2}
    pick = {**asked, "id": "q3", "kind": "choice", "text": "Giliran?", "options": ["Pagi", "Sore"], "need": None}
    story = {**asked, "id": "q4", "kind": "text", "text": "Ceritakan.", "need": None, "wanted": []}
    vacancy = {**VACANCY, "questions": [asked, years, pick, story], "documents_asked": ["cv", "diploma"]}
    api.replies["GET /vacancies/[^/]+"] = (200, vacancy)
    api.replies["GET /applications"] = (200, page())
    api.replies["POST /applications"] = (201, APPLICATION)
    path = "/lowongan/LWK-2026-000001-penjahit/lamar"
    missing = await submit(browser, path, {"answers_q2": "3", "documents": "cv"})
    assert missing.status_code == 422
    assert '<a href="#answers_q1">Jawab pertanyaan ini</a>' in missing.text
    assert 'value="3"' in missing.text
    good = {"answers_q1": "no", "answers_q2": "3", "answers_q3": "Sore", "answers_q4": "", "documents": "cv"}
    answer = await submit(browser, path, good)
    assert answer.headers["location"] == "/lamaran/app_1/terkirim"
    assert api.sent("POST", "/applications") == [
        {
            "vacancy_id": "vac_1",
            "note": None,
            "answers": {"q1": "no", "q2": 3, "q3": "Sore"},
            "documents": ["cv"],
        }
    ]


async def test_an_advert_tells_a_signed_in_seeker_what_fits(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "seeker")
    api.replies["GET /applications/match"] = (200, {"match": MATCH})
    text = (await browser.get("/lowongan/LWK-2026-000001-penjahit")).text
    assert "1 dari 2 kebutuhan terpenuhi" in text
    api.replies["GET /applications/match"] = (200, {"match": None})
    assert "kebutuhan terpenuhi" not in (await browser.get("/lowongan/LWK-2026-000001-penjahit")).text
