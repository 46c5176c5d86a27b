"""An officer helps somebody without an account: the code read aloud, a profile, an application, and back; and the
person reads at home who it was."""

import re

from playwright.async_api import Page, expect

from deploy.local.demo.people import Gateway
from deploy.local.seed import OFFICER
from tests.journeys import browsing
from tests.journeys.browsing import look, needs_chromium, press
from tests.journeys.journey import fresh_phone
from tests.journeys.test_browser_persons import sign_in

pytestmark = needs_chromium
NAME = "Sulastri Contoh"


async def test_an_officer_helps_somebody_to_an_account_a_profile_and_an_application(
    page: Page, gateway: Gateway
) -> None:
    phone = fresh_phone()
    await browsing.sign_in(page, *OFFICER)
    await page.goto("/petugas")
    await page.get_by_role("link", name="Bantu pencari kerja").click()
    await look(page, "90-bantu")
    await begin(page, gateway, phone)
    band = page.locator(".helping")
    await expect(band).to_contain_text(NAME)
    await look(page, "92-dibantu")

    await page.goto("/akun/profil")
    await page.locator("main input[name=skills]").first.fill("menjahit")
    await press(page, "/akun/profil")
    await expect(page.locator("main .note.good")).to_be_visible()
    await look(page, "93-profil-dibantu")
    await apply(page)
    await look(page, "94-lamaran-dibantu")

    await page.goto("/data-saya")
    await expect(page.locator("h1")).to_contain_text("orangnya sendiri")
    await look(page, "95-hanya-sendiri")

    await band.get_by_role("button").click()
    await expect(page.locator("main")).to_contain_text("Bantuan selesai")
    await expect(band).to_have_count(0)

    told = await gateway.message(phone, lambda message: "membantu akun Anda" in message["text"])
    assert NAME not in told["text"]
    await page.context.clear_cookies()
    await sign_in(page, gateway, phone)
    await page.goto("/data-saya")
    helped = page.locator("section[aria-labelledby=bantuan]")
    await expect(helped).to_contain_text("diselesaikan oleh yang membantu")
    await expect(helped).to_contain_text("petugas Disnaker")
    await look(page, "96-siapa-membantu")
    await page.goto("/lamaran")
    await expect(page.locator("main")).to_contain_text("Terkirim")


async def begin(page: Page, gateway: Gateway, phone: str) -> None:
    await page.locator("main input[name=phone]").fill("0" + phone[3:])
    await page.locator("main input[name=name]").fill(NAME)
    await press(page, "/bantu")
    await look(page, "91-kode-bantuan")
    sms = await gateway.message(phone, lambda message: "kode bantuan" in message["text"])
    found = re.search(r"\b(\d{6})\b", sms["text"])
    assert found is not None
    await page.locator("main input[name=code]").fill(found.group(1))
    await press(page, "/bantu/kode")


async def apply(page: Page) -> None:
    """For the first vacancy in the list that asks for nothing special."""
    await page.goto("/lowongan?q=penjahit")
    await page.locator("main article a, main .results a").first.click()
    await page.locator("main a[href$='/lamar']").first.click()
    await page.locator("main textarea[name=note]").fill("Saya bisa mulai minggu depan.")
    await press(page, "/lamar")
    await expect(page.locator("h1")).to_contain_text("terkirim", ignore_case=True)
