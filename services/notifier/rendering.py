"""A message's texts in the reader's language, each template compiled once, when it is first needed. What a person
typed is made harmless here: one line, no control or direction signs, nothing that a reader would turn into a link,
no longer than its place."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from jinja2 import Environment, StrictUndefined, Template

from services.notifier.domain import Param, Params
from services.notifier.speech import FILTERS
from services.notifier.wording import LANGUAGES, TEMPLATES, Language, as_html, as_text, frame, wording

TYPED = {"nama": 60, "usaha": 60, "judul": 80, "alasan": 300, "jam": 120}  # by people; the most characters of each
_LINK = re.compile(r"[a-z]+://|(?<=\w)\.(?=[^\W\d])", re.IGNORECASE)
# Categories Cc and Cf hold line breaks, direction overrides and invisible signs; Zl and Zp are line breaks too.
_ODD = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs", "Co", "Cn"})
_GAP = re.compile(r"\n{3,}")
# Where a line may break without being seen: a mail whose lines are short goes over the wire as it is.
_BLOCK = re.compile(r"(?<=>)<(?:div|table|tr|td|p|!--\[if)\b")


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
    """Every template. `public_url` is where people find the portal."""

    def __init__(self, public_url: str) -> None:
        self._address = public_url.rstrip("/")
        self._plain = {language: _environment(language, html=False) for language in LANGUAGES}
        self._html = {language: _environment(language, html=True) for language in LANGUAGES}
        self._compiled: dict[tuple[str, str, str], Template] = {}

    def sms(self, template: str, params: Params, *, link: str, language: Language = "id") -> str:
        return self._line(template, "sms", params, link, language)

    def mail(self, template: str, params: Params, *, link: str, name: str, language: Language = "id") -> Mail:
        known = self._known({**params, "nama": name}, link, language)
        subject = " ".join(self._template(template, "subject", language).render(known).split())
        known["subjek"] = subject
        text = self._template(template, "text", language).render(known)
        return Mail(
            subject=subject,
            text=_GAP.sub("\n\n", text),
            html=self._template(template, "html", language).render(known),
        )

    def subject(self, template: str, params: Params, *, language: Language = "id") -> str:
        """Neutral words that anybody may read, such as on the screen of a phone that lies on a table."""
        return self._line(template, "subject", params, "/", language)

    def notice(self, template: str, params: Params, *, link: str, language: Language = "id") -> Notice:
        return Notice(
            title=self._line(template, "title", params, link, language),
            text=self._line(template, "notice", params, link, language),
        )

    def address(self, path: str) -> str:
        """A path as people can open it."""
        return self._address + path

    def _line(self, template: str, part: str, params: Params, link: str, language: Language) -> str:
        known = self._known(params, link, language)
        return " ".join(self._template(template, part, language).render(known).split())

    def _known(self, params: Params, link: str, language: Language) -> dict[str, Any]:
        """What a template may name; each value is made harmless once for all parts of a message."""
        known = {key: _harmless(key, value) for key, value in params.items()}
        return {**known, "link": self.address(link), "situs": self._address, "bingkai": frame(language)}

    def _template(self, name: str, part: str, language: Language) -> Template:
        key = (name, part, language)
        if key not in self._compiled:
            room = self._html if part == "html" else self._plain
            self._compiled[key] = room[language].from_string(source(name, part, language))
        return self._compiled[key]


def source(name: str, part: str, language: Language) -> str:
    """The Jinja source of one part of a message: sms, subject, title, notice, text or html."""
    words = wording(name, language)
    if part == "sms":
        return words.sms or frame(language).news
    if part == "text":
        return (TEMPLATES / "frame" / "mail.txt").read_text(encoding="utf-8").replace("@@isi@@", as_text(words.mail))
    if part != "html":
        return str(getattr(words, part))
    before, button, after = as_html(words.mail)
    return _page().replace("@@isi@@", before).replace("@@ajakan@@", button).replace("@@penutup@@", after)


@cache
def _page() -> str:
    """The frame of a mail as HTML that every mail program shows, with places for what each message says."""
    import mrml  # only whoever writes a mail needs it

    found = mrml.to_html((TEMPLATES / "frame" / "mail.mjml").read_text(encoding="utf-8"))
    return _BLOCK.sub(r"\n\g<0>", str(found.content))


def _environment(language: Language, *, html: bool) -> Environment:
    room = Environment(autoescape=html, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    room.filters.update(FILTERS[language])
    return room


def _harmless(name: str, value: Param) -> Any:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [{inner: _harmless(inner, part) for inner, part in item.items()} for item in value]
    limit = TYPED.get(name)
    if limit is None or not isinstance(value, str):
        return value
    plain = value
    if not value.isascii() or not value.isprintable():  # printable ASCII holds no odd sign
        plain = "".join(" " if unicodedata.category(sign) in _ODD else sign for sign in value)
    line = " ".join(_LINK.sub(lambda found: ". " if found[0] == "." else "", plain).split())
    if name == "alasan":
        line = line.rstrip(" .")  # the sentence around it ends with its own
    return line if len(line) <= limit else f"{line[: limit - 3].rstrip()}..."
