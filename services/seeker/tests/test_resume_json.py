"""JSON Resume: the CV for other programs, and what is taken from theirs, row by row."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator, FormatChecker

from services.seeker import problems
from services.seeker.domain import Career
from services.seeker.resume_json.reading import LARGEST, document, read
from services.seeker.resume_json.rows import Reading
from services.seeker.tests.conftest import BUDI, SITI, Http
from services.seeker.tests.test_career_api import NIK, written

TEXT, DATE = {"type": "string"}, {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}


def rows_of(**properties: Any) -> dict[str, Any]:
    return {"type": "array", "items": {"type": "object", "additionalProperties": False, "properties": properties}}


# What of the schema v1.0.0 a CV of ours uses, and nothing beyond it.
PLACE = {"type": "object", "properties": dict.fromkeys(("address", "city", "region", "countryCode"), TEXT)}
BASICS = {"name": TEXT, "email": {"type": "string", "format": "email"}, "phone": TEXT, "summary": TEXT}
SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["basics", "work", "education", "certificates", "skills"],
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "basics": {"type": "object", "additionalProperties": False, "properties": {**BASICS, "location": PLACE}},
        "work": rows_of(name=TEXT, position=TEXT, startDate=DATE, endDate=DATE, summary=TEXT),
        "education": rows_of(institution=TEXT, studyType=TEXT, endDate=DATE),
        "certificates": rows_of(name=TEXT, issuer=TEXT, date=DATE),
        "skills": rows_of(name=TEXT),
        "meta": {"type": "object", "properties": {"version": TEXT}},
    },
}
FOREIGN: dict[str, Any] = {
    "basics": {"name": "Lain", "summary": "Rajin.", "birthday": "1990"},
    "work": [
        {"name": "Warung Bu Tin", "position": "Juru masak", "startDate": "2015-01-31", "endDate": "2016-02"},
        {"name": "Toko", "position": "Kasir", "startDate": "2014"},
        {"name": "Toko", "position": "Kasir", "startDate": "2014-05", "endDate": "2013-01"},
        {"company": "Bengkel Jaya", "position": "Montir", "startDate": "2013-01", "summary": "x" * 500},
        "bukan pekerjaan",
    ],
    "education": [{"institution": "SMP 1", "courses": ["Mengetik"]}],
    "certificates": [{"name": "Las", "date": "2012-01-01", "issuer": "BLK"}, {"name": "Listrik"}],
    "skills": [{"name": "memasak", "keywords": ["Menjahit", 5, "telepon 0812 3456 7890"]}],
    "languages": [{"language": "Jawa"}],
}


async def preview(http: Http, raw: bytes, language: str = "id", account: str = SITI) -> Any:
    headers = {**http._mint.headers(account, "seeker"), "Accept-Language": language}
    return await http._client.post("/api/v1/seekers/me/resume/preview", content=raw, headers=headers)


async def take(http: Http, found: Any, etag: str | None) -> Any:
    body = {name: found[name] for name in ("career", "skills")}
    headers = {**http._mint.headers(SITI, "seeker"), **({"If-Match": etag} if etag else {})}
    return await http._client.put("/api/v1/seekers/me/resume", json=body, headers=headers)


async def test_the_cv_as_json_is_a_json_resume_and_tells_no_more_than_the_paper(http: Http) -> None:
    await written(http)
    answer = await http.call("GET", "/me/resume.json")
    found = answer.json()
    Draft7Validator(SCHEMA, format_checker=FormatChecker()).validate(found)
    assert (found["basics"]["name"], len(found["work"]), found["skills"][0]) == (
        "Siti Aminah",
        2,
        {"name": "menjahit"},
    )
    assert NIK not in answer.text
    assert "3577" not in answer.text
    assert (await http.call("GET", "/me/resume.json", account=BUDI)).status_code == 404


async def test_the_own_json_brings_nothing_new(http: Http) -> None:
    await written(http)
    own = await http.call("GET", "/me/resume.json")
    found = (await preview(http, own.content)).json()
    assert found["taken"] == 0
    assert {**found["career"], "version": found["version"]} == (await http.call("GET", "/me/career")).json()


async def test_each_row_of_a_foreign_file_says_what_becomes_of_it(http: Http) -> None:
    await written(http)
    found = (await preview(http, json.dumps(FOREIGN).encode())).json()
    fate = {row["place"]: (row["taken"], row["advice"] or "") for row in found["rows"]}
    taken = {place for place, (is_taken, _) in fate.items() if is_taken}
    assert taken == {"work/0", "work/3", "certificates/0", "skills/0"}
    for place, words in {
        "basics/name": "tetap dari akun",
        "basics/birthday": "tidak ada di CV kami",
        "basics/summary": "Isian Anda sendiri",
        "work/1": "Bulan mulai",
        "work/2": "Bulan berhenti",
        "work/3": "400 huruf pertama",
        "work/4": "kosong",
        "education/0": "Isian Anda sendiri",
        "education/0/courses/0": "Tahunnya",
        "certificates/1": "Tahunnya",
        "skills/0/1": "Sudah ada",
        "skills/0/2": "Tidak terbaca",
        "skills/0/3": "nomor telepon",
        "languages": "tidak ada di CV kami",
    }.items():
        assert words in fate[place][1], place
    english = (await preview(http, json.dumps(FOREIGN).encode(), "en")).json()
    assert "CVs here have no such part." in [row["advice"] for row in english["rows"]]


async def test_half_letters_and_control_marks_are_shown_as_blanks(http: Http) -> None:
    await written(http)
    raw = rb'{"\ud800\u0000": 1, "skills": [{"name": "\ud800"}], "basics": {"summary": "a\u0000"}}'
    answer = await preview(http, raw)
    assert (answer.status_code, answer.json()["taken"]) == (200, 0)


async def test_nothing_is_stored_until_the_person_agrees_and_then_what_was_shown(http: Http) -> None:
    await written(http)
    answer = await preview(http, json.dumps(FOREIGN).encode())
    before = (await http.call("GET", "/me/career")).json()
    assert len(before["jobs"]) == 2
    assert (await take(http, answer.json(), None)).status_code == 428
    done = await take(http, answer.json(), f'"{answer.json()["version"]}"')
    assert done.status_code == 200
    assert [job["title"] for job in done.json()["jobs"]][:2] == ["Penjaga toko", "Montir"]
    assert (await http.get()).json()["skills"] == ["menjahit", "obras", "memasak"]
    again = await take(http, answer.json(), f'"{answer.json()["version"]}"')
    assert again.status_code == 412


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "resume_unreadable"),
        (b"\xff\xfe{}", "resume_unreadable"),
        (b"[]", "resume_unreadable"),
        (b'{"nama": 1}', "resume_unreadable"),
        (b'{"basics": []}', "resume_unreadable"),
        (b'{"work": {"a": 1}}', "resume_unreadable"),
        (b'{"work": ' + b"[" * 40_000 + b"]" * 40_000 + b"}", "resume_unreadable"),
        (b'{"work": [' + b"9" * 90_000 + b"]}", "resume_unreadable"),
        (json.dumps({"work": [{}] * 101}).encode(), "resume_too_long"),
        (json.dumps({"skills": [{"keywords": ["a"] * 200}]}).encode(), "resume_too_long"),
        (b'{"work": ["' + b"x" * LARGEST + b'"]}', "resume_too_large"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_a_hostile_file_is_refused_in_words(http: Http, raw: bytes, code: str) -> None:
    await written(http)
    refused = await preview(http, raw)
    assert (refused.status_code, refused.json()["code"]) == (422, code)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=20)
    | st.sampled_from(["2020-03", "2020-13", "2021"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["name", "position", "startDate", "endDate", "date", "keywords"]), inner)
    ),
    max_leaves=8,
)
LIST = st.lists(JSON, max_size=4)


@given(st.fixed_dictionaries({"work": LIST, "education": LIST, "certificates": LIST, "skills": LIST}))
def test_whatever_stands_in_a_file_each_row_has_a_fate_and_the_cv_is_one(found: dict[str, Any]) -> None:
    raw = json.dumps(found).encode()
    reading: Reading = read(document(raw), Career(), (), now="2026-12")
    assert len(reading.rows) >= sum(len(rows) for rows in found.values())
    Career.model_validate(reading.career.model_dump(mode="json"))
    assert all(not problems.CONTACT.search(skill) for skill in reading.skills)
