"""The journey as people make it: a real browser, at a phone's and a desk's width, scripts switched off."""

import io
import re
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.async_api import FilePayload, Page, expect

from deploy.local.demo.people import Gateway
from deploy.local.seed import OFFICER
from tests.journeys.browsing import code_for, look, needs_chromium, press, sign_in
from tests.journeys.journey import PASSWORD, fresh_email, fresh_phone

TITLE, BUSINESS = "Penyortir rempah", "Rempah Bu Ratna Contoh"
pytestmark = needs_chromium


async def test_an_employer_posts_an_officer_publishes_and_a_seeker_is_hired(page: Page, gateway: Gateway) -> None:
    employer = fresh_email("rempah")
    await sign_up_business(page, employer)
    number = await post_advert(page)
    await page.context.clear_cookies()

    await sign_in(page, *OFFICER)
    await decide(page, "usaha", BUSINESS, "terima", picture="31-petugas-usaha")
    await decide(page, "lowongan", TITLE, "terbitkan", picture="32-petugas-lowongan")
    await page.context.clear_cookies()
    await gateway.message(employer, lambda message: number in message["text"])

    phone = await find_and_apply(page, gateway, number)
    seeker: list[Any] = await page.context.cookies()
    await page.context.clear_cookies()

    await sign_in(page, employer, PASSWORD)
    await invite(page)
    await gateway.message(phone, lambda message: "menunggu jawaban" in message["text"])
    await answered(page, seeker, picture="13-diundang", says="Wawancara pasti")

    await sign_in(page, employer, PASSWORD)
    await offer(page)
    await answered(page, seeker, picture="15-ditawari", says="Tawaran diterima")
    await page.context.add_cookies(seeker)
    await page.goto("/data-saya")
    await expect(page.locator("section[aria-labelledby=pembaca]")).to_contain_text("lampiran dibuka")
    await page.context.clear_cookies()

    await sign_in(page, employer, PASSWORD)
    await hire(page)
    await gateway.message(phone, lambda message: "kabar baru" in message["text"])


async def sign_up_business(page: Page, email: str) -> None:
    await page.goto("/daftar/usaha")
    await page.locator("main input[name=name]").fill("Bu Ratna")
    await page.locator("main input[name=email]").fill(email)
    await page.locator("main input[name=password]").fill(PASSWORD)
    await press(page, "/daftar/usaha")
    await page.goto("/usaha")
    await page.locator("input[name=name]").fill(BUSINESS)
    await page.locator("select[name=kelurahan_code]").select_option("35.77.03.1007")
    await look(page, "20-usaha")
    await press(page, "/usaha")
    await expect(page.locator("main")).to_contain_text(BUSINESS)
    await look(page, "21-usaha-menunggu")


async def post_advert(page: Page) -> str:
    """Write, check and send; the first try forgets the closing day and is told so. Returns the number."""
    await page.goto("/pasang/baru")
    await page.locator("input[name=title]").fill(TITLE)
    await page.locator("textarea[name=description]").fill("Menyortir dan mengemas rempah kering di gudang kecil.")
    await page.locator("select[name=kelurahan_code]").select_option("35.77.03.1007")
    await page.locator("input[name=hours_days]").first.check()
    await page.locator("input[name=hours_start]").fill("08.00")
    await page.locator("input[name=hours_end]").fill("15.00")
    await page.locator("input[name=wage_min]").fill("2.400.000")
    closes = datetime.now(UTC) + timedelta(days=20)
    parts = page.locator("input[name^=closes_on]")
    for place, value in enumerate((closes.day, closes.month, closes.year)):
        await parts.nth(place).fill(str(value))
    await look(page, "22-pasang")
    await press(page, "/pasang/baru")
    await look(page, "23-periksa")
    number = re.search(r"LWK-\d{4}-\d{6}", await page.locator("main").inner_text())
    assert number is not None
    await press(page, "/kirim")
    return number.group(0)


async def decide(page: Page, queue: str, name: str, answer: str, *, picture: str) -> None:
    await page.goto("/petugas")
    await look(page, "30-petugas")
    await page.locator(f"main a[href*='/petugas/{queue}/']", has_text=name).last.click()
    await look(page, picture)
    await press(page, f"/{answer}")


