"""What programs read of the adverts: robots.txt, sitemap.xml, RSS and JSON Feed, each with its ETag."""

import asyncio
import hashlib
import json
import time
from typing import Any

from fastapi import APIRouter, Response
from fastapi.responses import PlainTextResponse

from services.portal import choices
from services.portal.client import Json
from services.portal.feeds import json_feed, rss, sitemap
from services.portal.searching import Search
from services.portal.visit import Visit, Visiting

router = APIRouter(include_in_schema=False)
ROOMS = ("akun", "masuk", "daftar", "lamaran", "kabar", "simpanan", "usaha", "pasang", "pelamar", "petugas", "api")
CLOSED_TO_ROBOTS = (*(f"/{room}" for room in ROOMS), "/*/lamar", "/*/lapor", "/lowongan?")
PLACES = tuple(f"/lowongan/di/{slug}" for slug in choices.districts())
PAGES = ("/", "/lowongan", "/bantuan", "/privasi", "/aksesibilitas", "/docs/")
IN_FEED, KEPT = 50, 600  # adverts in a feed; seconds that a made sitemap serves everybody
STEP, MOST = 100, 45_000  # adverts asked for at once; a sitemap may hold 50,000 addresses


class Sitemap:
    """Made at most once in ten minutes, by one visitor for all."""

    def __init__(self) -> None:
        self._lock, self._body, self._made = asyncio.Lock(), b"", 0.0

    async def body(self, visit: Visit) -> bytes:
        async with self._lock:
            if not self._body or time.monotonic() - self._made > KEPT:
                found = await everything(visit)
                pages = dict.fromkeys(PAGES) | places(found) | await fields(visit)
                self._body, self._made = sitemap(pages, found, origin=visit.portal.origin), time.monotonic()
            return self._body


@router.get("/robots.txt")
async def robots(visit: Visiting) -> Response:
    closed = "".join(f"Disallow: {path}\nDisallow: /en{path}\n" for path in CLOSED_TO_ROBOTS)
    text = f"User-agent: *\n{closed}Allow: /\n\nSitemap: {visit.portal.origin}/sitemap.xml\n"
    return PlainTextResponse(text, headers={"Cache-Control": "max-age=3600"})


@router.get("/sitemap.xml")
async def map_of_site(visit: Visiting) -> Response:
    kept: Sitemap = visit.request.app.state.sitemap
    return _marked(visit, await kept.body(visit), "application/xml", keep=KEPT)


@router.get("/lowongan.rss")
async def news_feed(visit: Visiting) -> Response:
    return _marked(visit, rss(**await _feed(visit, "/lowongan.rss")), "application/rss+xml; charset=utf-8")


@router.get("/lowongan.json")
async def program_feed(visit: Visiting) -> Response:
    body = json.dumps(json_feed(**await _feed(visit, "/lowongan.json")), ensure_ascii=False).encode()
    return _marked(visit, body, "application/feed+json; charset=utf-8")


async def everything(visit: Visit) -> list[Json]:
    """Every open advert, page by page."""
    found: dict[str, Json] = {}  # by number: an advert published meanwhile pushes others to the next page
    cursor: str | None = None
    while len(found) < MOST:
        page = await visit.get("/vacancies", {"sort": "newest", "limit": STEP, "cursor": cursor})
        found |= {each["number"]: each for each in page["items"]}
        cursor = page.get("next")
        if not cursor:
            break
    return list(found.values())


def places(vacancies: list[Json]) -> dict[str, str | None]:
    """The pages of places and employers, with when the newest advert on each was published."""
    found: dict[str, str | None] = dict.fromkeys(PLACES)
    for each in sorted(vacancies, key=lambda each: str(each["published_at"])):
        slug = choices.district_of(each["kelurahan_code"])
        if slug:
            found[f"/lowongan/di/{slug}"] = each["published_at"]
        found[f"/perusahaan/{each['employer']['id']}"] = each["published_at"]
    return found


async def fields(visit: Visit) -> dict[str, str | None]:
    """The pages of the fields of work that have something open."""
    found: dict[str, str | None] = {}
    for code in choices.FIELDS:
        newest = await visit.get("/vacancies", {"bidang": code, "sort": "newest", "limit": 1})
        if newest["items"]:
            found[f"/lowongan/bidang/{code}"] = newest["items"][0]["published_at"]
    return found


async def _feed(visit: Visit, path: str) -> dict[str, Any]:
    """The newest adverts; with a search in the address, those that it finds."""
    search = Search.of(visit.request.query_params)
    page = await visit.get("/vacancies", {**search.params(IN_FEED), "sort": "newest", "cursor": None})
    origin, words = visit.portal.origin, visit.words
    title = words("results.title_q", q=search.q) if search.q else words("front.title")
    return {
        "vacancies": page["items"],
        "title": f"Si-Caker: {title}",
        "words": words,
        "here": origin + visit.url(path + search.query),
        "page": origin + visit.url(search.address()),
        "origin": origin,
    }


def _marked(visit: Visit, body: bytes, kind: str, *, keep: int = 300) -> Response:
    """Whoever has it already is told so, and gets nothing twice."""
    etag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
    headers = {"ETag": etag, "Cache-Control": f"public, max-age={keep}"}
    known = visit.request.headers.get("if-none-match", "")
    if etag in (part.strip().removeprefix("W/") for part in known.split(",")):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=kind, headers=headers)
