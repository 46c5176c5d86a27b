"""Officers: what the rules found, stock reasons, recall, reports, and the wage table."""

import httpx2
import pytest

from services.portal.tests.fake_api import FakeApi, page, problem
from services.portal.tests.samples import EMPLOYER, VACANCY
from services.portal.tests.test_findings import FINDING
from services.portal.tests.walking import sign_in, submit

SUBMITTED = {**VACANCY, "state": "submitted", "flags": [FINDING]}
ONE = "/petugas/lowongan/vac_1"
REASONS = [
    {
        "code": "unclear_wage",
        "steps": ["return"],
        "indonesian": "Upahnya belum jelas.",
        "english": "The wage is not clear.",
    },
    {
        "code": "asks_money",
        "steps": ["refuse", "recall"],
        "indonesian": "Pelamar diminta membayar.",
        "english": "They ask for money.",
    },
]


@pytest.fixture
def api(api: FakeApi) -> FakeApi:
    api.replies |= {"GET /officer/reasons": (200, {"items": REASONS}), "GET /vacancies/vac_1": (200, SUBMITTED)}
    return api


async def test_queue_shows_what_the_rules_found(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "officer")

    def queue(request: httpx2.Request) -> tuple[int, object]:
        paused = {**VACANCY, "title": "Sudah dilaporkan", "state": "paused", "reason_code": "under_review"}
        return 200, page(paused if request.url.params["state"] == "paused" else SUBMITTED)

    api.replies["GET /officer/vacancies"] = queue
    html = (await browser.get("/petugas")).text
    for words in ("M6", "wanita maks 25 tahun</mark>", "SE Menaker", "Sudah dilaporkan"):
        assert words in html


@pytest.mark.parametrize(
    ("step", "api_step", "code", "text"),
    [
        ("kembalikan", "return", "unclear_wage", "Upahnya belum jelas. Tulis angkanya ya."),
        ("tolak", "refuse", "asks_money", "Pelamar diminta membayar. Tulis angkanya ya."),
        ("tarik", "recall", "asks_money", "Pelamar diminta membayar. Tulis angkanya ya."),
    ],
)
async def test_stock_reason_with_own_words(
    browser: httpx2.AsyncClient, api: FakeApi, step: str, api_step: str, code: str, text: str
) -> None:
    sign_in(browser, "officer")
    if step == "tarik":
        api.replies["GET /vacancies/vac_1"] = (200, VACANCY)
    api.replies[f"POST /vacancies/vac_1/{api_step}"] = (200, VACANCY)
    empty = await submit(browser, ONE, {}, to=f"{ONE}/{step}")
    assert empty.status_code == 422
    assert empty.text.count("Pilih alasan atau tulis penjelasan") == 2
    fields = {f"{api_step}_code": code, f"{api_step}_words": "Tulis angkanya ya."}
    done = await submit(browser, ONE, fields, to=f"{ONE}/{step}")
    assert done.status_code == 303
    assert api.sent("POST", f"/vacancies/vac_1/{api_step}") == [{"reason": text, "reason_code": code}]


async def test_unfair_advert_is_published_only_with_a_reason(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "officer")
    api.replies["POST /vacancies/vac_1/publish"] = problem(409, "fairness_unjustified")
    refused = await submit(browser, ONE, {}, to=f"{ONE}/terbitkan")
    assert refused.status_code == 422
    assert refused.text.count("Judul fairness_unjustified") == 2
    api.replies["POST /vacancies/vac_1/publish"] = (200, VACANCY)
    await submit(browser, ONE, {"publish_reason": "Penjaga asrama putri."}, to=f"{ONE}/terbitkan")
    assert api.sent("POST", "/vacancies/vac_1/publish")[-1] == {
        "accept_flags": True,
        "reason": "Penjaga asrama putri.",
    }


async def test_paused_after_reports_is_resumed(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "officer")
    api.replies["GET /vacancies/vac_1"] = (200, {**VACANCY, "state": "paused", "reason_code": "under_review"})
    api.replies["POST /vacancies/vac_1/resume"] = (200, VACANCY)
    done = await submit(browser, ONE, {}, to=f"{ONE}/lanjut")
    assert done.headers["location"] == "/petugas?pesan=advert_resume"


