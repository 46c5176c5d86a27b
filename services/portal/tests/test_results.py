"""The list of results: filters that go to the API and can be taken off, and help where nothing was found."""

import gzip

import httpx2
import pytest

from services.portal.searching import Search
from services.portal.tests.fake_api import FakeApi, page, problem
from services.portal.tests.samples import FACETS, SUMMARY

WARD = "35.77.01.1008"


async def test_every_filter_reaches_the_api(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    query = f"near={WARD}&within_km=3&sort=distance&workplace=home&hours=school&hours=no_night"
    await browser.get(f"/lowongan?{query}&may_bring_child=true&education=smp")
    asked = api.asked[-1].url.params
    assert (asked["near"], asked["within_km"], asked["sort"]) == (WARD, "3", "distance")
    assert asked.get_list("hours") == ["school", "no_night"]
    assert (asked["workplace"], asked["may_bring_child"], asked["education"]) == ("home", "true", "smp")


@pytest.mark.parametrize("query", ["sort=distance", "within_km=3", "near=35.77.99.9999&sort=distance", "education=x"])
async def test_half_filters_are_left_out(browser: httpx2.AsyncClient, api: FakeApi, query: str) -> None:
    assert (await browser.get(f"/lowongan?{query}")).status_code == 200
    asked = api.asked[-1].url.params
    assert not {"near", "within_km", "education"} & set(asked.keys())
    assert asked["sort"] == "newest"


async def test_each_filter_can_be_taken_off(browser: httpx2.AsyncClient) -> None:
    html = (await browser.get(f"/lowongan?near={WARD}&within_km=3&hours=school&may_bring_child=true")).text
    chips = html.split('class="chips"')[1].split("</ul>")[0]
    assert "Dekat Kartoharjo, sampai 3 km" in chips
    assert f'href="/lowongan?may_bring_child=true&amp;near={WARD}&amp;within_km=3"' in chips
    assert 'href="/lowongan?hours=school&amp;may_bring_child=true"' in chips


async def test_help_leads_to_searches_of_ours(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    helped = [
        {"kind": "spelling", "text": "Maksudnya “penjahit”?", "query": "q=penjahit"},
        {"kind": "wider", "text": "Ke luar", "query": "next=//jahat.example"},
    ]
    api.replies["GET /vacancies"] = (200, page(facets={}, total=0, exact=0, understood=[], help=helped))
    html = (await browser.get("/lowongan?q=pnjahit")).text
    assert '<a href="/lowongan?q=penjahit" lang="id">Maksudnya' in html
    assert "jahat.example" not in html


async def test_distance_repeats_and_what_was_understood(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    item = {**SUMMARY, "distance_km": 2.14, "repeats": 2}
    understood = [{"kind": "education", "text": "lulusan SMP"}]
    api.replies["GET /vacancies"] = (200, page(item, SUMMARY, facets=FACETS, total=2, exact=1, understood=understood))
    html = (await browser.get("/lowongan?q=lulusan smp")).text
    for words in ("kira-kira 2,1 km", "dan 2 lowongan lain yang sama", "lulusan SMP</span>", "1 lowongan cocok"):
        assert words in html


async def test_full_page_keeps_its_budget(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    items = [
        {**SUMMARY, "number": f"LWK-2026-{n:06}", "title": f"Pekerjaan {n * 7919}", "slug": f"kerja-{n * 7919}"}
        for n in range(15)
    ]
    api.replies["GET /vacancies"] = (200, page(*items, facets=FACETS, total=99))
    answer = await browser.get(f"/lowongan?q=jahit&near={WARD}&hours=school")
    assert len(gzip.compress(answer.content)) <= 14 * 1024
    assert answer.text.count("<img") + answer.text.count('<link rel="stylesheet') + answer.text.count("<script") <= 5


async def test_an_api_without_distance_searches_without(browser: httpx2.AsyncClient, api: FakeApi) -> None:
    api.replies["GET /vacancies"] = problem(422, "invalid_input")
    answer = await browser.get(f"/lowongan?near={WARD}&sort=distance")
    assert answer.headers["location"] == f"/lowongan?near={WARD}"


def test_proposed_queries_are_read_like_any_other() -> None:
    assert Search.read("q=penjahit&kind=rahasia&near=x").address() == "/lowongan?q=penjahit"
