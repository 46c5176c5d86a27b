"""The pages of the own documents: kept, shown, removed."""

import httpx2
import pytest

from services.portal.tests.fake_api import ORIGIN, FakeApi, problem
from services.portal.tests.samples import KEPT
from services.portal.tests.walking import sign_in, submit

RAW = b"%PDF-1.7" + b"x" * 300_000


async def send(browser: httpx2.AsyncClient, raw: bytes, kind: str = "diploma") -> httpx2.Response:
    token = (await browser.get("/akun/dokumen")).text.split('name="csrf" value="')[-1].split('"')[0]
    files = {"file": ("ijazah.pdf" if raw else "", raw)}
    given = {"csrf": token, "kind": kind}
    return await browser.post("/akun/dokumen", files=files, data=given, headers={"Origin": ORIGIN})


async def test_a_document_goes_to_the_api_as_it_is(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "seeker")
    api.replies["POST /seekers/me/documents"] = (201, KEPT)
    done = await send(browser, RAW)
    assert done.headers["location"] == "/akun/dokumen?pesan=document_kept"
    assert (api.asked[-1].content, api.asked[-1].url.params["kind"]) == (RAW, "diploma")


@pytest.mark.parametrize(
    ("raw", "kind", "words"), [(b"", "diploma", "Pilih berkasnya dulu"), (RAW, "ktp", "Pilih jenis dokumennya")]
)
async def test_what_is_missing_is_said_beside_its_field(
    browser: httpx2.AsyncClient, api: FakeApi, raw: bytes, kind: str, words: str
) -> None:
    sign_in(browser, "seeker")
    refused = await send(browser, raw, kind)
    assert (refused.status_code, refused.text.count(words)) == (422, 2)
    assert not [request for request in api.asked if request.method == "POST"]


async def test_a_refused_file_says_why(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "seeker")
    errors = [{"pointer": "/file", "detail": "PDF ini memakai kata sandi"}]
    api.replies["POST /seekers/me/documents"] = problem(422, "document_locked", errors=errors)
    refused = await send(browser, RAW)
    assert (refused.status_code, refused.text.count("PDF ini memakai kata sandi")) == (422, 2)
    api.replies["POST /seekers/me/documents"] = problem(409, "too_many_documents")
    assert "Judul too_many_documents" in (await send(browser, RAW)).text


async def test_a_document_is_opened_and_removed(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "seeker")
    api.replies["GET /seekers/me/documents/doc_1"] = (200, {"stands for": "a file"})
    api.replies["DELETE /seekers/me/documents/doc_1"] = (204, None)
    html = (await browser.get("/akun/dokumen")).text
    assert "Ijazah" in html
    assert "82 KB" in html
    assert (await browser.get("/akun/dokumen/doc_1")).status_code == 200
    done = await submit(browser, "/akun/dokumen", {}, to="/akun/dokumen/doc_1/hapus")
    assert done.headers["location"] == "/akun/dokumen?pesan=document_gone"


@pytest.mark.parametrize(
    ("state", "words"),
    [("scanning", "tidak perlu mengirim lagi"), ("infected", "mengandung virus"), ("unreadable", "sudah kami hapus")],
)
async def test_what_is_not_clean_says_so_and_what_to_do_and_has_no_link(
    browser: httpx2.AsyncClient, api: FakeApi, state: str, words: str
) -> None:
    sign_in(browser, "seeker")
    api.replies["GET /seekers/me/documents"] = (200, {"items": [{**KEPT, "state": state}], "next": None})
    html = (await browser.get("/akun/dokumen")).text
    assert words in html
    assert 'href="/akun/dokumen/doc_1"' not in html
