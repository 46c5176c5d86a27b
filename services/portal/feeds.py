"""Adverts for programs: a sitemap for search engines, RSS and JSON Feed for those who follow along."""

import re
import xml.etree.ElementTree as xml
from collections.abc import Iterable, Mapping
from email.utils import format_datetime

from services.portal.client import Json
from services.portal.formats import Formats, to_moment
from services.portal.posting import vacancy_path
from services.portal.words import Words

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_ATOM = "http://www.w3.org/2005/Atom"
_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # in any XML


def sitemap(pages: Mapping[str, str | None], vacancies: Iterable[Json], *, origin: str) -> bytes:
    """`pages` are addresses with when they last changed, where that is known. `lastmod` of an advert is the day on
    which a person last looked at it: its publication."""
    root = xml.Element("urlset", xmlns=_SITEMAP)
    for path, changed in pages.items():
        url = xml.SubElement(root, "url")
        _child(url, "loc", origin + path)
        if changed:
            _child(url, "lastmod", changed)
    for each in vacancies:
        url = xml.SubElement(root, "url")
        _child(url, "loc", origin + vacancy_path(each))
        _child(url, "lastmod", each["published_at"])
    return _document(root)


def rss(vacancies: list[Json], *, title: str, words: Words, here: str, page: str, origin: str) -> bytes:
    """`here` is the feed's own address, `page` the one for people."""
    root = xml.Element("rss", {"version": "2.0", "xmlns:atom": _ATOM})
    channel = xml.SubElement(root, "channel")
    for name, text in (("title", title), ("link", page), ("description", words("results.description"))):
        _child(channel, name, text)
    _child(channel, "language", words.language)
    xml.SubElement(channel, "atom:link", {"href": here, "rel": "self", "type": "application/rss+xml"})
    for each in vacancies:
        item = xml.SubElement(channel, "item")
        _child(item, "title", each["title"])
        _child(item, "link", origin + vacancy_path(each))
        xml.SubElement(item, "guid", {"isPermaLink": "false"}).text = each["number"]
        _child(item, "pubDate", format_datetime(to_moment(each["published_at"])))
        _child(item, "description", told(each, words))
    return _document(root)


def json_feed(vacancies: list[Json], *, title: str, words: Words, here: str, page: str, origin: str) -> Json:
    """JSON Feed 1.1."""
    items = [
        {
            "id": each["number"],
            "url": origin + vacancy_path(each),
            "title": each["title"],
            "content_text": told(each, words),
            "date_published": each["published_at"],
        }
        for each in vacancies
    ]
    head = {"version": "https://jsonfeed.org/version/1.1", "title": title, "language": words.language}
    return {**head, "home_page_url": page, "feed_url": here, "items": items}


def told(vacancy: Json, words: Words) -> str:
    """Employer, place, pay and closing day in one line."""
    formats = Formats(words)
    where = vacancy.get("kelurahan") or vacancy.get("location_text") or words.known("workplace", vacancy["workplace"])
    closes = words("vacancy.closes_short", day=formats.closing_day(vacancy["closes_at"]))
    return f"{vacancy['employer']['name']} · {where} · {formats.pay(vacancy)} · {closes}"


def _child(parent: xml.Element, name: str, text: str) -> None:
    xml.SubElement(parent, name).text = _FORBIDDEN.sub("", text)


def _document(root: xml.Element) -> bytes:
    return bytes(xml.tostring(root, encoding="utf-8", xml_declaration=True))
