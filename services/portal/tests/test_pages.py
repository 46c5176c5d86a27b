"""Every page, in both languages, for the people it is for: complete, small, and safe."""

import gzip
import re

import httpx2
import pytest

from services.portal.session import Session, Waiting
from services.portal.tests.fake_api import FakeApi, cookie, page, problem, signed_in_as
from services.portal.tests.samples import APPLICATION, VACANCY

ADVERT = "/lowongan/LWK-2026-000001-penjahit"
ANYONE = ["/", "/lowongan", "/lowongan?q=jahit&kind=full_time&wage_min=1000000", ADVERT, "/masuk", "/masuk/email"]
ANYONE += ["/daftar", "/daftar/usaha", "/bantuan", "/privasi", "/aksesibilitas", "/docs/", "/docs/vacancy"]
ANYONE += ["/kesalahan/daily_limit", f"{ADVERT}/lapor", f"{ADVERT}/lapor/terkirim", "/lowongan/di/taman"]
ANYONE += ["/lowongan/bidang/7", "/perusahaan/emp_1"]
SEEKER = ["/akun", "/akun/profil", f"{ADVERT}", "/lamaran", "/lamaran/app_1", "/lamaran/app_1/tarik"]
SEEKER += [
    "/lamaran/app_1/terkirim",
    "/kabar",
    "/kabar/atur",
    "/simpanan",
    "/simpanan/cari?q=jahit",
    "/kabar/henti?t=abc",
]
EMPLOYER = ["/akun", "/usaha", "/usaha/ubah", "/pasang", "/pasang/baru", "/pasang/vac_1", "/pasang/vac_1/tutup"]
EMPLOYER += ["/pasang/vac_1/perpanjang", "/pasang/vac_1/terisi", "/pasang/baru?salin=vac_1"]
EMPLOYER += ["/pelamar", "/pelamar?lowongan=vac_1", "/pelamar/app_1", "/kabar", "/kabar/atur"]
EMPLOYER += ["/pasang/unggah", "/pasang/unggah/selesai?kirim=2&draf=1", "/pasang/vac_1/angka"]
OFFICER = ["/petugas/padanan", "/petugas/padanan?ubah=syn_1", "/petugas/unggah", "/petugas/unggah/selesai?draf=1"]
OFFICER += ["/petugas", "/petugas/usaha/emp_1", "/petugas/lowongan/vac_1", "/petugas/laporan", "/petugas/upah"]
ANYONE += ["/pelatihan", "/pelatihan/trn_1", "/produk", "/produk/prd_1"]
SEEKER += ["/latihan/enr_1/produk", "/produk/prd_1"]
SEEKER += [
    "/pelatihan/trn_1",
    "/pelatihan/trn_1/daftar",
    "/latihan",
    "/latihan/enr_1",
    "/latihan/enr_1/lepas",
    "/latihan/kabar?t=abc",
]
OFFICER += ["/produk/prd_1"]
OFFICER += [f"/petugas/pelatihan{path}" for path in ("", "/baru", "/trn_1", "/trn_1/ubah", "/trn_1/hadir/1")]
OFFICER += ["/petugas/pesan", "/petugas/pesan?cari=LMR-2026-000001", "/petugas/surat", "/petugas/surat/rejected"]
OFFICER += ["/petugas/pengumuman", "/petugas/pengumuman/baru", "/petugas/pengumuman/ann_20261124abcdef"]
ANYONE += ["/kabar/berhenti?t=acc_1.x"]
SEEKER += ["/data-saya", "/akun/cv", "/akun/cv/pekerjaan/baru", "/akun/cv/pekerjaan/1", "/akun/cv/kursus/0"]
SEEKER += ["/akun/cv/tentang", "/akun/cv/impor", "/akun/dokumen", "/akun/disabilitas"]
EMPLOYER += ["/data-saya"]
ANYONE += ["/bukan-saya?t=K7QM3FWD"]
OFFICER += ["/petugas/alasan", "/petugas/alasan?per=lowongan", "/petugas/alasan?per=kelurahan"]
OFFICER += ["/petugas/penempatan", "/petugas/penempatan/baru", "/petugas/penempatan/app_1", "/petugas/ipk"]
OFFICER += ["/bantu", "/petugas/pemulihan", "/petugas/data", "/petugas/data/req_1"]
ROLES = {None: ANYONE, "seeker": SEEKER, "employer": EMPLOYER, "officer": OFFICER}
ALL = [(role, path) for role, paths in ROLES.items() for path in paths]


def headers(role: str | None) -> dict[str, str]:
    return cookie(signed_in_as(role)) if role else {}


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize(("role", "path"), ALL)
async def test_page(browser: httpx2.AsyncClient, prefix: str, role: str | None, path: str) -> None:
    answer = await browser.get(prefix + path, headers=headers(role))
    assert answer.status_code == 200
    html = answer.text
    assert html.count("<h1") == 1
    assert f'<html lang="{"en" if prefix else "id"}">' in html
    assert html.index('class="skip"') < html.index("<header")
    assert len(gzip.compress(answer.content)) <= 14 * 1024
    assert not re.search(r"<style|style=|onclick|<script(?! src=| type=\"application/ld)", html)
    assert re.findall(r'<label[^>]* for="([^"]+)"', html) == [
        name for name in re.findall(r'<label[^>]* for="([^"]+)"', html) if f'id="{name}"' in html
    ]


