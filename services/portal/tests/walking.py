"""A visitor without scripts: opens a page, fills in its form, sends it."""

import re
from html import unescape

import httpx2

from services.portal.tests.fake_api import ORIGIN, cookie, signed_in_as


async def submit(
    browser: httpx2.AsyncClient,
    path: str,
    fields: dict[str, str] | dict[str, str | list[str]],
    *,
    to: str | None = None,
) -> httpx2.Response:
    """Open the page, take its hidden fields along, and send its form."""
    html = (await browser.get(path)).text
    forms: list[str] = re.findall(r"<form method=\"post\".*?</form>", html, re.S)
    target = to or path
    form = next(each for each in forms if f'action="{target}"' in each)
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    hidden = {name: unescape(value) for name, value in found}
    return await browser.post(target, data={**hidden, **fields}, headers={"Origin": ORIGIN})


def sign_in(browser: httpx2.AsyncClient, role: str) -> None:
    browser.headers["Cookie"] = cookie(signed_in_as(role))["Cookie"]
