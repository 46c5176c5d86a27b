"""What programs read: robots.txt, the sitemap, RSS and JSON Feed, and the pages per kecamatan."""

import xml.etree.ElementTree as xml

import httpx2

from services.portal.tests.fake_api import ORIGIN, FakeApi, page
from services.portal.tests.samples import FACETS, SUMMARY

NS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
ADVERT = f"{ORIGIN}/lowongan/LWK-2026-000001-penjahit"


async def test_sitemap_goes_through_all_pages(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    second = {**SUMMARY, "number": "LWK-2026-000002", "slug": "juru-masak"}

    def reply(request: httpx2.Request) -> tuple[int, object]:
        return 200, page(second, facets={}) if "cursor" in request.url.params else {**page(SUMMARY), "next": "c2"}

    api.replies["GET /vacancies"] = reply
    answer = await browser.get("/sitemap.xml")
    assert answer.headers["content-type"].startswith("application/xml")
    found = {
        each.findtext("s:loc", "", NS): each.findtext("s:lastmod", None, NS)
        for each in xml.fromstring(answer.content).findall("s:url", NS)
    }
    assert found[ADVERT] == "2026-11-20T03:00:00Z"
    assert f"{ORIGIN}/lowongan/LWK-2026-000002-juru-masak" in found
    assert found[f"{ORIGIN}/lowongan/di/taman"] is None
    for path in ("/lowongan/di/kartoharjo", "/lowongan/bidang/7", "/perusahaan/emp_1"):
        assert found[ORIGIN + path] == "2026-11-20T03:00:00Z"
    asked = len(api.asked)
    again = await browser.get("/sitemap.xml", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, len(api.asked)) == (304, asked)


async def test_rss_follows_a_search(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    api.replies["GET /vacancies"] = (200, page({**SUMMARY, "title": "Juru <masak> & kasir\x08"}, facets={}))
    answer = await browser.get("/lowongan.rss?q=masak&kind=daily&sort=wage")
    assert answer.headers["content-type"].startswith("application/rss+xml")
    channel = xml.fromstring(answer.content).find("channel")
    assert channel is not None
    assert channel.findtext("item/title") == "Juru <masak> & kasir"
    assert channel.findtext("item/link") == ADVERT
    assert channel.findtext("item/pubDate") == "Fri, 20 Nov 2026 03:00:00 +0000"
    assert "masak" in (channel.findtext("title") or "")
    asked = api.asked[-1].url.params
    assert (asked["q"], asked["kind"], asked["sort"]) == ("masak", "daily", "newest")
    same = await browser.get(
        "/lowongan.rss?q=masak&kind=daily&sort=wage", headers={"If-None-Match": answer.headers["etag"]}
    )
    assert (same.status_code, same.content) == (304, b"")


async def test_json_feed(browser: httpx2.AsyncClient) -> None:
    answer = await browser.get("/en/lowongan.json")
    feed = answer.json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["language"] == "en"
    assert feed["feed_url"] == f"{ORIGIN}/en/lowongan.json"
    assert feed["items"][0]["url"] == ADVERT
    assert "Rp2.000.000–Rp2.600.000" in feed["items"][0]["content_text"]
    assert "set-cookie" not in answer.headers


async def test_robots_are_shown_the_sitemap_and_kept_off_accounts(browser: httpx2.AsyncClient) -> None:
    text = (await browser.get("/robots.txt")).text
    assert f"Sitemap: {ORIGIN}/sitemap.xml" in text
    assert "Disallow: /akun" in text
    assert "Disallow: /lowongan?" in text


async def test_page_of_a_kecamatan(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    api.replies["GET /vacancies"] = (200, page(SUMMARY, facets=FACETS, total=1))
    html = (await browser.get("/lowongan/di/kartoharjo")).text
    assert "Lowongan di Kecamatan Kartoharjo" in html
    assert len(api.asked[-1].url.params.get_list("kelurahan")) == 9
    assert f'<link rel="canonical" href="{ORIGIN}/lowongan/di/kartoharjo">' in html
    assert "noindex" not in html
    assert (await browser.get("/lowongan/di/surabaya")).status_code == 404
