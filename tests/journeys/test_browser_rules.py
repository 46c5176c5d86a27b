"""Searching, posting and checking as people do it in a browser: help for a typo, a warning, a stock reason."""

from playwright.async_api import Page, expect

from deploy.local.demo.people import Gateway, Person
from deploy.local.seed import OFFICER
from tests.journeys import browsing
from tests.journeys.browsing import look, needs_chromium, press
from tests.journeys.journey import PASSWORD, fresh_phone, verified_employer

KARTOHARJO = "35.77.01.1008"
pytestmark = needs_chromium


async def test_a_search_with_a_typo_and_a_filter_finds_and_can_be_widened(page: Page) -> None:
    await search(page, "penjhit")
    await expect(page.locator("main article").first).to_contain_text("Penjahit")
    await look(page, "40-salah-ketik")
    await open_filters(page)
    await page.locator("select[name=near]").select_option(KARTOHARJO)
    await page.locator("select[name=within_km]").select_option("2")
    await page.locator("input[name=hours][value=no_night]").check()
    await page.locator("form[role=search] button").last.click()
    chips = page.locator("ul.chips")
    await expect(chips).to_contain_text("Dekat Kartoharjo, sampai 2 km")
    await expect(page.locator("main article").first).to_contain_text("km")
    await look(page, "41-saringan")
    await chips.locator("a", has_text="Tanpa kerja malam").click()
    await expect(chips).not_to_contain_text("Tanpa kerja malam")
    await expect(chips).to_contain_text("Dekat Kartoharjo")


async def test_nothing_found_leads_to_something(page: Page) -> None:
    await page.goto("/lowongan?q=penjahit&wage_min=90000000")
    await expect(page.locator("main")).to_contain_text("Belum ada lowongan yang cocok")
    await look(page, "42-tidak-ada")
    await page.locator("ul.ways a").first.click()
    await expect(page.locator("main article").first).to_be_visible()


async def test_an_unfair_advert_is_warned_about_and_returned_with_a_stock_reason(
    page: Page, gateway: Gateway, officer: Person
) -> None:
    name, title = "Warung Contoh Sederhana", "Pelayan warung soto"
    employer, _ = await verified_employer(gateway, officer, name=name)
    await browsing.sign_in(page, str((await employer.get("/accounts/me"))["email"]), PASSWORD)
    address = await post_unfair(page, title)
    await press(page, "/kirim")
    await page.context.clear_cookies()

    await browsing.sign_in(page, *OFFICER)
    row = page.locator("tr", has_text=title).filter(has_text=name)
    await expect(row.last).to_contain_text("M6")
    await look(page, "45-antrean")
    await row.last.locator("a").first.click()
    await expect(page.locator("main")).to_contain_text("wanita")
    await page.locator("input[name=return_code][value=unfair_wording]").check()
    await page.locator("textarea[name=return_words]").fill("Hapus juga batas umurnya.")
    await look(page, "46-alasan")
    await press(page, "/kembalikan")
    await page.context.clear_cookies()

    await browsing.sign_in(page, str((await employer.get("/accounts/me"))["email"]), PASSWORD)
    await page.goto(address)
    await expect(page.locator("main")).to_contain_text("Hapus juga batas umurnya.")
    await expect(page.locator("main")).to_contain_text("Perlu diperbaiki")
    await look(page, "47-dikembalikan")
    await press(page, "/hapus-kata")
    await expect(page.get_by_role("status")).to_contain_text("dihapus")
    await press(page, "/kirim")
    await expect(page.locator("main")).to_contain_text("Diperiksa petugas")


async def test_a_seeker_keeps_an_advert_and_a_search(page: Page, gateway: Gateway) -> None:
    phone = fresh_phone()
    await page.goto("/daftar")
    await page.locator("main input[name=name]").fill("Sari")
    await page.locator("main input[name=phone]").fill("0" + phone[3:])
    await press(page, "/daftar")
    await page.locator("input[name=code]").fill(await browsing.code_for(gateway, phone))
    await press(page, "/masuk/kode")
    await page.goto("/lowongan?q=penjahit")
    await page.locator("main article a").first.click()
    title = await page.locator("h1").inner_text()
    await press(page, "/simpan")
    await expect(page.get_by_role("status")).to_contain_text("Tersimpan")
    await look(page, "48-tersimpan")
    await page.goto("/lowongan?q=penjahit&workplace=home")
    await page.locator("main a[href*='/simpanan/cari']").click()
    await page.locator("input[name=rhythm][value=weekly]").check()
    await page.locator("input[name=channel][value=sms]").check()
    await press(page, "workplace=home")
    await expect(page.locator("main")).to_contain_text(title)
    await expect(page.locator("main")).to_contain_text("Setiap minggu")
    await look(page, "49-simpanan")
    await press(page, "/henti")
    await expect(page.locator("main")).to_contain_text("Berhenti")


async def test_piecework_shows_what_an_hour_brings(page: Page, gateway: Gateway, officer: Person) -> None:
    employer, _ = await verified_employer(gateway, officer, name="Konveksi Borongan Contoh")
    await browsing.sign_in(page, str((await employer.get("/accounts/me"))["email"]), PASSWORD)
    await page.goto("/pasang/baru")
    await page.locator("input[name=title]").fill("Jahit sarung bantal di rumah")
    await page.locator("textarea[name=description]").fill("Menjahit sarung bantal polos, kain sudah dipotong.")
    await page.locator("input[name=kind][value=piecework_home]").check()
    await page.locator("summary", has_text="Borongan").click()
    await page.locator("input[name=piecework_rate]").fill("1.000")
    await page.locator("input[name=piecework_minutes_per_piece]").fill("6")
    await page.locator("input[name=piecework_pay_day][value=weekly]").check()
    await look(page, "50-borongan")
    await press(page, "/pasang/baru")
    await expect(page.locator("main")).to_contain_text("Rp10.000 per jam")
    await look(page, "51-borongan-periksa")
    await press(page, "/kirim")
    await expect(page.locator("main")).to_contain_text("Diperiksa petugas")


async def post_unfair(page: Page, title: str) -> str:
    """Five questions and an unfair condition; returns the address of the check page with the warning."""
    await page.goto("/pasang/baru")
    await page.locator("input[name=title]").fill(title)
    await page.locator("textarea[name=description]").fill("Melayani pembeli dan menjaga warung tetap bersih.")
    await page.locator("select[name=kelurahan_code]").select_option(KARTOHARJO)
    await page.locator("input[name=kind][value=part_time]").check()
    await page.locator("input[name=hours_days][value=sat]").check()
    await page.locator("input[name=hours_start]").fill("7")
    await page.locator("input[name=hours_end]").fill("12")
    await page.locator("input[name=wage_min]").fill("20.000")
    await page.locator("input[name=wage_per][value=hour]").check()
    await page.locator("summary", has_text="Isian lainnya").click()
    await page.locator("textarea[name=conditions]").fill("Ramah, diutamakan wanita, jujur")
    await look(page, "43-lima-pertanyaan")
    await press(page, "/pasang/baru")
    warning = page.get_by_role("region").filter(has=page.locator("mark"))
    await expect(warning).to_contain_text("wanita")
    await expect(warning).to_contain_text("Saran:")
    await look(page, "44-peringatan")
    return page.url.split("?")[0]


async def search(page: Page, words: str) -> None:
    await page.goto("/lowongan")
    await page.locator("main input[name=q]").fill(words)
    await page.locator("form[role=search] .go button").click()


async def open_filters(page: Page) -> None:
    """On a phone they are folded away."""
    summary = page.locator(".filter summary")
    if await summary.is_visible():
        await summary.click()
