"""Every mail as a picture on a narrow phone, by day and in the dark: nothing sticks out, all of it can be read, and
the button is wide enough for a thumb."""

from typing import Literal

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, async_playwright

from services.notifier.rendering import Texts
from services.notifier.specimen import LINKS, NAME, specimen
from services.notifier.wording import LANGUAGES, Language, messages, wording
from tests.journeys.browsing import ARGUMENTS, CHROMIUM, needs_chromium

pytestmark = needs_chromium
MAILS = [name for name in messages() if wording(name, "id").mail]
WIDTH, THUMB = 320, 44  # pixels
OF_EACH_KIND = ("application_received", "job_digest", "announcement", "breach")  # the others have the same colours
RULES = {"runOnly": ["color-contrast", "link-in-text-block", "html-has-lang", "document-title"]}
TOO_WIDE = "[document.documentElement.scrollWidth, document.querySelector('.tombol a').offsetHeight]"


async def troubles(page: Page, name: str, language: Language) -> list[str]:
    params = {**specimen(name), "judul": "Penjahitseragamsekolah" * 3, "usaha": "Konveksi Melati " * 3}
    mail = Texts("https://si-caker.example").mail(
        name, params, link=LINKS.get(name, ("/kabar", ""))[0] + "?t=" + "x" * 60, name=NAME, language=language
    )
    await page.set_content(mail.html)
    wide, high = await page.evaluate(TOO_WIDE)
    found = [f"{wide} px wide"] * (wide > WIDTH) + [f"button of {high} px"] * (high < THUMB)
    if name not in OF_EACH_KIND:
        return found
    answer = await Axe().run(page, options=RULES)
    return found + [f"{each['id']}: {each['nodes'][0]['html'][:80]}" for each in answer.response["violations"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_mail_can_be_read_on_a_narrow_phone(scheme: Literal["light", "dark"]) -> None:
    found: dict[str, list[str]] = {}
    async with async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = await browser.new_page(viewport={"width": WIDTH, "height": 640}, color_scheme=scheme)
        for name in MAILS:
            for language in LANGUAGES:
                if wrong := await troubles(page, name, language):
                    found[f"{name} {language}"] = wrong
        await browser.close()
    assert len(MAILS) > 40
    assert found == {}