@pytest.mark.parametrize(("role", "path"), [("officer", "/petugas"), (None, "/"), (None, "/tidak-ada")])
async def test_headers(browser: httpx2.AsyncClient, role: str | None, path: str) -> None:
    answer = await browser.get(path, headers=headers(role))
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == ("no-store" if role else "private, no-cache")


async def test_whoever_only_looks_gets_no_cookie(browser: httpx2.AsyncClient) -> None:
    for path in ("/", "/lowongan", ADVERT):
        assert "set-cookie" not in (await browser.get(path)).headers


async def test_advert_is_canonical_and_described(browser: httpx2.AsyncClient) -> None:
    moved = await browser.get("/lowongan/LWK-2026-000001-lama")
    assert (moved.status_code, moved.headers["location"]) == (308, ADVERT)
    html = (await browser.get(ADVERT)).text
    assert html.count("application/ld+json") == 1
    assert "</script><b>" not in html
    assert "Jumat, 31 Januari 2999" not in html.split("<main")[0]


async def test_ended_advert_says_so(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    api.replies["GET /vacancies/LWK-2026-000001"] = (200, {**VACANCY, "state": "closed"})
    html = (await browser.get(ADVERT)).text
    assert "sudah ditutup" in html
    assert "ld+json" not in html
    assert "noindex" in html
    assert "/lamar" not in html.split("<main")[1]


async def test_no_result_offers_wider_searches(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    api.replies["GET /vacancies"] = (200, page(facets={"kelurahan": [], "kind": []}, total=0))
    html = (await browser.get("/lowongan?q=astronot&kind=daily")).text
    assert "Tanpa “astronot”" in html
    assert 'href="/lowongan?q=astronot"' in html


async def test_filters_reach_the_api(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    await browser.get(
        "/lowongan?q=a&kelurahan=35.77.01.1008&kelurahan=x&kind=daily&wage_min=2.000.000&published_since=no"
    )
    asked = api.asked[-1].url.params
    assert asked.get_list("kelurahan") == ["35.77.01.1008"]
    assert (asked["kind"], asked["wage_min"], asked["sort"]) == ("daily", "2000000", "relevance")
    assert "published_since" not in asked


@pytest.mark.parametrize("path", ["/lamaran", "/pasang/baru", "/petugas", f"{ADVERT}/lamar"])
async def test_closed_rooms_ask_to_sign_in(browser: httpx2.AsyncClient, path: str) -> None:
    answer = await browser.get(path)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/masuk")


@pytest.mark.parametrize(("role", "path"), [("seeker", "/petugas"), ("employer", "/lamaran"), ("seeker", "/pasang")])
async def test_other_roles_are_told(browser: httpx2.AsyncClient, role: str, path: str) -> None:
    answer = await browser.get(path, headers=headers(role))
    assert answer.status_code == 403
    assert "untuk akun lain" in answer.text


async def test_missing_and_odd_addresses(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    api.replies["GET /vacancies/.*"] = problem(404, "not_found")
    for path in ("/tidak-ada", "/lowongan/LWK-2026-999999", "/lowongan/..%2f..%2faccounts", "/kesalahan/tidak_ada"):
        answer = await browser.get(path)
        assert answer.status_code == 404
        assert "<h1" in answer.text
    assert not [request for request in api.asked if "accounts" in str(request.url)]


async def test_an_absent_api(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    api.replies["GET .*"] = problem(503, "unavailable")
    assert (await browser.get("/")).status_code == 200
    answer = await browser.get("/lowongan")
    assert answer.status_code == 503
    assert answer.headers["retry-after"]
    assert "sedang terganggu" in answer.text


async def test_a_mistake_of_ours(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    api.replies["GET /applications/app_1"] = (200, {"id": "app_1"})
    answer = await browser.get("/lamaran/app_1", headers=headers("seeker"))
    assert answer.status_code == 500
    assert "salah di pihak kami" in answer.text
    assert "default-src 'self'" in answer.headers["content-security-policy"]


async def test_an_unopened_application_is_not_shown(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    api.replies["GET /applications/app_1"] = (200, {**APPLICATION, "state": "submitted"})
    html = (await browser.get("/pelamar/app_1", headers=headers("employer"))).text
    assert "mulai besok" not in html
    assert 'action="/pelamar/app_1/buka"' in html
    assert not api.sent("POST", "/applications/app_1/view")


async def test_code_page_needs_a_phone_first(browser: httpx2.AsyncClient) -> None:
    assert (await browser.get("/masuk/kode")).headers["location"] == "/masuk"
    waiting = Session(waiting=Waiting(request_id="r", phone="0812", sent_at=1))
    assert "0812" in (await browser.get("/masuk/kode", headers=cookie(waiting))).text


async def test_static_files_are_kept_for_ever(browser: httpx2.AsyncClient) -> None:
    html = (await browser.get("/")).text
    for address in re.findall(r'(?:href|src)="(/static/[^"]+)"', html):
        answer = await browser.get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
    assert (await browser.get("/static/../settings.py")).status_code == 404
    assert "Disallow: /akun" in (await browser.get("/robots.txt")).text
