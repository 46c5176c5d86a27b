"""A message's texts in Indonesian, from `templates/<message>/`. What a person typed is made harmless here: one line,
no control or direction signs, nothing that a reader would turn into a link, no longer than its place."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from services.notifier.domain import Param, Params

TEMPLATES = Path(__file__).parent / "templates"
WIB = timezone(timedelta(hours=7))
TYPED = {"nama": 60, "usaha": 60, "judul": 80, "alasan": 300}  # by people; the most characters of each
_LINK = re.compile(r"[a-z]+://|(?<=\w)\.(?=[^\W\d])", re.IGNORECASE)
# Categories Cc and Cf hold line breaks, direction overrides and invisible signs; Zl and Zp are line breaks too.
_ODD = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs", "Co", "Cn"})


@dataclass(frozen=True, kw_only=True)
class Mail:
    subject: str
    text: str = field(repr=False)
    html: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Notice:
    """A message as the inbox inside the application shows it."""

    title: str
    text: str


class Texts:
    """Every template, compiled once. `public_url` is where people find the portal."""

    def __init__(self, public_url: str) -> None:
        self._address = public_url.rstrip("/")
        self._templates = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=select_autoescape(["html"]),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._templates.filters.update(waktu=_moment, tanggal=_day)

    def sms(self, template: str, params: Params, *, link: str) -> str:
        return " ".join(self._fill(f"{template}/sms.txt", params, link).split())

    def mail(self, template: str, params: Params, *, link: str, name: str) -> Mail:
        known = {**params, "nama": name}
        return Mail(
            subject=self._fill(f"{template}/subject.txt", known, link).strip(),
            text=self._fill(f"{template}/body.txt", known, link),
            html=self._fill(f"{template}/body.html", known, link),
        )

    def notice(self, template: str, params: Params, *, link: str) -> Notice:
        """The first line is the title."""
        title, _, text = self._fill(f"{template}/inbox.txt", params, link).strip().partition("\n")
        return Notice(title=title, text=" ".join(text.split()))

    def address(self, path: str) -> str:
        """A path as people can open it."""
        return self._address + path

    def _fill(self, name: str, params: Params, link: str) -> str:
        known = {key: _harmless(key, value) for key, value in params.items()}
        return self._templates.get_template(name).render(
            {**known, "link": self.address(link), "situs": self._address}
        )


def _harmless(name: str, value: Param) -> Any:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [{inner: _harmless(inner, part) for inner, part in item.items()} for item in value]
    limit = TYPED.get(name)
    if limit is None or not isinstance(value, str):
        return value
    plain = "".join(" " if unicodedata.category(sign) in _ODD else sign for sign in value)
    line = " ".join(_LINK.sub(lambda found: ". " if found[0] == "." else "", plain).split())
    if name == "alasan":
        line = line.rstrip(" .")  # the sentence around it ends with its own
    return line if len(line) <= limit else f"{line[: limit - 3].rstrip()}..."


def _moment(at: datetime) -> str:
    """`Selasa, 24 November 2026, pukul 23.59`, in WIB."""
    local = at.astimezone(WIB)
    return f"{format_date(local.date(), 'EEEE, d MMMM y', locale='id')}, pukul {local:%H.%M}"


def _day(day: str | datetime) -> str:
    """`Selasa, 24 November 2026`"""
    found = day.astimezone(WIB).date() if isinstance(day, datetime) else date.fromisoformat(day)
    return format_date(found, "EEEE, d MMMM y", locale="id")
