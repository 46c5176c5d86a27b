"""The CV's pages: what it tells is written in small forms, and the paper opens from there."""

import re
from html import unescape

import httpx2
import pytest

from services.portal.tests.fake_api import ORIGIN, FakeApi, problem
from services.portal.tests.samples import CAREER
from services.portal.tests.walking import sign_in, submit

SELLER, TAILOR = CAREER["jobs"]
REST = {name: CAREER[name] for name in ("about", "school", "courses")}
TYPED = {
    "title": "Juru masak",
    "employer": "Warung Bu Tin",
    **{"since_month": "3", "since_year": "2024", "until_month": "", "until_year": ""},
    "text": "",
}
COOK = {"title": "Juru masak", "employer": "Warung Bu Tin", "since": "2024-03", "until": None, "text": None}


@pytest.fixture(autouse=True)
def seeker(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "seeker")
    api.replies["PUT /seekers/me/career"] = (200, CAREER)


def sent(api: FakeApi) -> httpx2.Request:
    return next(request for request in api.asked if request.method == "PUT")


async def test_the_page_shows_all_that_the_cv_will_hold(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    html = (await browser.get("/akun/cv")).text
    for part in ("Penjaga toko", "Juli 2023 sampai sekarang", "Maret 2019 sampai Juni 2023", "Menjahit dasar"):
        assert part in html
    for part in ("Teliti.", "+6283900000001", "Madrasah", "/akun/cv.pdf?foto=1"):
        assert part in html
    api.replies["GET /seekers/me/cards"] = (200, {"items": []})
    assert "foto=1" not in (await browser.get("/akun/cv")).text


async def test_whoever_has_no_profile_writes_that_first(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    api.replies["GET /seekers/me/career"] = problem(404, "not_found")
    answer = await browser.get("/akun/cv")
    assert answer.headers["location"] == "/akun/profil?lanjut=/akun/cv&pesan=cv_profile_first"


async def test_a_job_is_added_beside_the_others_over_the_version_that_was_shown(
    browser: httpx2.AsyncClient, api: FakeApi
) -> None:
    answer = await submit(browser, "/akun/cv/pekerjaan/baru", TYPED)
    assert answer.headers["location"] == "/akun/cv?pesan=cv_saved"
    assert api.sent("PUT", "/seekers/me/career") == [{**REST, "jobs": [COOK, SELLER, TAILOR]}]
    assert sent(api).headers["if-match"] == '"4"'


async def test_a_job_is_changed_in_its_place(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    html = (await browser.get("/akun/cv/pekerjaan/1")).text
    for value in ("Penjahit", "Melati", "2019", "2023"):
        assert f'value="{value}"' in html
    await submit(browser, "/akun/cv/pekerjaan/1", TYPED)
    assert api.sent("PUT", "/seekers/me/career") == [{**REST, "jobs": [COOK, SELLER]}]


async def test_what_is_removed_is_gone_and_the_rest_stays(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    await submit(browser, "/akun/cv", {}, to="/akun/cv/pekerjaan/0/hapus")
    await submit(browser, "/akun/cv", {}, to="/akun/cv/kursus/0/hapus")
    first, second = api.sent("PUT", "/seekers/me/career")
    assert first == {**REST, "jobs": [TAILOR]}
    assert second == {**REST, "jobs": [SELLER, TAILOR], "courses": []}


async def test_a_course_and_the_own_words_are_written(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    await submit(browser, "/akun/cv/kursus/baru", {"name": "Las", "by": "", "year": "2020"})
    await submit(browser, "/akun/cv/tentang", {"about": "", "school": "SMK 3"})
    course, words = api.sent("PUT", "/seekers/me/career")
    assert course["courses"] == [{"name": "Las", "by": None, "year": 2020}, *CAREER["courses"]]
    assert (words["about"], words["school"], words["jobs"]) == (None, "SMK 3", CAREER["jobs"])


async def test_what_is_missing_or_refused_is_said_beside_its_field_and_what_was_typed_stays(
    browser: httpx2.AsyncClient, api: FakeApi
) -> None:
    empty = await submit(browser, "/akun/cv/pekerjaan/baru", {"since_month": "13", "since_year": "2024"})
    assert (empty.status_code, empty.text.count("Tulis bulan dan tahun dengan angka")) == (422, 2)
    assert not api.sent("PUT", "/seekers/me/career")
    errors = [{"pointer": "/jobs/0/since", "detail": "Bulan ini belum tiba"}]
    api.replies["PUT /seekers/me/career"] = problem(422, "month_ahead", errors=errors)
    refused = await submit(browser, "/akun/cv/pekerjaan/baru", TYPED)
    assert (refused.status_code, refused.text.count("Bulan ini belum tiba")) == (422, 2)
    assert "Warung Bu Tin" in refused.text


async def test_what_changed_elsewhere_meanwhile_is_not_written_over(
    browser: httpx2.AsyncClient, api: FakeApi
) -> None:
    api.replies["PUT /seekers/me/career"] = problem(412, "stale_version")
    answer = await submit(browser, "/akun/cv", {}, to="/akun/cv/pekerjaan/0/hapus")
    assert answer.headers["location"] == "/akun/cv?pesan=changed"


@pytest.mark.parametrize("path", ["/akun/cv/pekerjaan/9", "/akun/cv/pekerjaan/-1", "/akun/cv/hobi/0"])
async def test_what_is_not_there_is_not_found(browser: httpx2.AsyncClient, path: str) -> None:
    assert (await browser.get(path)).status_code == 404


async def test_the_paper_is_handed_on(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    api.replies["GET /seekers/me/cv.pdf"] = (200, {"stands for": "a file"})
    assert (await browser.get("/akun/cv.pdf?foto=1")).status_code == 200
    assert api.asked[-1].url.params["photo"] == "true"
    await browser.get("/akun/cv.pdf")
    assert api.asked[-1].url.params["photo"] == "false"


SEEN = {
    "rows": [
        {"place": "work/0", "text": "Montir, Bengkel", "taken": True, "advice": None},
        {"place": "languages", "text": "languages", "taken": False, "advice": "Bagian ini tidak ada"},
    ],
    "taken": 1,
    "career": {**REST, "jobs": [COOK]},
    "skills": ["las"],
    "version": 7,
}


async def bring(browser: httpx2.AsyncClient, raw: bytes) -> httpx2.Response:
    token = (await browser.get("/akun/cv/impor")).text.split('name="csrf" value="')[-1].split('"')[0]
    files = {"file": ("cv.json" if raw else "", raw)}
    return await browser.post("/akun/cv/impor", files=files, data={"csrf": token}, headers={"Origin": ORIGIN})


async def test_a_file_is_shown_row_by_row_and_stored_as_shown(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    api.replies["POST /seekers/me/resume/preview"] = (200, SEEN)
    api.replies["PUT /seekers/me/resume"] = (200, CAREER)
    shown = await bring(browser, b'{"work": []}')
    assert api.asked[-1].content == b'{"work": []}'
    for part in ("Montir, Bengkel", "Bagian ini tidak ada", "1 isian akan masuk", "1 isian tidak diambil"):
        assert part in shown.text
    assert not api.sent("PUT", "/seekers/me/resume")
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', shown.text))
    fields = {name: unescape(value) for name, value in fields.items()}
    done = await browser.post("/akun/cv/impor/simpan", data=fields, headers={"Origin": ORIGIN})
    assert done.headers["location"] == "/akun/cv?pesan=cv_saved"
    assert api.sent("PUT", "/seekers/me/resume") == [{name: SEEN[name] for name in ("career", "skills")}]
    assert sent(api).headers["if-match"] == '"7"'


async def test_no_file_or_a_refused_one_is_said_beside_the_field(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    assert (await bring(browser, b"")).text.count("Pilih berkasnya dulu") == 2
    errors = [{"pointer": "/file", "detail": "Bukan JSON Resume"}]
    api.replies["POST /seekers/me/resume/preview"] = problem(422, "resume_unreadable", errors=errors)
    refused = await bring(browser, b"x")
    assert (refused.status_code, refused.text.count("Bukan JSON Resume")) == (422, 2)
