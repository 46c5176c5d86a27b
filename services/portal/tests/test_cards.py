"""AK-1 pages: asking for the card, the answer to its question, the officers' desk, and the check of a paper."""

import base64
from dataclasses import replace
from datetime import date
from typing import Any

import httpx2
import pytest

from services.portal.tests.card_samples import CARD_STATUS, DETAILS, DRAFT_CARD, ISSUED_CARD, OFFICER_CARD
from services.portal.tests.fake_api import ORIGIN, FakeApi, page, problem
from services.portal.tests.walking import sign_in, submit
from shared.papers.signing import KEYS_PATH, PaperFacts, PaperSigner
from shared.testing import TEST_KEY

SIGNER = PaperSigner(TEST_KEY)
FACTS = PaperFacts(type="ak1", number="3577-2026-000123-0", initials="SA", issued=date(2026, 11, 24))
TYPED = {
    **{name: DETAILS[name] for name in ("birth_place", "sex", "address", "kelurahan_code", "religion")},
    "marital_status": "married",
    "birth_date_day": "25",
    "birth_date_month": "2",
    "birth_date_year": "1990",
}


def cards(api: FakeApi, *found: dict[str, Any]) -> None:
    api.replies["GET /seekers/me/cards"] = (200, page(*found))


@pytest.mark.parametrize(
    ("found", "words"),
    [
        ([], "Isi ketiganya dulu"),
        ([DRAFT_CARD], "Kirim permohonan"),
        ([{**DRAFT_CARD, "state": "returned", "return_reason": "photo_unclear", "note": "gelap"}], "“gelap”"),
        ([{**DRAFT_CARD, "state": "submitted", "submitted_at": "2026-11-24T03:00:00Z"}], "Permohonan terkirim"),
        ([ISSUED_CARD], "24 November 2028"),
        ([{**ISSUED_CARD, "state": "report_due"}], "Masih mencari kerja? Jawab paling lambat"),
        ([{**ISSUED_CARD, "state": "lapsed", "renewable": True}], "Minta kartu baru"),
        ([{**ISSUED_CARD, "state": "expired", "renewable": True}, DRAFT_CARD], "Habis masa berlaku"),
    ],
)
async def test_each_state_says_what_to_do(
    browser: httpx2.AsyncClient, api: FakeApi, found: list[dict[str, Any]], words: str
) -> None:
    sign_in(browser, "seeker")
    cards(api, *found)
    assert words in (await browser.get("/ak1")).text
    assert (await browser.get("/en/ak1")).status_code == 200


async def test_data_as_on_the_ktp(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "seeker")
    cards(api)
    api.replies["PUT /seekers/me/card"] = (200, DRAFT_CARD)
    empty = await submit(browser, "/ak1/data", {})
    assert empty.status_code == 422
    assert empty.text.count("Pilih agama") == 2
    done = await submit(browser, "/ak1/data", TYPED)
    assert done.headers["location"].startswith("/ak1?")
    assert api.sent("PUT", "/seekers/me/card") == [DETAILS]


async def test_a_photo_goes_to_the_api_as_it_is(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "seeker")
    api.replies["PUT /seekers/me/card/photo"] = (200, DRAFT_CARD)
    html = (await browser.get("/ak1/foto")).text
    token = html.split('name="csrf" value="')[-1].split('"')[0]

    async def send(name: str, raw: bytes) -> httpx2.Response:
        given = {"photo": (name, raw)}
        return await browser.post("/ak1/foto", files=given, data={"csrf": token}, headers={"Origin": ORIGIN})

    none = await send("", b"")
    assert (none.status_code, none.text.count("Pilih foto dulu")) == (422, 2)
    raw = b"\xff\xd8\xff" + b"x" * 300_000
    done = await send("saya.jpg", raw)
    assert done.status_code == 303
    assert api.asked[-1].content == raw
    api.replies["PUT /seekers/me/card/photo"] = problem(
        422, "photo_too_small", errors=[{"pointer": "/photo", "detail": "Foto terlalu kecil"}]
    )
    refused = await send("saya.jpg", raw)
    assert (refused.status_code, refused.text.count("Foto terlalu kecil")) == (422, 2)


@pytest.mark.parametrize(("answer", "working"), [("belum", False), ("kerja", True)])
async def test_one_tap_answers(browser: httpx2.AsyncClient, api: FakeApi, answer: str, working: bool) -> None:
    sign_in(browser, "seeker")
    cards(api, {**ISSUED_CARD, "state": "report_due"})
    api.replies["POST /seekers/me/card/report"] = (200, ISSUED_CARD)
    done = await submit(browser, "/ak1", {}, to=f"/ak1/jawab/{answer}")
    assert done.headers["location"] == f"/ak1?pesan=card_{answer}"
    assert api.sent("POST", "/seekers/me/card/report") == [{"working": working}]


async def test_the_link_of_a_message_answers_without_a_login_and_opening_it_changes_nothing(
    browser: httpx2.AsyncClient, api: FakeApi
) -> None:
    api.replies["POST /seekers/card-reports"] = (204, None)
    opened = await browser.get("/ak1/lapor?t=card_1~20270524.proof")
    assert "Masih mencari kerja" in opened.text
    assert not api.sent("POST", "/seekers/card-reports")
    done = await browser.post("/ak1/lapor/belum?t=card_1~20270524.proof", headers={"Origin": ORIGIN})
    assert "laporan Anda tercatat" in done.text
    assert api.sent("POST", "/seekers/card-reports") == [{"token": "card_1~20270524.proof", "working": False}]
    api.replies["POST /seekers/card-reports"] = problem(404, "report_link_unknown")
    gone = await browser.post("/ak1/lapor/belum?t=x", headers={"Origin": ORIGIN})
    assert (gone.status_code, "tidak berlaku lagi" in gone.text) == (404, True)


