"""What people choose about messages, and an announcement from one officer's draft to the reader: in a browser without
scripts."""

import dataclasses

from playwright.async_api import Page, expect

from deploy.local.beside import RunningSystem
from deploy.local.demo.people import Gateway, sign_up_seeker
from deploy.local.seed import OFFICER
from tests.journeys.browsing import code_for, look, needs_chromium, press, sign_in
from tests.journeys.journey import fresh_email, fresh_phone

COLLEAGUE = ("rekan@si-caker.example", "rekan-petugas-kota-madiun")
TITLE = "Bursa kerja di Balai Kota"
pytestmark = needs_chromium


async def test_who_agreed_to_news_gets_what_a_second_officer_released(
    page: Page, gateway: Gateway, system: RunningSystem
) -> None:
    appoint(system)
    phone, mail = fresh_phone(), fresh_email("kabar")
    seeker = await sign_up_seeker(gateway, name="Sari", phone=phone)
    await seeker.put("/seekers/me", {"name": "Sari", "email": mail})
    await choose(page, gateway, phone)
    assert (await seeker.get("/notifications/preferences"))["news"] is True
    await page.context.clear_cookies()

    await sign_in(page, *OFFICER)
    address = await write(page)
    await page.context.clear_cookies()
    await sign_in(page, *COLLEAGUE)
    await page.goto(address)
    await press(page, "/lepas")
    await look(page, "63-pengumuman-dilepas")
    await gateway.message(mail, lambda message: message.get("subject") == TITLE, seconds=60)


def appoint(system: RunningSystem) -> None:
    """A second officer, by the operators' command."""
    secret = {**system.environment, "CAKER_OFFICER_PASSWORD": COLLEAGUE[1]}
    command = (
        "-m",
        "deploy.local",
        "exec",
        "identity",
        "--",
        "python",
        "-m",
        "services.identity.officer",
        COLLEAGUE[0],
    )
    done = dataclasses.replace(system, environment=secret).command(*command)
    assert done.returncode == 0, done.stderr


async def choose(page: Page, gateway: Gateway, phone: str) -> None:
    await page.goto("/masuk")
    await page.locator("main input[name=phone]").fill("0" + phone[3:])
    await press(page, "/masuk")
    await page.locator("input[name=code]").fill(await code_for(gateway, phone))
    await press(page, "/masuk/kode")
    await page.goto("/kabar/atur")
    await look(page, "60-atur-pesan")
    await page.locator("input[value='receipts:sms']").uncheck()
    await page.locator("input[name=news]").check()
    await press(page, "/kabar/atur")
    await expect(page.get_by_role("status").first).to_contain_text("tersimpan")
    await expect(page.locator("input[value='receipts:sms']")).not_to_be_checked()


async def write(page: Page) -> str:
    """A draft, and its address; whoever wrote it has no button to release it."""
    await page.goto("/petugas/pengumuman/baru")
    await page.locator("input[name=indonesian_title]").fill(TITLE)
    await page.locator("textarea[name=indonesian_body]").fill("Sabtu pukul 08.00 ada bursa kerja.\nGratis.")
    await look(page, "61-pengumuman-baru")
    await press(page, "/petugas/pengumuman/baru")
    await expect(page.locator("form[action$='/lepas']")).to_have_count(0)
    await look(page, "62-pengumuman-draf")
    return page.url.partition("?")[0]
