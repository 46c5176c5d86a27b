"""Steps that every journey in a browser takes: sign in, press a button, look at the page."""

import os
import re
import shutil
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from deploy.local.demo.people import Gateway

NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next((found for name in NAMES if (found := shutil.which(name))), None)
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
PICTURES = os.environ.get("PICTURES")  # a folder: a picture of each page is kept there
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this computer")


async def sign_in(page: Page, email: str, password: str) -> None:
    await page.goto("/masuk/email")
    await page.locator("main input[name=email]").fill(email)
    await page.locator("main input[name=password]").fill(password)
    await press(page, "/masuk/email")


async def code_for(gateway: Gateway, phone: str) -> str:
    sms = await gateway.message(phone, lambda message: "kode masuk" in message["text"])
    found = re.search(r"\b(\d{6})\b", sms["text"])
    assert found is not None
    return found.group(1)


async def press(page: Page, action: str) -> None:
    """Send the form that goes to `action`."""
    await page.locator(f"main form[method=post][action$='{action}'] button").first.click()


async def look(page: Page, name: str) -> None:
    """Every page has one heading and nothing sticks out sideways; with PICTURES set, a picture is kept."""
    assert page.viewport_size is not None
    width = page.viewport_size["width"]
    await expect(page.locator("h1")).to_have_count(1)
    box = await page.locator("main").bounding_box()
    assert box is not None
    assert box["width"] <= width
    if PICTURES:
        await page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)
