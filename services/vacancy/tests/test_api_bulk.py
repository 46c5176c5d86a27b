"""A table of vacancies through the API: looked at, stored once, sent in, and read back."""

from typing import Any

import httpx2

from services.vacancy.tests.conftest import OFFICER, City

OWNER = ("acc_owner", "employer")
GOOD = "Kasir;Kartoharjo;Senin-Sabtu;08.00;15.00;2422105;Melayani pembeli di kasir toko.;31/01/2026"
HEADING = "judul;kelurahan;hari;jam_mulai;jam_selesai;upah_min;uraian;tutup"
TABLE = "\n".join([HEADING, GOOD, "Sopir;;;;;;;", "Penjahit;Kartohajo;;;;dua juta;;"]).encode()


async def check(city: City, content: bytes, who: tuple[str, str] = OWNER, *, language: str = "id") -> httpx2.Response:
    sent = city.signed(*who) | {"Accept-Language": language}
    return await city.http.post("/api/v1/vacancies/bulk/check", content=content, headers=sent)


async def items(city: City) -> list[dict[str, Any]]:
    rows = (await check(city, TABLE)).json()["rows"]
    return [{"row": row["row"], "vacancy": row["vacancy"]} for row in rows if row["vacancy"]]


async def store(city: City, rows: list[dict[str, Any]], *, key: str = "upload-1", **more: Any) -> httpx2.Response:
    body = {"items": rows, **more}
    return await city.ask("POST", "/vacancies/bulk", OWNER, body, Idempotency_Key=key)


async def test_a_table_is_explained_row_by_row_and_nothing_is_stored(city: City) -> None:
    await city.employer("acc_owner")
    preview = (await check(city, TABLE)).json()
    assert (preview["complete"], preview["drafts"], preview["wrong"]) == (1, 2, 1)
    good, thin, wrong = preview["rows"]
    assert (good["row"], good["vacancy"]["closes_on"], good["missing"], good["wrong"]) == (2, "2026-01-31", [], [])
    assert {cell["column"] for cell in thin["missing"]} == {"kelurahan", "jam_mulai", "upah_min", "uraian", "tutup"}
    assert [(cell["column"], cell["detail"]) for cell in wrong["wrong"]] == [
        ("kelurahan", "Tulis nama kelurahan di Kota Madiun, mungkin Kartoharjo."),
        ("upah_min", "Tulis angka saja, contoh 2422105."),
    ]
    assert (await city.done("GET", "/vacancies/mine", OWNER))["items"] == []
    english = (await check(city, TABLE, language="en")).json()["rows"][2]["wrong"][1]["detail"]
    assert english == "Write digits only, such as 2422105."


async def test_what_the_rules_would_point_at_is_told_before_it_is_stored(city: City) -> None:
    row = GOOD.replace("Melayani pembeli di kasir toko.", "Dicari wanita untuk melayani pembeli.")
    (found,) = (await check(city, f"{HEADING}\n{row}".encode())).json()["rows"]
    assert any(each["column"] == "uraian" and "wanita" in each["detail"] for each in found["warnings"])


async def test_a_file_that_is_none_is_a_refusal_with_advice(city: City) -> None:
    answer = await check(city, b"PK\x03\x04 broken")
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_file")
    assert "Excel" in answer.json()["errors"][0]["detail"]


async def test_only_employers_and_officers_upload(city: City) -> None:
    assert (await check(city, TABLE, ("acc_seeker", "seeker"))).status_code == 403


async def test_the_same_confirmation_twice_makes_nothing_twice(city: City) -> None:
    await city.employer("acc_owner")
    rows = await items(city)
    first, again = (await store(city, rows)).json(), (await store(city, rows)).json()
    assert first == again
    assert [(each["row"], each["title"], each["state"]) for each in first["items"]] == [
        (2, "Kasir", "draft"),
        (3, "Sopir", "draft"),
    ]
    assert len((await city.done("GET", "/vacancies/mine", OWNER))["items"]) == 2
    assert len((await store(city, rows, key="upload-2")).json()["items"]) == 2
    assert len((await city.done("GET", "/vacancies/mine", OWNER))["items"]) == 4


