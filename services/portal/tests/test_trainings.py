"""Trainings: people enrol, answer an offer and leave; officers write them as people write dates."""

import httpx2
import pytest

from services.portal.tests.fake_api import FakeApi, page, problem
from services.portal.tests.training_samples import ENROLMENT, PRODUCT, TRAINING
from services.portal.tests.walking import sign_in, submit

ONE, DESK = "/pelatihan/trn_1", "/petugas/pelatihan"
FIELDS = {
    "title": "Menjual lewat HP",
    "field": "Digital",
    "description": "Belajar memotret barang dan melayani pembeli.",
    "kelurahan_code": "35.77.01.1008",
    "place": "Balai Kota",
    "sessions": "24-11-2026 09.00-12.00\n\n25/11/2026, 9:00 sampai 12:00",
    "capacity": "180",
    "audience": "anyone",
}


@pytest.mark.parametrize(("box", "agreed"), [({}, False), ({"follow_up": "1"}, True)])
async def test_enrolling_says_whether_one_may_be_asked_afterwards(
    browser: httpx2.AsyncClient, api: FakeApi, box: dict[str, str], agreed: bool
) -> None:
    sign_in(browser, "seeker")
    api.replies["POST /trainings/trn_1/enrolments"] = (201, {**ENROLMENT, "state": "waiting"})
    done = await submit(browser, f"{ONE}/daftar", box)
    assert api.sent("POST", "/trainings/trn_1/enrolments") == [{"follow_up": agreed}]
    assert done.headers["location"] == "/latihan/enr_1?pesan=enrolment_waiting"


async def test_a_refused_enrolment_says_why_on_the_same_page(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "seeker")
    api.replies["POST /trainings/trn_1/enrolments"] = problem(409, "residents_only")
    refused = await submit(browser, f"{ONE}/daftar", {})
    assert refused.status_code == 422
    assert "Judul residents_only" in refused.text


async def test_a_full_training_offers_the_waiting_list(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    api.replies["GET /trainings/trn_1"] = (200, {**TRAINING, "seats_left": 0})
    html = (await browser.get(ONE)).text
    assert "Masuk daftar tunggu" in html
    assert "daftar tunggu: bila ada yang melepas" in html


@pytest.mark.parametrize("enrolment", ["not_yet", "over"])
async def test_who_cannot_enrol_now_finds_no_button(
    browser: httpx2.AsyncClient, api: FakeApi, enrolment: str
) -> None:
    api.replies["GET /trainings/trn_1"] = (200, {**TRAINING, "enrolment": enrolment})
    assert f'href="{ONE}/daftar"' not in (await browser.get(ONE)).text


async def test_whoever_is_enrolled_sees_the_place_and_no_button(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "seeker")
    api.replies["GET /trainings/trn_1/enrolments/mine"] = (200, page({**ENROLMENT, "state": "confirmed"}))
    html = (await browser.get(ONE)).text
    assert 'href="/latihan/enr_1"' in html
    assert f'href="{ONE}/daftar"' not in html


@pytest.mark.parametrize(
    ("step", "name", "message"), [("ambil", "accept", "seat_taken"), ("lepas", "cancel", "seat_left")]
)
async def test_an_offered_seat_is_taken_or_left(
    browser: httpx2.AsyncClient, api: FakeApi, step: str, name: str, message: str
) -> None:
    sign_in(browser, "seeker")
    api.replies[f"POST /enrolments/enr_1/{name}"] = (200, ENROLMENT)
    begin = "/latihan/enr_1" if step == "ambil" else "/latihan/enr_1/lepas"
    done = await submit(browser, begin, {}, to=f"/latihan/enr_1/{step}")
    assert done.headers["location"] == f"/latihan/enr_1?pesan={message}"


async def test_an_answer_that_comes_too_late_is_told_kindly(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "seeker")
    api.replies["POST /enrolments/enr_1/accept"] = problem(409, "offer_over")
    done = await submit(browser, "/latihan/enr_1", {}, to="/latihan/enr_1/ambil")
    assert "waktu menjawab sudah lewat" in (await browser.get(done.headers["location"])).text


async def test_an_officer_writes_dates_as_people_do(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "officer")
    api.replies["POST /trainings"] = (201, TRAINING)
    closes = {"enrolment_closes_at_day": "23", "enrolment_closes_at_month": "11", "enrolment_closes_at_year": "2026"}
    done = await submit(browser, f"{DESK}/baru", {**FIELDS, **closes})
    assert done.headers["location"] == f"{DESK}/trn_1?pesan=training_drafted"
    (sent,) = api.sent("POST", "/trainings")
    assert sent["sessions"] == [
        {"starts_at": f"2026-11-{day}T09:00:00+07:00", "ends_at": f"2026-11-{day}T12:00:00+07:00"} for day in (24, 25)
    ]
    assert (sent["capacity"], sent["enrolment_closes_at"]) == (180, "2026-11-24T00:00:00+07:00")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"sessions": "besok jam 9"}, "Baris ini belum terbaca: “besok jam 9”"),
        ({"sessions": "31-02-2026 09.00-12.00"}, "Baris ini belum terbaca"),
        ({"sessions": ""}, "Tulis paling sedikit satu pertemuan"),
        ({"capacity": "banyak"}, "Tulis jumlah kursi dengan angka"),
        ({"kelurahan_code": ""}, "Pilih kelurahan tempat pelatihan"),
    ],
)
async def test_a_wrong_field_says_what_to_write(
    browser: httpx2.AsyncClient, api: FakeApi, wrong: dict[str, str], words: str
) -> None:
    sign_in(browser, "officer")
    refused = await submit(browser, f"{DESK}/baru", {**FIELDS, **wrong})
    assert refused.status_code == 422
    assert refused.text.count(words) == 2
    assert not api.sent("POST", "/trainings")


