"""An employer's advert after it was sent in: each step goes to the API, and what stands against it is told."""

import httpx2
import pytest

from services.portal.tests.fake_api import FakeApi, problem
from services.portal.tests.samples import PIECEWORK, VACANCY
from services.portal.tests.walking import sign_in, submit

CLOSES = {"closes_on_day": "31", "closes_on_month": "1", "closes_on_year": "2027"}


def state(api: FakeApi, name: str, **more: object) -> None:
    api.replies["GET /vacancies/vac_1"] = (200, {**VACANCY, "state": name, **more})


@pytest.mark.parametrize(
    ("at", "step", "api_step"),
    [("submitted", "ambil", "take-back"), ("published", "jeda", "pause"), ("paused", "lanjut", "resume")],
)
async def test_steps_of_one_press(
    browser: httpx2.AsyncClient, api: FakeApi, at: str, step: str, api_step: str
) -> None:
    sign_in(browser, "employer")
    state(api, at)
    api.replies[f"POST /vacancies/vac_1/{api_step}"] = (200, VACANCY)
    answer = await submit(browser, "/pasang/vac_1", {}, to=f"/pasang/vac_1/{step}")
    assert answer.headers["location"] == f"/pasang/vac_1?pesan=advert_{api_step.replace('-', '_')}"
    assert api.sent("POST", f"/vacancies/vac_1/{api_step}") == [{}]


@pytest.mark.parametrize(
    ("at", "step", "api_step", "fields", "sent"),
    [
        ("published", "perpanjang", "extend", CLOSES, {"closes_on": "2027-01-31"}),
        ("paused", "terisi", "fill", {}, {}),
        ("published", "terisi", "fill", {"filled_count": "1"}, {"filled_count": 1}),
        ("paused", "tutup", "close", {"reason": "postponed"}, {"reason": "Ditunda"}),
        ("filled", "buka-lagi", "reopen", {**CLOSES, "openings": "3"}, {"closes_on": "2027-01-31", "openings": 3}),
    ],
)
async def test_steps_that_ask_first(
    browser: httpx2.AsyncClient,
    api: FakeApi,
    at: str,
    step: str,
    api_step: str,
    fields: dict[str, str],
    sent: dict[str, object],
) -> None:
    sign_in(browser, "employer")
    state(api, at)
    api.replies[f"POST /vacancies/vac_1/{api_step}"] = (200, VACANCY)
    assert f'href="/pasang/vac_1/{step}"' in (await browser.get("/pasang/vac_1")).text
    answer = await submit(browser, f"/pasang/vac_1/{step}", fields)
    assert answer.headers["location"] == f"/pasang/vac_1?pesan=advert_{api_step}"
    assert api.sent("POST", f"/vacancies/vac_1/{api_step}") == [sent]


async def test_extension_without_or_with_a_wrong_day(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "employer")
    assert (await submit(browser, "/pasang/vac_1/perpanjang", {})).status_code == 422
    errors = [{"pointer": "/closes_on", "detail": "Pilih tanggal yang lebih lambat."}]
    api.replies["POST /vacancies/vac_1/extend"] = problem(422, "invalid_input", errors=errors)
    answer = await submit(browser, "/pasang/vac_1/perpanjang", CLOSES)
    assert answer.status_code == 422
    assert answer.text.count("Pilih tanggal yang lebih lambat.") == 2
    assert 'value="31"' in answer.text


async def test_what_stands_against_a_step_is_told(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "employer")
    api.replies["POST /vacancies/vac_1/pause"] = problem(409, "wrong_state", state="closed")
    gone = await submit(browser, "/pasang/vac_1", {}, to="/pasang/vac_1/jeda")
    assert gone.headers["location"].endswith("pesan=changed")
    state(api, "draft")
    api.replies["POST /vacancies/vac_1/submit"] = problem(409, "owes_answers")
    owing = await submit(browser, "/pasang/vac_1", {}, to="/pasang/vac_1/kirim")
    assert owing.status_code == 422
    assert "Judul owes_answers" in owing.text


async def test_only_steps_that_can_be_taken_are_offered(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "employer")
    state(api, "paused", reason_code="under_review")
    html = (await browser.get("/pasang/vac_1")).text
    assert "/pasang/vac_1/lanjut" not in html
    assert "Dijeda sampai diperiksa petugas" in html
    state(api, "published", extensions=2)
    assert "/pasang/vac_1/perpanjang" not in (await browser.get("/pasang/vac_1")).text
    state(api, "closed")
    assert (await browser.get("/pasang/vac_1/perpanjang")).headers["location"].endswith("pesan=changed")


@pytest.mark.parametrize("name", ["returned", "refused"])
async def test_reasons_are_told_in_both_languages(browser: httpx2.AsyncClient, api: FakeApi, name: str) -> None:
    sign_in(browser, "employer")
    state(api, name, reason="Pelamar diminta membayar. Itu dilarang.", reason_code="asks_money")
    assert "Pelamar diminta membayar" in (await browser.get("/pasang/vac_1")).text
    english = (await browser.get("/en/pasang/vac_1")).text
    assert "Applicants are asked for money" in english
    assert "Pelamar diminta membayar" in english


async def test_old_advert_is_copied_without_its_dates(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "employer")
    state(api, "expired", answer_by="2020-01-07", closes_on="2020-01-01")
    html = (await browser.get("/pasang/baru?salin=vac_1")).text
    assert 'value="Penjahit"' in html
    assert 'value="2020"' not in html
    api.replies["POST /vacancies"] = (201, VACANCY)
    answer = await submit(browser, "/pasang/baru?salin=vac_1", {"title": "Penjahit", **CLOSES}, to="/pasang/baru")
    assert answer.status_code == 303


async def test_piecework_is_posted(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "employer")
    api.replies["POST /vacancies"] = (201, VACANCY)
    fields = {"title": "Jahit sarung bantal", "kind": "piecework_home", "piecework_rate": "500", **CLOSES}
    half = await submit(browser, "/pasang/baru", fields)
    assert half.status_code == 422
    assert "Tulis berapa menit" in half.text
    fields |= {"piecework_minutes_per_piece": "6", "piecework_pay_day": "weekly", "piecework_collected_by": "worker"}
    fields |= {"piecework_defect_rule": "Diperbaiki dulu, lalu dibayar penuh."}
    await submit(browser, "/pasang/baru", fields)
    sent = api.sent("POST", "/vacancies")[0]
    assert sent["piecework"] == PIECEWORK
    assert (sent["workplace"], "wage" in sent) == ("home", False)


async def test_a_live_advert_is_changed_and_what_waits_is_told(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "employer")
    waiting = {"revision": 1, "since": VACANCY["published_at"], "employer_name": "Konveksi Contoh", "flags": []}
    changed = {**VACANCY, "waiting": {**waiting, "new": {"title": "Penjahit seragam"}}}
    api.replies["PATCH /vacancies/vac_1"] = (200, changed)
    answer = await submit(browser, "/pasang/vac_1/ubah", {"title": "Penjahit seragam"})
    assert answer.headers["location"] == "/pasang/vac_1?pesan=advert_waits"
    api.replies["GET /vacancies/vac_1"] = (200, changed)
    html = (await browser.get("/pasang/vac_1")).text
    assert "Perubahan menunggu petugas" in html
    assert "Nama pekerjaan" in html
    assert 'value="Penjahit seragam"' in (await browser.get("/pasang/vac_1/ubah")).text