async def test_a_half_stored_upload_is_ended_by_the_same_request(city: City) -> None:
    await city.employer("acc_owner")
    rows = await items(city)
    first = (await store(city, rows[:1])).json()
    whole = (await store(city, rows)).json()
    assert whole["items"][0] == first["items"][0]
    assert len(whole["items"]) == 2


async def test_complete_rows_are_sent_in_and_the_others_stay_drafts(city: City) -> None:
    await city.employer("acc_owner")
    made = (await store(city, await items(city), submit=True)).json()
    assert (made["submitted"], made["drafts"]) == (1, 1)
    (waiting,) = (await city.done("GET", "/officer/vacancies", OFFICER))["items"]
    assert (waiting["title"], waiting["employer"]["verified"]) == ("Kasir", True)
    published = await city.done("POST", f"/vacancies/{waiting['id']}/publish", OFFICER)
    assert published["state"] == "published"


async def test_rows_that_repeat_one_another_are_flagged_for_the_officer(city: City) -> None:
    await city.employer("acc_owner")
    (row, _) = await items(city)
    await store(city, [row, {**row, "row": 9}], submit=True)
    waiting = (await city.done("GET", "/officer/vacancies", OFFICER))["items"]
    assert sorted(any(flag["rule"] == "M10" for flag in each["flags"]) for each in waiting) == [False, True]


async def test_an_officer_uploads_for_an_employer_and_does_not_publish_it_himself(city: City) -> None:
    employer = await city.employer("acc_owner")
    body = {"items": await items(city), "submit": True}
    unnamed = await city.ask("POST", "/vacancies/bulk", OFFICER, body, Idempotency_Key="upload-9")
    assert unnamed.status_code == 422
    body["employer_id"] = employer["id"]
    made = await city.done("POST", "/vacancies/bulk", OFFICER, body, Idempotency_Key="upload-9")
    sent = next(each for each in made["items"] if each["state"] == "submitted")
    refused = await city.ask("POST", f"/vacancies/{sent['id']}/publish", OFFICER)
    assert refused.json()["code"] == "same_officer"


async def test_ones_own_vacancies_come_as_a_table_that_can_be_sent_again(city: City) -> None:
    await city.employer("acc_owner")
    asked: list[dict[str, Any]] = [
        {"kind": "yes_no", "text": "Punya motor?", "need": "must_have", "wanted": ["yes"]},
        {"kind": "text", "text": "Apa keahlian Anda?"},
    ]
    asks: dict[str, Any] = {"licences": ["sim_c"], "documents_asked": ["cv", "diploma"], "questions": asked}
    await city.vacancy("acc_owner", title="=SUM(A1)", may_bring_child=True, **asks)
    answer = await city.ask("GET", "/vacancies/mine.csv", OWNER)
    assert answer.headers["content-type"].startswith("text/csv")
    assert "attachment" in answer.headers["content-disposition"]
    heading, line = answer.text.removeprefix("\ufeff").splitlines()
    assert heading.startswith("nomor;keadaan;")
    assert "draf;;0;'=SUM(A1);" in line
    (row,) = (await check(city, answer.content)).json()["rows"]
    assert row["wrong"] == []
    assert (row["vacancy"]["title"], row["vacancy"]["may_bring_child"]) == ("=SUM(A1)", True)
    assert row["vacancy"]["hours"]["start"] == "08:00"
    assert [row["vacancy"][name] for name in ("licences", "documents_asked")] == [["sim_c"], ["cv", "diploma"]]
    given = zip(row["vacancy"]["questions"], asked, strict=True)
    assert [{name: each[name] for name in want} for each, want in given] == asked


async def test_nobody_reads_anothers_table(city: City) -> None:
    await city.employer("acc_owner")
    await city.vacancy("acc_owner")
    other = await city.ask("GET", "/vacancies/mine.csv", ("acc_other", "employer"))
    assert len(other.text.splitlines()) == 1