async def test_a_published_training_changes_only_where_it_may(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "officer")
    api.replies["PATCH /trainings/trn_1"] = (200, TRAINING)
    await submit(browser, f"{DESK}/trn_1/ubah", {"description": "Isi yang baru dan lebih jelas.", "capacity": "200"})
    (sent,) = api.sent("PATCH", "/trainings/trn_1")
    assert sent == {"description": "Isi yang baru dan lebih jelas.", "capacity": 200}


async def test_calling_it_off_needs_a_reason(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "officer")
    api.replies["POST /trainings/trn_1/cancel"] = (200, {**TRAINING, "state": "cancelled"})
    refused = await submit(browser, f"{DESK}/trn_1", {}, to=f"{DESK}/trn_1/batalkan")
    assert (refused.status_code, api.sent("POST", "/trainings/trn_1/cancel")) == (422, [])
    await submit(browser, f"{DESK}/trn_1", {"reason": "Pengajar sakit"}, to=f"{DESK}/trn_1/batalkan")
    assert api.sent("POST", "/trainings/trn_1/cancel") == [{"reason": "Pengajar sakit"}]


async def test_whoever_has_no_tick_on_the_page_did_not_come(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "officer")
    people = [{**ENROLMENT, "id": id, "state": "confirmed", "attended": []} for id in ("enr_1", "enr_2")]
    api.replies["GET /trainings/trn_1/enrolments"] = (200, {"items": people, "next": "abc"})
    api.replies["PUT /trainings/trn_1/sessions/1/attendance"] = (204, None)
    html = (await browser.get(f"{DESK}/trn_1/hadir/1")).text
    token = html.split('name="csrf" value="')[1].split('"')[0]
    ticked = {"csrf": token, "shown": ["enr_1", "enr_2"], "present": ["enr_2"], "next": "abc"}
    done = await browser.post(f"{DESK}/trn_1/hadir/1", data=ticked, headers={"Origin": "http://localhost:8080"})
    assert api.sent("PUT", "/trainings/trn_1/sessions/1/attendance") == [{"present": ["enr_2"], "absent": ["enr_1"]}]
    assert done.headers["location"].startswith(f"{DESK}/trn_1/hadir/1?cursor=abc")