async def find_and_apply(page: Page, gateway: Gateway, number: str) -> str:
    """From the front page to the receipt, as somebody who has no account yet. Returns the phone."""
    phone = fresh_phone()
    await page.goto("/")
    await look(page, "01-depan")
    await page.locator("main input[name=q]").fill(TITLE)
    await page.locator("main form[action='/lowongan'] button").first.click()
    await look(page, "02-hasil")
    await page.goto(f"/lowongan/{number}")
    await expect(page.locator("h1")).to_have_text(TITLE)
    await look(page, "03-lowongan")
    await page.goto("/daftar")
    await press(page, "/daftar")
    await expect(page.get_by_role("alert")).to_be_visible()
    await look(page, "04-daftar-salah")
    await page.locator("main input[name=name]").fill("Sari")
    await page.locator("main input[name=phone]").fill("0" + phone[3:])
    await press(page, "/daftar")
    await look(page, "05-kode")
    await page.locator("input[name=code]").fill(await code_for(gateway, phone))
    await press(page, "/masuk/kode")
    await look(page, "06-akun")
    await keep_diploma(page)
    await page.goto(f"/lowongan/{number}")
    await page.locator("main a[href*='/lamar']").first.click()
    await page.locator("main textarea[name=note]").fill("Saya teliti dan tinggal dekat.")
    await page.locator("main input[name=attachments]").check()
    await look(page, "07-lamar")
    await press(page, "/lamar")
    await expect(page.locator("main")).to_contain_text(re.compile(r"LMR-\d{4}-\d{6}"))
    await look(page, "08-terkirim")
    await gateway.message(phone, lambda message: "LMR-" in message["text"])
    await page.goto("/lamaran")
    await expect(page.locator("main")).to_contain_text(TITLE)
    await look(page, "09-lamaran-saya")
    return phone


async def keep_diploma(page: Page) -> None:
    from PIL import Image

    paper = io.BytesIO()
    Image.new("RGB", (600, 800), "white").save(paper, "JPEG")
    await page.goto("/akun/dokumen")
    await page.locator("main select[name=kind]").select_option("diploma")
    file: FilePayload = {"name": "ijazah.jpg", "mimeType": "image/jpeg", "buffer": paper.getvalue()}
    await page.locator("main input[name=file]").set_input_files(file)
    await press(page, "/akun/dokumen")
    await expect(page.locator("main")).to_contain_text("Ijazah")


async def invite(page: Page) -> None:
    await page.goto("/pasang")
    await page.locator("main a[href*='/pelamar?lowongan=']").first.click()
    await look(page, "10-pelamar")
    await press(page, "/buka")
    attached = await page.locator("main a[href*='/berkas/doc_']").get_attribute("href")
    read = await page.request.get(attached or "")
    assert (read.headers["content-type"], (await read.body())[:2]) == ("image/jpeg", b"\xff\xd8")
    await unfold(page, "/undang")
    await press(page, "/undang")
    await expect(page.get_by_role("alert")).to_be_visible()
    await look(page, "11-undang-salah")
    await fill_day(page, "starts_at", datetime.now(UTC) + timedelta(days=5))
    await page.locator("input[name=clock]").fill("09.30")
    await page.locator("input[name=remote][value=no]").check()
    await page.locator("input[name=place]").fill("Jl. Contoh No. 1, belakang pasar")
    await page.locator("input[name=contact]").fill("Bu Ratna")
    await press(page, "/undang")
    await expect(page.locator("main a[href^='tel:']")).to_be_visible()
    await look(page, "12-undangan-terkirim")
    await page.context.clear_cookies()


async def offer(page: Page) -> None:
    await open_applicant(page)
    await unfold(page, "/tawari")
    await page.locator("input[name=wage_amount]").fill("2.500.000")
    await page.locator("input[name=wage_per][value=month]").check()
    await page.locator("input[name=hours]").fill("Senin sampai Sabtu, 08.00 sampai 15.00")
    await fill_day(page, "start_date", datetime.now(UTC) + timedelta(days=14))
    await look(page, "14-tawari")
    await press(page, "/tawari")
    await expect(page.locator("main")).to_contain_text("Ditawari kerja")
    await page.context.clear_cookies()


async def answered(page: Page, seeker: list[Any], *, picture: str, says: str) -> None:
    """The seeker, who is still signed in on the own telephone, reads it and says yes."""
    await page.context.add_cookies(seeker)
    await page.goto("/lamaran")
    await look(page, f"{picture}-daftar")
    await page.locator("main a[href*='/lamaran/'][href$='#jawab']").first.click()
    await look(page, picture)
    await press(page, "/bisa")
    await expect(page.locator("main .tag").first).to_have_text(says)
    await look(page, f"{picture}-dijawab")
    await page.context.clear_cookies()


async def open_applicant(page: Page) -> None:
    await page.goto("/pasang")
    await page.locator("main a[href*='/pelamar?lowongan=']").first.click()
    await page.locator("main a[href*='/pelamar/app_']").first.click()


async def unfold(page: Page, action: str) -> None:
    await page.locator("details", has=page.locator(f"form[action$='{action}']")).locator("summary").click()


async def fill_day(page: Page, name: str, day: datetime) -> None:
    for part, value in (("day", day.day), ("month", day.month), ("year", day.year)):
        await page.locator(f"input[name={name}_{part}]").fill(str(value))


async def hire(page: Page) -> None:
    await open_applicant(page)
    await unfold(page, "/terima")
    await look(page, "16-pelamar-setuju")
    await press(page, "/terima")
    await expect(page.locator("main")).to_contain_text("Diterima kerja")
    await look(page, "17-diterima")
