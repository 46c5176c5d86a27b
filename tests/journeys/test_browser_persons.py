"""The jobseeker card from the phone to the officers' desk, to a stranger's check and into the month's statistics; and
what a person does about the own data."""

import io
import re
from datetime import date
from pathlib import Path

from playwright.async_api import Page, expect

from deploy.local.demo.people import Gateway, eventually, sign_up_seeker
from deploy.local.seed import OFFICER
from tests.journeys import browsing
from tests.journeys.browsing import code_for, look, needs_chromium, press
from tests.journeys.card import fresh_nik, link_on
from tests.journeys.journey import fresh_phone

pytestmark = needs_chromium


async def test_a_card_is_asked_for_issued_checked_by_a_stranger_and_ends_with_a_job_that_counts(
    page: Page, gateway: Gateway, tmp_path: Path
) -> None:
    phone = fresh_phone()
    seeker = await sign_up_seeker(gateway, name="Wulan Sari Dewi", phone=phone)
    born, nik = fresh_nik()
    level = {"form": "rinci", "code": "3801"}
    await seeker.put("/seekers/me", {"name": "Wulan Sari Dewi", "nik": nik, "education": level, "skills": []})
    await sign_in(page, gateway, phone)
    await ask(page, date.fromisoformat(born), tmp_path)
    card = (await seeker.get("/seekers/me/cards"))["items"][0]["id"]

    await page.context.clear_cookies()
    await browsing.sign_in(page, *OFFICER)
    await page.goto(f"/petugas/ak1/{card}")
    await look(page, "80-petugas-ak1")
    await press(page, f"/{card}/terbitkan")
    number = str((await seeker.get("/seekers/me/cards"))["items"][0]["number"])
    await expect(page.locator("main")).to_contain_text(number)

    printed = await page.request.get(f"/petugas/ak1/{card}/cetak")
    code = link_on(await printed.body())
    desk = await page.context.cookies()
    await page.context.clear_cookies()
    await page.goto(f"/cek/{code}")
    await expect(page.locator("main")).to_contain_text(number)
    await expect(page.locator("main")).not_to_contain_text("Wulan")
    await look(page, "81-cek")

    await page.context.add_cookies([{**each} for each in desk])  # type: ignore[typeddict-item]
    await record_job(page, number)

    async def ended() -> bool:
        return bool((await seeker.get("/seekers/me/cards"))["items"][0]["state"] == "employed")

    await eventually(ended, what="the end of the card")
    await page.goto("/petugas/ipk")
    chart = page.locator("svg[role=img]").first
    await expect(chart).to_have_attribute("aria-label", re.compile(r"Ditempatkan [1-9]"))
    await look(page, "84-ipk")


async def test_whoever_wants_to_know_reads_takes_along_and_takes_back_the_own_data(
    page: Page, gateway: Gateway
) -> None:
    phone = fresh_phone()
    await sign_up_seeker(gateway, name="Rini Astuti Contoh", phone=phone)
    await sign_in(page, gateway, phone)
    await page.goto("/data-saya")
    main = page.locator("main")
    await expect(main).to_contain_text("Rini Astuti Contoh")
    taken = await page.request.get("/data-saya/unduh")
    assert "Rini Astuti Contoh" in await taken.text()

    await press(page, "/match_hints/tarik")
    await expect(page.get_by_role("status").or_(main).first).to_contain_text("Persetujuan ditarik")
    await look(page, "85-persetujuan")
    await press(page, "/match_hints/beri")
    await expect(main.locator("form[action$='/match_hints/tarik']")).to_have_count(1)

    await page.locator("input[name=kind][value=copy]").check()
    await press(page, "/data-saya/permintaan")
    await expect(main).to_contain_text("dijawab paling lambat")
    await look(page, "86-permintaan")
    await page.locator("main form[action*='/data-saya/permintaan/'] button").first.click()
    await expect(main).not_to_contain_text("dijawab paling lambat")


async def sign_in(page: Page, gateway: Gateway, phone: str) -> None:
    known = len(await gateway.inbox(phone))
    await page.goto("/masuk")
    await page.locator("main input[name=phone]").fill("0" + phone[3:])
    await press(page, "/masuk")

    async def sent() -> bool:
        return len(await gateway.inbox(phone)) > known

    await eventually(sent, what="the code")
    await page.locator("input[name=code]").fill(await code_for(gateway, phone))
    await press(page, "/masuk/kode")
    await expect(page.locator("h1")).not_to_contain_text("Masuk")


async def ask(page: Page, born: date, folder: Path) -> None:
    """Data, photo, and off it goes."""
    from PIL import Image

    photo = io.BytesIO()
    Image.effect_noise((600, 800), 60).convert("RGB").save(photo, "JPEG")
    (folder / "foto.jpg").write_bytes(photo.getvalue())
    await page.goto("/ak1/data")
    await page.locator("input[name=birth_place]").fill("Madiun")
    for part, value in (("day", born.day), ("month", born.month), ("year", born.year)):
        await page.locator(f"input[name=birth_date_{part}]").fill(str(value))
    await page.locator("input[name=sex][value=female]").check()
    await page.locator("input[name=address]").fill("Jl. Contoh 2 RT 01 RW 01")
    await page.locator("select[name=kelurahan_code]").select_option("35.77.03.1005")
    await page.locator("select[name=religion]").select_option("islam")
    await page.locator("input[name=marital_status][value=married]").check()
    await look(page, "77-ak1-data")
    await press(page, "/ak1/data")
    await page.goto("/ak1/foto")
    await page.locator("input[name=photo]").set_input_files(folder / "foto.jpg")
    await press(page, "/ak1/foto")
    await page.goto("/ak1")
    await look(page, "78-ak1")
    await press(page, "/ak1/kirim")
    await expect(page.locator("#terkirim")).to_be_visible()
    await look(page, "79-ak1-terkirim")


async def record_job(page: Page, number: str) -> None:
    await page.goto("/petugas/penempatan/baru")
    await page.locator("input[name=job]").fill("Penjaga toko kain")
    await page.locator("input[name=employer_name]").fill("Toko Kain Contoh")
    await page.locator("input[name=card_number]").fill(number)
    await page.locator("select[name=industry]").select_option("G")
    await page.locator("input[name=receiver][value='24']").check()
    await look(page, "82-penempatan-baru")
    await press(page, "/penempatan/baru")
    await expect(page.locator("main")).to_contain_text("Penjaga toko kain")
    await look(page, "83-penempatan")