async def test_opening_the_question_changes_nothing_and_one_tap_answers_it(
    browser: httpx2.AsyncClient, api: FakeApi
) -> None:
    api.replies["POST /enrolments/answers"] = (204, None)
    page_ = "/latihan/kabar?t=enr_1.3.x"
    assert (await browser.get(page_)).status_code == 200
    assert api.sent("POST", "/enrolments/answers") == []
    done = await submit(browser, page_, {"outcome": "first_sale"})
    assert "Terima kasih atas kabarnya" in done.text
    stopped = await submit(browser, page_, {"outcome": "stop"})
    assert "tidak bertanya lagi" in stopped.text
    assert [sent["outcome"] for sent in api.sent("POST", "/enrolments/answers")] == ["first_sale", "stop"]


async def test_a_made_up_link_is_told_so(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    api.replies["POST /enrolments/answers"] = problem(404, "token_unknown")
    refused = await submit(browser, "/latihan/kabar?t=x", {"outcome": "working"})
    assert (refused.status_code, "tidak kami kenal" in refused.text) == (404, True)


async def test_a_certificate_is_handed_on_as_it_comes(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "seeker")
    completed = {**ENROLMENT, "state": "completed", "certificate_number": "SRT-2026-000001"}
    api.replies["GET /enrolments/enr_1"] = (200, completed)
    html = (await browser.get("/latihan/enr_1")).text
    assert "SRT-2026-000001" in html
    assert 'href="/latihan/enr_1/sertifikat.pdf"' in html


async def test_a_finished_training_shows_what_came_of_it(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "officer")
    api.replies["GET /trainings/trn_1"] = (200, {**TRAINING, "state": "finished", "enrolment": "over"})
    html = (await browser.get(f"{DESK}/trn_1")).text
    assert "Sudah ada penjualan pertama" in html
    assert "Hasil pelatihan" in html


async def test_a_product_is_written_shown_and_asked_about(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "seeker")
    here = "/latihan/enr_1/produk"
    html = (await browser.get(here)).text
    assert "Bisa pesan 20?" in html
    assert "0839 0000 0123" in html
    api.replies["PUT /enrolments/enr_1/product"] = (200, PRODUCT)
    fields = {**{name: str(PRODUCT[name]) for name in ("name", "description", "unit", "kelurahan_code")}}
    refused = await submit(browser, here, {**fields, "price": "murah"})
    assert (refused.status_code, refused.text.count("Tulis harga dengan angka")) == (422, 2)
    await submit(browser, here, {**fields, "price": "Rp15.000"})
    assert api.sent("PUT", "/enrolments/enr_1/product") == [{**fields, "price": 15_000}]
    api.replies["POST /products/prd_1/questions"] = (204, None)
    asked = {"text": "Masih ada?", "reply_to": "0839 0000 0123"}
    done = await submit(browser, "/produk/prd_1", asked, to="/produk/prd_1/tanya")
    assert done.headers["location"] == "/produk/prd_1?pesan=product_asked"
    assert api.sent("POST", "/products/prd_1/questions") == [asked]


async def test_whoever_is_not_signed_in_reads_a_product_and_signs_in_to_ask(browser: httpx2.AsyncClient) -> None:
    html = (await browser.get("/produk/prd_1")).text
    assert "Rp15.000" in html
    assert 'href="/masuk"' in html
    assert "/tanya" not in html


async def test_an_officer_hides_a_product_with_a_reason(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    sign_in(browser, "officer")
    api.replies["POST /products/prd_1/hide"] = (200, {**PRODUCT, "state": "hidden"})
    page_ = "/produk/prd_1"
    assert (await submit(browser, page_, {}, to=f"{page_}/sembunyikan")).status_code == 422
    await submit(browser, page_, {"reason": "Foto orang lain"}, to=f"{page_}/sembunyikan")
    assert api.sent("POST", "/products/prd_1/hide") == [{"reason": "Foto orang lain"}]
