"""The pages of the own data: everything in one file, requests that say what is missing, and officers who answer."""

import httpx2

from services.portal.tests.fake_api import FakeApi, page, problem
from services.portal.tests.samples import APPLICATION, DATA_REQUEST
from services.portal.tests.walking import sign_in, submit

MINE = "/accounts/me/requests"


async def test_a_download_has_every_page_of_every_list(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "seeker")

    def applications(request: httpx2.Request) -> tuple[int, object]:
        more = request.url.params.get("cursor") is None
        return 200, {**page(APPLICATION), "next": "2" if more else None}

    api.replies["GET /applications"] = applications
    answer = await browser.get("/data-saya/unduh")
    assert "attachment" in answer.headers["content-disposition"]
    found = answer.json()
    assert len(found["applications"]) == 2
    assert found["account"]["name"] == "Siti"
    assert found["application_readers"][0]["name"] == "Konveksi Melati"
    assert {
        "profile",
        "messages",
        "saved_vacancies",
        "saved_searches",
        "trainings",
        "requests",
        "card_readers",
    } <= set(found)


async def test_who_looked_is_one_list_the_newest_first(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "seeker")
    html = (await browser.get("/data-saya")).text
    assert html.index("3577-2026-000123-0") < html.index("Konveksi Melati")
    for words in ("Petugas Dinas", "LMR-2026-000123", "3 kali hari itu", "di daftar", "diunduh sebagai berkas"):
        assert words in html
    assert "Officer of the employment office" in (await browser.get("/en/data-saya")).text
    api.replies["GET /applications/readers"] = api.replies["GET /seekers/me/readers"] = (200, page())
    assert "Belum ada yang membuka" in (await browser.get("/data-saya")).text
    sign_in(browser, "employer")
    assert "Siapa melihat data saya" not in (await browser.get("/data-saya")).text


async def test_a_consent_is_given_to_the_words_that_were_read_and_taken_back_by_one_press(
    browser: httpx2.AsyncClient, api: FakeApi
) -> None:
    sign_in(browser, "seeker")
    api.replies["POST /seekers/me/consents/[a-z_]+/(give|withdraw)"] = (200, {})
    html = (await browser.get("/data-saya")).text
    for words in ("Boleh mengirimi saya kabar.", "kalimat versi 2026-12", "Berjalan sejak profil dibuat", "ditarik"):
        assert words in html
    here = "/data-saya/persetujuan"
    given = await submit(browser, "/data-saya", {}, to=f"{here}/province_share/beri")
    assert given.headers["location"] == "/data-saya?pesan=consent_given#persetujuan"
    assert api.sent("POST", "/seekers/me/consents/province_share/give") == [{"text_version": "2026-12"}]
    taken = await submit(browser, "/data-saya", {}, to=f"{here}/match_hints/tarik")
    assert taken.headers["location"] == "/data-saya?pesan=consent_withdrawn#persetujuan"
    api.replies["POST /seekers/me/consents/[a-z_]+/(give|withdraw)"] = problem(409, "text_changed")
    changed = await submit(browser, "/data-saya", {}, to=f"{here}/province_share/beri")
    assert changed.headers["location"] == "/data-saya?pesan=changed#persetujuan"
    sign_in(browser, "employer")
    assert "Persetujuan saya" not in (await browser.get("/data-saya")).text


async def test_an_erasure_needs_to_be_understood_first(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "seeker")
    api.replies[f"POST {MINE}"] = (201, DATA_REQUEST)
    refused = await submit(browser, "/data-saya", {"kind": "erasure"}, to="/data-saya/permintaan")
    assert refused.status_code == 422
    assert "Centang dulu" in refused.text
    answer = await submit(browser, "/data-saya", {"kind": "erasure", "sure": "1"}, to="/data-saya/permintaan")
    assert answer.headers["location"] == "/data-saya?pesan=right_asked#permintaan"
    assert api.sent("POST", MINE) == [{"kind": "erasure", "words": None}]


async def test_a_correction_without_a_word_is_not_sent(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "employer")
    refused = await submit(browser, "/data-saya", {"kind": "correction"}, to="/data-saya/permintaan")
    assert refused.status_code == 422
    assert api.sent("POST", MINE) == []


async def test_an_officer_erases_only_after_looking_and_refuses_only_with_a_reason(
    browser: httpx2.AsyncClient, api: FakeApi
) -> None:
    sign_in(browser, "officer")
    one = "/petugas/data/req_1"
    api.replies["POST /accounts/requests/req_1/erase"] = (200, {**DATA_REQUEST, "state": "erasing"})
    api.replies["POST /accounts/requests/req_1/refuse"] = (200, {**DATA_REQUEST, "state": "refused"})
    assert (await submit(browser, one, {}, to=f"{one}/hapus")).status_code == 422
    assert (await submit(browser, one, {}, to=f"{one}/tolak")).status_code == 422
    done = await submit(browser, one, {"sure": "1"}, to=f"{one}/hapus")
    assert done.headers["location"] == "/petugas/data?pesan=right_answered"
    await submit(browser, one, {"words": "Masih ada AK-1 aktif."}, to=f"{one}/tolak")
    assert api.sent("POST", "/accounts/requests/req_1/refuse") == [{"words": "Masih ada AK-1 aktif."}]
