"""The main pages as axe sees them, on a phone and on a desk, by day and by night; and what a first visit costs."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, async_playwright

from deploy.local.demo.people import Gateway, Person, publish
from deploy.local.seed import OFFICER
from tests.journeys.browsing import ARGUMENTS, CHROMIUM, code_for, needs_chromium, press, sign_in
from tests.journeys.journey import PASSWORD, fresh_phone, vacancy_body, verified_employer

pytestmark = needs_chromium
GRAVE = ("serious", "critical")
MOST_BYTES, MOST_REQUESTS = 40 * 1024, 6
OPEN = ["/", "/lowongan", "/lowongan?q=jahit&workplace=home", "/lowongan?q=astronot&wage_min=90000000"]
OPEN += ["/lowongan/di/taman", "/lowongan/bidang/7", "/daftar", "/daftar/usaha", "/masuk", "/masuk/email", "/bantuan"]
SEEKER = ["/akun", "/akun/profil", "/akun/dokumen", "/lamaran", "/simpanan", "/kabar", "/data-saya"]
EMPLOYER = ["/akun", "/usaha", "/pasang", "/pasang/baru", "/pasang/unggah", "/pelamar", "/kabar"]
OFFICERS = ["/petugas", "/petugas/laporan", "/petugas/upah", "/petugas/padanan", "/petugas/unggah"]
OFFICERS += ["/petugas/penempatan", "/petugas/penempatan/baru", "/petugas/ipk", "/petugas/pemulihan", "/bantu"]


@pytest.fixture(params=[(360, "light"), (1280, "light"), (1280, "dark")], ids=["phone", "desk", "night"])
async def screen(request: pytest.FixtureRequest, gateway: Gateway) -> AsyncIterator[Page]:
    """A browser with scripts, which axe is one of."""
    width, scheme = request.param
    async with async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        context = await browser.new_context(
            viewport={"width": width, "height": 780}, base_url=gateway.url, locale="id-ID", color_scheme=scheme
        )
        context.set_default_timeout(20_000)
        yield await context.new_page()
        await browser.close()


async def test_no_main_page_has_a_serious_finding(screen: Page, gateway: Gateway, officer: Person) -> None:
    employer, about = await verified_employer(gateway, officer, name="Konveksi Axe Contoh")
    advert = await publish(employer, officer, vacancy_body("Penjahit axe"))
    waiting = await employer.post("/vacancies", vacancy_body("Pelayan, diutamakan wanita"))
    await employer.post(f"/vacancies/{waiting['id']}/submit")
    public = f"/lowongan/{advert['number']}"
    found = await findings(screen, [*OPEN, public, f"{public}/lapor", f"/perusahaan/{about['id']}"])
    found += await refused_sign_up(screen)

    await become_seeker(screen, gateway)
    found += await findings(screen, [*SEEKER, public, f"{public}/lamar"])
    await screen.context.clear_cookies()

    await sign_in(screen, str((await employer.get("/accounts/me"))["email"]), PASSWORD)
    own = [f"/pasang/{advert['id']}{step}" for step in ("", "/ubah", "/angka", "/perpanjang", "/tutup")]
    found += await findings(screen, [*EMPLOYER, *own, f"/pasang/{waiting['id']}"])
    await screen.context.clear_cookies()

    await sign_in(screen, *OFFICER)
    found += await findings(screen, [*OFFICERS, f"/petugas/lowongan/{waiting['id']}"])
    assert found == []
    await screen.evaluate("document.querySelector('main').append(document.createElement('img'))")
    assert len(await look_at(screen, "a picture without words")) == 1, "axe looks at all"


@pytest.mark.parametrize("screen", [(360, "light")], indirect=True, ids=["phone"])
async def test_a_first_visit_fits_the_budget(screen: Page, gateway: Gateway, officer: Person) -> None:
    employer, _ = await verified_employer(gateway, officer, name="Konveksi Ringan Contoh")
    advert = await publish(employer, officer, vacancy_body("Penjahit ringan"))
    assert screen.context.browser is not None
    for path in ("/lowongan?q=penjahit", f"/lowongan/{advert['number']}-{advert['slug']}"):
        async with await screen.context.browser.new_context(base_url=gateway.url) as fresh:
            sizes = await fetched(await fresh.new_page(), path)
        assert len(sizes) <= MOST_REQUESTS, sizes
        assert 0 < sum(sizes.values()) <= MOST_BYTES, sizes


async def findings(page: Page, paths: list[str]) -> list[str]:
    """What is seriously wrong, one line each: page, rule, and the first place."""
    found = []
    for path in paths:
        answer = await page.goto(path)
        assert answer is not None
        assert answer.ok, path
        found += await look_at(page, path)
    return found


async def look_at(page: Page, name: str) -> list[str]:
    seen = (await Axe().run(page)).response
    return [
        f"{name} {each['id']} ({each['impact']}): {each['nodes'][0]['target']} {each['nodes'][0]['html'][:160]}"
        for each in seen["violations"]
        if each["impact"] in GRAVE
    ]


async def refused_sign_up(page: Page) -> list[str]:
    """A page with an error summary."""
    await page.goto("/daftar")
    await press(page, "/daftar")
    await page.get_by_role("alert").wait_for()
    return await look_at(page, "/daftar, refused")


async def become_seeker(page: Page, gateway: Gateway) -> None:
    phone = fresh_phone()
    await page.goto("/daftar")
    await page.locator("main input[name=name]").fill("Sari")
    await page.locator("main input[name=phone]").fill("0" + phone[3:])
    await press(page, "/daftar")
    await page.locator("input[name=code]").fill(await code_for(gateway, phone))
    await press(page, "/masuk/kode")


async def fetched(page: Page, path: str) -> dict[str, int]:
    """Bytes over the line of each thing that a page needs, headers included."""
    names: dict[str, str] = {}
    sizes: dict[str, int] = {}
    line = await page.context.new_cdp_session(page)
    await line.send("Network.enable")

    def asked(event: dict[str, Any]) -> None:
        names[event["requestId"]] = event["request"]["url"]

    def done(event: dict[str, Any]) -> None:
        sizes[names[event["requestId"]]] = int(event["encodedDataLength"])

    line.on("Network.requestWillBeSent", asked)
    line.on("Network.loadingFinished", done)
    await page.goto(path, wait_until="networkidle")
    return sizes
