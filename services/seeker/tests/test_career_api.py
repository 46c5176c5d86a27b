"""The CV as its owner meets it over HTTP: what it tells besides the profile, and the paper."""

import io
from typing import Any

import pytest
from pypdf import PdfReader

from services.seeker.main import Stores
from services.seeker.settings import SeekerSettings
from services.seeker.tests.conftest import BUDI, SITI, Http
from services.seeker.tests.test_cards_api import DETAILS, photo, raw, send_photo
from shared.errors import NotFound
from shared.mongo import Client

NIK = "3577036502900000"
PROFILE: dict[str, Any] = {
    "name": "Siti Aminah",
    "email": "siti@contoh.id",
    "nik": NIK,
    "kelurahan_code": "35.77.03.1005",
    "education": {"form": "rinci", "code": "3801"},
    "graduation_year": 2008,
    "skills": ["menjahit", "obras"],
    "licences": ["sim_c"],
    "wishes": {"min_wage": 1_700_000, "hours": "jam sekolah"},
}
TAILOR = {
    "employer": "Konveksi Melati",
    "title": "Penjahit",
    "since": "2019-03",
    "until": "2023-06",
    "text": "Seragam",
}
SELLER = {"employer": "Toko Sri Rejeki", "title": "Penjaga toko", "since": "2023-07", "until": None, "text": None}
COURSE = {"name": "Menjahit dasar", "by": "BLK Madiun", "year": 2018}
CAREER: dict[str, Any] = {
    "about": "Teliti dan tepat waktu.",
    "school": "SMA Negeri 2 Madiun",
    "jobs": [TAILOR, SELLER],
    "courses": [COURSE],
}


async def put(http: Http, body: Any, etag: str | None, account: str = SITI) -> Any:
    headers = {**http._mint.headers(account, "seeker"), **({"If-Match": etag} if etag else {})}
    return await http._client.put("/api/v1/seekers/me/career", json=body, headers=headers)


async def written(http: Http, career: dict[str, Any] = CAREER, **profile: Any) -> Any:
    """Siti with a profile and a career; the answer."""
    first = await http.put({**PROFILE, **profile})
    assert first.status_code == 200
    answer = await put(http, career, first.headers["etag"])
    assert answer.status_code == 200
    return answer


async def cv(http: Http, query: str = "") -> PdfReader:
    answer = await raw(http, f"/me/cv.pdf{query}")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    return PdfReader(io.BytesIO(answer.content))


def text_of(found: PdfReader) -> str:
    return "\n".join(page.extract_text() for page in found.pages)


async def test_a_career_comes_back_newest_first_and_the_profile_is_left_as_it_was(http: Http) -> None:
    answer = await written(http)
    assert [job["title"] for job in answer.json()["jobs"]] == ["Penjaga toko", "Penjahit"]
    read = await http.call("GET", "/me/career")
    assert read.json() == {**CAREER, "jobs": [SELLER, TAILOR], "version": answer.json()["version"]}
    profile = (await http.get()).json()
    assert (profile["skills"], profile["nik"], profile["version"]) == (
        ["menjahit", "obras"],
        "3577********0000",
        read.json()["version"],
    )


async def test_writing_the_profile_leaves_the_career_as_it_was(http: Http) -> None:
    etag = (await written(http)).headers["etag"]
    assert (await http.put({**PROFILE, "skills": ["memasak"]}, etag=etag)).status_code == 200
    assert len((await http.call("GET", "/me/career")).json()["jobs"]) == 2


async def test_a_career_is_written_only_over_the_version_that_was_read(http: Http) -> None:
    assert (await put(http, CAREER, '"1"')).status_code == 404
    etag = (await http.put(PROFILE)).headers["etag"]
    assert (await put(http, CAREER, None)).status_code == 428
    assert (await put(http, CAREER, etag)).status_code == 200
    stale = await put(http, {}, etag)
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")


