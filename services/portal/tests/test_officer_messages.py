"""Officers' pages about messages: search, send again, previews, announcements."""

import httpx2
import pytest

from services.portal.tests.fake_api import FakeApi, problem
from services.portal.tests.samples import ANNOUNCEMENT, MESSAGE
from services.portal.tests.walking import sign_in, submit

NEWS = "/notifications/announcements"
ONE = "/petugas/pengumuman/ann_20261124abcdef"


@pytest.mark.parametrize(
    ("typed", "query"),
    [("LMR-2026-000123", {"number": "LMR-2026-000123"}), ("acc_0199", {"account": "acc_0199"})],
)
async def test_messages_are_asked_for_by_number_or_account(
    browser: httpx2.AsyncClient, api: FakeApi, typed: str, query: dict[str, str]
) -> None:
    sign_in(browser, "officer")
    html = (await browser.get(f"/petugas/pesan?cari={typed}")).text
    assert dict(api.asked[-1].url.params) == {**query, "limit": "20"}
    assert "smtp_550" in html
    assert "Diminta orangnya" in html


async def test_a_phone_number_is_never_asked_for(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "officer")
    refused = await submit(browser, "/petugas/pesan", {"cari": "0812 3456 7890"})
    assert (refused.status_code, refused.text.count("Tulis nomor seperti LMR-2026-000123")) == (422, 2)
    found = await submit(browser, "/petugas/pesan", {"cari": " lmr-2026-000123 "})
    assert found.headers["location"] == "/petugas/pesan?cari=LMR-2026-000123"
    await browser.get("/petugas/pesan?cari=081234567890")
    assert not [request for request in api.asked if request.url.path.endswith("/messages")]


async def test_a_message_is_sent_again_with_its_reason(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "officer")
    api.replies["POST /notifications/messages/send-again"] = (201, MESSAGE)
    page, values = (
        "/petugas/pesan?cari=acc_1",
        {"id": str(MESSAGE["id"]), "cari": "acc_1", "reason": "Diminta orangnya"},
    )
    done = await submit(browser, page, values, to="/petugas/pesan/ulang")
    assert done.headers["location"] == "/petugas/pesan?cari=acc_1&pesan=message_again"
    assert api.sent("POST", "/notifications/messages/send-again") == [
        {"id": MESSAGE["id"], "reason": "Diminta orangnya"}
    ]
    assert [len(one.headers["idempotency-key"]) for one in api.asked if one.url.path.endswith("send-again")] == [22]
    short = await submit(browser, page, {**values, "reason": "x"}, to="/petugas/pesan/ulang")
    assert short.status_code == 422
    api.replies["POST /notifications/messages/send-again"] = problem(409, "not_again")
    late = await submit(browser, page, values, to="/petugas/pesan/ulang")
    assert late.headers["location"].endswith("pesan=message_not_again")


async def test_an_example_goes_to_the_officer(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "officer")
    api.replies["POST /notifications/templates/rejected/test"] = (202, {"id": "try_1"})
    done = await submit(browser, "/petugas/surat/rejected", {}, to="/petugas/surat/rejected/coba/id")
    assert done.headers["location"] == "/petugas/surat/rejected?pesan=letter_sent"
    assert api.sent("POST", "/notifications/templates/rejected/test") == [{"language": "id"}]


async def test_a_breach_is_written_for_everybody_whatever_work_they_look_for(
    browser: httpx2.AsyncClient, api: FakeApi
) -> None:
    sign_in(browser, "officer")
    api.replies[f"POST {NEWS}"] = (201, {**ANNOUNCEMENT, "purpose": "breach"})
    values = {
        "indonesian_title": "Data bocor",
        "indonesian_body": "Nomor Anda terbaca orang lain.",
        "work": "daily",
    }
    await submit(browser, "/petugas/pengumuman/baru", {**values, "purpose": "breach"})
    (sent,) = api.sent("POST", NEWS)
    assert (sent["purpose"], sent["segment"]) == ("breach", {})


async def test_an_announcement_is_written_with_its_segment(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "officer")
    api.replies[f"POST {NEWS}"] = (201, ANNOUNCEMENT)
    empty = await submit(browser, "/petugas/pengumuman/baru", {"indonesian_title": "", "indonesian_body": ""})
    assert empty.status_code == 422
    values = {
        "indonesian_title": "Bursa kerja",
        "indonesian_body": "Sabtu pukul 08.00.",
        "path": "/lowongan",
        "kelurahan": "35.77.01.1008",
        "work": "daily",
        "per_minute": "20",
    }
    done = await submit(browser, "/petugas/pengumuman/baru", values)
    assert done.headers["location"] == f"{ONE}?pesan=announcement_saved"
    assert api.sent("POST", NEWS) == [
        {
            "purpose": "news",
            "indonesian": {"title": "Bursa kerja", "body": "Sabtu pukul 08.00."},
            "path": "/lowongan",
            "segment": {"kelurahan": ["35.77.01.1008"], "work_kinds": ["daily"]},
            "per_minute": 20,
        }
    ]


async def test_only_a_colleague_has_the_button_to_release(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "officer")
    html = (await browser.get(ONE)).text
    assert f'action="{ONE}/lepas"' in html
    assert "12 orang" in html
    api.replies[f"GET {NEWS}/[^/]+"] = (200, {**ANNOUNCEMENT, "mine": True})
    own = (await browser.get(ONE)).text
    assert f'action="{ONE}/lepas"' not in own
    assert "petugas lain yang melepasnya" in own
    api.replies[f"POST {NEWS}/[^/]+/stop"] = (200, ANNOUNCEMENT)
    done = await submit(browser, ONE, {}, to=f"{ONE}/henti")
    assert done.headers["location"] == f"{ONE}?pesan=announcement_henti"


async def test_news_stops_in_one_click_without_signing_in(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    api.replies["POST /notifications/stop-news"] = (204, {})
    shown = await browser.get("/kabar/berhenti?t=acc_1.x")
    assert not api.sent("POST", "/notifications/stop-news")
    assert 'action="/kabar/berhenti?t=acc_1.x"' in shown.text
    headers = {"Origin": "https://mail.example", "Sec-Fetch-Site": "cross-site"}
    done = await browser.post("/kabar/berhenti?t=acc_1.x", data={"List-Unsubscribe": "One-Click"}, headers=headers)
    assert (done.status_code, api.sent("POST", "/notifications/stop-news")) == (200, [{"token": "acc_1.x"}])
    api.replies["POST /notifications/stop-news"] = problem(404, "not_found")
    assert (await browser.post("/kabar/berhenti?t=x")).status_code == 404