async def test_the_desk_shows_the_queue_and_finds_a_card_by_its_number(
    browser: httpx2.AsyncClient, api: FakeApi
) -> None:
    sign_in(browser, "officer")
    html = (await browser.get("/petugas/ak1")).text
    assert "Siti Aminah" in html
    assert "Manisrejo" in html
    found = await browser.get("/petugas/ak1?nomor=3577-2026-000123-0")
    assert found.headers["location"] == "/petugas/ak1/card_1"
    api.replies["GET /seekers/cards/by-number"] = problem(404, "not_found")
    missing = await browser.get("/petugas/ak1?nomor=3577-2026-000123-1")
    assert (missing.status_code, missing.text.count("Tidak ada kartu dengan nomor ini")) == (422, 2)


@pytest.mark.parametrize(
    ("step", "api_step", "state", "fields", "body"),
    [
        ("terbitkan", "issue", "submitted", {}, {}),
        (
            "kembalikan",
            "return",
            "submitted",
            {"reason": "photo_unclear", "note": "Foto gelap"},
            {"reason": "photo_unclear", "note": "Foto gelap"},
        ),
        ("bekerja", "employed", "issued", {}, {}),
        ("cabut", "revoke", "report_due", {"revoke_reason": "double_card"}, {"reason": "double_card"}),
    ],
)
async def test_an_officer_decides(
    browser: httpx2.AsyncClient,
    api: FakeApi,
    step: str,
    api_step: str,
    state: str,
    fields: dict[str, str],
    body: dict[str, str],
) -> None:
    sign_in(browser, "officer")
    numbered = {name: ISSUED_CARD[name] for name in ("number", "issued_on", "valid_until")}
    api.replies["GET /seekers/cards/card_1"] = (200, {**OFFICER_CARD, **numbered, "state": state})
    api.replies[f"POST /seekers/cards/card_1/{api_step}"] = (200, OFFICER_CARD)
    if fields:
        empty = await submit(browser, "/petugas/ak1/card_1", {}, to=f"/petugas/ak1/card_1/{step}")
        assert (empty.status_code, empty.text.count("Pilih satu alasan")) == (422, 2)
    done = await submit(browser, "/petugas/ak1/card_1", fields, to=f"/petugas/ak1/card_1/{step}")
    assert done.status_code == 303
    assert api.sent("POST", f"/seekers/cards/card_1/{api_step}") == [body]


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("valid", "Asli dan berlaku"),
        ("expired", "habis masa berlakunya"),
        ("lapsed", "tidak berlaku lagi"),
        ("employed", "sudah selesai"),
        ("revoked", "Dicabut"),
    ],
)
async def test_whoever_scans_a_paper_reads_how_it_stands(
    browser: httpx2.AsyncClient, api: FakeApi, state: str, words: str
) -> None:
    api.replies["GET /seekers/papers/[^/]+"] = (200, {**CARD_STATUS, "state": state})
    code = SIGNER.sign(FACTS)
    html = (await browser.get(f"/cek/{code}")).text
    for part in (words, "3577-2026-000123-0", "SA", "24 November 2026"):
        assert part in html
    typed = await browser.get("/cek", params={"kode": f"https://kerja.example/cek/{code}"})
    assert words in typed.text
    assert (await browser.get(f"/en/cek/{code}")).status_code == 200


@pytest.mark.parametrize("code", ["abc", SIGNER.sign(FACTS), "1.ak1.x"])
async def test_what_is_not_ours_is_said_so(browser: httpx2.AsyncClient, api: FakeApi, code: str) -> None:
    api.replies["GET /seekers/papers/[^/]+"] = problem(404, "paper_unknown")
    answer = await browser.get(f"/cek/{code}")
    assert (answer.status_code, "Bukan dari kami" in answer.text) == (404, True)


@pytest.mark.parametrize("ours", [True, False])
async def test_a_kind_of_paper_whose_service_tells_nothing_is_checked_by_its_signature(
    browser: httpx2.AsyncClient, api: FakeApi, ours: bool
) -> None:
    stranger = PaperSigner(base64.b64encode(b"o" * 32).decode())
    api.replies[f"GET {KEYS_PATH}"] = (200, (SIGNER if ours else stranger).published())
    answer = await browser.get(f"/cek/{SIGNER.sign(replace(FACTS, type='surat', number='SRT-1'))}")
    assert ("Keadaannya hari ini tidak dapat kami tampilkan" in answer.text) is ours
    assert ("Bukan dari kami" in answer.text) is not ours


@pytest.mark.parametrize(("kind", "named"), [("lamaran", "Bukti lamaran"), ("kegiatan", "Laporan kegiatan")])
async def test_a_paper_of_one_day_is_genuine_as_of_that_day(
    browser: httpx2.AsyncClient, api: FakeApi, kind: str, named: str
) -> None:
    api.replies[f"GET {KEYS_PATH}"] = (200, SIGNER.published())
    code = SIGNER.sign(replace(FACTS, type=kind, number="LMR-2026-000123"))
    html = (await browser.get(f"/cek/{code}")).text
    assert "Asli, keadaan pada Selasa, 24 November 2026" in html
    assert named in html
    assert "tidak dapat kami tampilkan" not in html
    assert "Genuine, as things stood on" in (await browser.get(f"/en/cek/{code}")).text


@pytest.mark.parametrize("path", ["/ak1", "/ak1/data", "/ak1/foto", "/petugas/ak1", "/petugas/ak1/card_1"])
async def test_the_pages_are_for_their_people_only(browser: httpx2.AsyncClient, path: str) -> None:
    assert (await browser.get(path)).status_code in (302, 303)
    sign_in(browser, "employer")
    assert (await browser.get(path)).status_code == 403