async def test_what_a_career_tells_is_stored_only_under_the_persons_key(
    http: Http, stores: Stores, client: Client, settings: SeekerSettings
) -> None:
    await written(http)
    kept = str([row async for row in client[settings.database].seekers.find({})])
    for secret in ("Melati", "Penjahit", "BLK", "SMA Negeri", "Teliti"):
        assert secret not in kept
    await stores.vault.destroy(SITI)
    with pytest.raises(NotFound):
        await stores.profiles.load(SITI)


@pytest.mark.parametrize(
    ("body", "code", "pointer"),
    [
        ({"jobs": [{**TAILOR, "since": "2999-01"}]}, "invalid_input", "/jobs/0/since"),
        ({"jobs": [{**TAILOR, "since": "2099-01", "until": None}]}, "month_ahead", "/jobs/0/since"),
        ({"jobs": [SELLER, {**TAILOR, "until": "2019-02"}]}, "months_turned", "/jobs/1/until"),
        ({"jobs": [{**TAILOR, "since": "2019-13"}]}, "invalid_input", "/jobs/0/since"),
        ({"jobs": [TAILOR] * 11}, "invalid_input", "/jobs"),
        ({"jobs": [{**TAILOR, "text": "x" * 401}]}, "invalid_input", "/jobs/0/text"),
        ({"courses": [{**COURSE, "year": 2099}]}, "course_year_ahead", "/courses/0/year"),
        ({"about": "a\u0000b"}, "invalid_input", "/about"),
        ({"religion": "islam"}, "invalid_input", "/religion"),
    ],
)
async def test_a_career_that_cannot_be_is_refused_with_its_place(
    http: Http, body: Any, code: str, pointer: str
) -> None:
    etag = (await http.put(PROFILE)).headers["etag"]
    refused = await put(http, body, etag)
    assert (refused.status_code, refused.json()["code"]) == (422, code)
    assert pointer in [error["pointer"] for error in refused.json()["errors"]]


async def test_the_cv_says_what_the_profile_and_the_career_say(http: Http) -> None:
    await written(http)
    said = text_of(await cv(http))
    for part in (
        *("Siti Aminah", "siti@contoh.id", "Kelurahan Manisrejo, Kota Madiun", "Teliti dan tepat waktu."),
        *("Penjahit", "Konveksi Melati", "Maret 2019 - Juni 2023", "Juli 2023 - sekarang", "Seragam"),
        *("SMA Negeri 2 Madiun", "lulus 2008", "Menjahit dasar", "BLK Madiun", "menjahit, obras", "SIM C"),
    ):
        assert part in said


async def test_no_nik_religion_marital_status_sex_birth_or_address_is_ever_on_a_cv(http: Http) -> None:
    await written(http)
    assert (await http.call("PUT", "/me/card", DETAILS)).status_code == 200
    said = text_of(await cv(http, "?photo=true")).casefold()
    for part in (
        NIK,
        "3577",
        "1990",
        "islam",
        "kawin",
        "perempuan",
        "female",
        "kelapa manis",
        "1.700.000",
        "1700000",
    ):
        assert part not in said


async def test_the_photo_of_the_card_is_on_the_cv_only_where_it_is_wanted(http: Http) -> None:
    await written(http)
    assert not (await cv(http, "?photo=true")).pages[0].images
    assert (await http.call("PUT", "/me/card", DETAILS)).status_code == 200
    assert (await send_photo(http, photo())).status_code == 200
    assert len((await cv(http, "?photo=true")).pages[0].images) == 1
    assert not (await cv(http)).pages[0].images


async def test_a_long_career_is_all_there_on_more_pages(http: Http) -> None:
    jobs = [{**TAILOR, "title": f"Pekerjaan ke-{n}", "text": "banyak hal " * 35} for n in range(10)]
    await written(http, {**CAREER, "jobs": jobs})
    found = await cv(http)
    assert len(found.pages) > 1
    assert all(f"Pekerjaan ke-{n}" in text_of(found) for n in range(10))


async def test_a_cv_is_its_owners_alone(http: Http) -> None:
    await written(http)
    assert (await raw(http, "/me/cv.pdf", BUDI)).status_code == 404
    assert (await raw(http, "/me/cv.pdf", role="officer")).status_code == 403