async def test_without_stock_reasons_officers_write_their_own(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "officer")
    api.replies["GET /officer/reasons"] = problem(404, "not_found")
    api.replies["POST /vacancies/vac_1/return"] = (200, VACANCY)
    await submit(browser, ONE, {"return_words": "Tulis upahnya."}, to=f"{ONE}/kembalikan")
    assert api.sent("POST", "/vacancies/vac_1/return") == [{"reason": "Tulis upahnya."}]


async def test_reports_are_listed(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "officer")
    vacancy = {"id": "vac_1", "number": "LWK-2026-000001", "title": "Penjahit", "state": "paused"}
    report = {"id": "rep_1", "vacancy": vacancy, "category": "asks_money", "text": "Diminta <b>transfer</b>"}
    more = {"at": "2026-11-21T04:00:00Z", "reporters": 3}
    api.replies["GET /officer/reports"] = (200, page({**report, **more}))
    html = (await browser.get("/petugas/laporan")).text
    assert "Meminta uang" in html
    assert "Diminta &lt;b&gt;transfer" in html
    assert f'href="{ONE}"' in html


async def test_wage_is_added_to_the_table(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "officer")
    row = {"region": "35.77", "from": "2025-01-01", "amount": 2_422_105, "decree": "Nomor 1", "confirmed": False}
    floors = {"month": 2_422_105, "piece_hour": 14_001}
    api.replies["GET /wages"] = (200, {"items": [row], "current": row, "floors": floors})
    api.replies["POST /officer/wages"] = (201, row)
    html = (await browser.get("/petugas/upah")).text
    for words in ("Rp2.422.105", "Rp14.001", "belum dicocokkan"):
        assert words in html
    assert (await submit(browser, "/petugas/upah", {})).status_code == 422
    fields = {"from_day": "1", "from_month": "1", "from_year": "2026", "amount": "2.588.794", "decree": "Nomor 2"}
    done = await submit(browser, "/petugas/upah", {**fields, "confirmed": "1"})
    assert done.headers["location"] == "/petugas/upah?pesan=wage_added"
    sent = {"region": "35.77", "from": "2026-01-01", "amount": 2_588_794, "decree": "Nomor 2", "confirmed": True}
    assert api.sent("POST", "/officer/wages") == [sent]


async def test_why_people_said_no_shows_counts_and_advice_by_field_and_by_ward(
    browser: httpx2.AsyncClient, api: FakeApi
) -> None:
    sign_in(browser, "officer")
    html = (await browser.get("/petugas/alasan")).text
    for words in ("Pengolahan dan kerajinan", "Terlalu jauh", "setidaknya 10 orang", "kerja dari rumah"):
        assert words in html
    ward = {"group": "35.77.03.1005", "label": "35.77.03.1005", "reasons": [{"why": "pay", "people": 5}]}
    api.replies["GET /applications/whys"] = (200, {"as_of": "2026-11-22T17:00:00Z", "items": [ward]})
    assert "Manisrejo" in (await browser.get("/petugas/alasan?per=kelurahan")).text
    assert [request.url.params["by"] for request in api.asked[-1:]] == ["ward"]


async def test_a_verified_employer_is_revoked_only_with_what_was_found_and_why(
    browser: httpx2.AsyncClient, api: FakeApi
) -> None:
    sign_in(browser, "officer")

    def queue(request: httpx2.Request) -> tuple[int, object]:
        verified = request.url.params["state"] == "verified"
        return 200, page({**EMPLOYER, "state": "verified"}) if verified else page()

    api.replies["GET /officer/employers"] = queue
    api.replies["POST /employers/emp_[^/]+/revoke"] = (200, EMPLOYER)
    here = f"/petugas/usaha/{EMPLOYER['id']}"
    assert (await submit(browser, here, {"words": "Kosong."}, to=f"{here}/cabut")).status_code == 422
    assert (await submit(browser, here, {"cause": "visit"}, to=f"{here}/cabut")).status_code == 422
    done = await submit(browser, here, {"cause": "visit", "words": "Kosong."}, to=f"{here}/cabut")
    assert done.headers["location"] == "/petugas?pesan=employer_revoked"
    sent = api.sent("POST", f"/employers/{EMPLOYER['id']}/revoke")
    assert sent == [{"cause": "visit", "reason": "Kosong."}]
