"""A message's texts as they are written: `templates/<message>/{id,en}.toml`. One mail is written once, as lines; what
its readers get as plain text and as HTML are two Jinja sources made of the same lines.

A line is a paragraph. `=> words` is the button to `link`. A line that begins with two spaces goes on below the one
before. `**bold**` and `[words](address)` may stand in a line; a line of its own for `{% ... %}`.
"""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

Language = Literal["id", "en"]
LANGUAGES: tuple[Language, ...] = ("id", "en")
TEMPLATES = Path(__file__).parent / "templates"
FRAME = "frame"
_BOLD, _LINKED = re.compile(r"\*\*(.+?)\*\*"), re.compile(r"\[([^\]]+)\]\(([^)]+)\)")
_BUTTON = "=> "


class Wording(BaseModel):
    """The texts of one message in one language, as Jinja sources. Where `sms` is absent but sent, it is the neutral
    one that good and bad news share; without `mail` there is none."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    same_as: str | None = None
    subject: str = ""
    title: str = ""
    notice: str = ""
    sms: str | None = None
    mail: str = ""


class Frame(BaseModel):
    """What stands around every mail, the neutral SMS, and what stands below the title of a push."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    lang: str
    greeting: str
    regards: str
    office: str
    free: str
    copy_address: str
    choose: str
    choose_path: str
    other: str
    other_path: str
    news: str
    push: str


def messages() -> list[str]:
    """The name of every message that has texts."""
    return sorted(path.name for path in TEMPLATES.iterdir() if path.is_dir() and path.name != FRAME)


@cache
def wording(message: str, language: Language) -> Wording:
    found = Wording.model_validate(_read(message, language))
    return wording(found.same_as, language) if found.same_as else found


@cache
def frame(language: Language) -> Frame:
    return Frame.model_validate(_read(FRAME, language))


def as_text(mail: str) -> str:
    """The plain text of a mail, as a Jinja source."""
    lines = []
    for line in mail.strip("\n").split("\n"):
        if line.startswith(_BUTTON):
            line = f"{line.removeprefix(_BUTTON)}: {{{{ link }}}}"
        lines.append(_LINKED.sub(r"\1: \2", _BOLD.sub(r"\1", line)))
    return "\n".join(lines)


def as_html(mail: str) -> tuple[str, str, str]:
    """The paragraphs before the button, its words, and those after it, as Jinja sources."""
    parts: list[list[str]] = [[], []]
    words = ""
    for line in mail.strip("\n").split("\n"):
        part = parts[1 if words else 0]
        if line.startswith(_BUTTON):
            words = line.removeprefix(_BUTTON)
        elif line.startswith("{%"):
            part.append(line)
        elif line.startswith("  ") and part:
            part[-1] = f"{part[-1].removesuffix('</p>')}<br>{_marked(line.strip())}</p>"
        elif line.strip():
            part.append(f"<p>{_marked(line)}</p>")
    return "\n".join(parts[0]), words, "\n".join(parts[1])


def _marked(line: str) -> str:
    return _LINKED.sub(r'<a href="\2">\1</a>', _BOLD.sub(r"<strong>\1</strong>", line))


def _read(folder: str, language: Language) -> dict[str, str]:
    return tomllib.loads((TEMPLATES / folder / f"{language}.toml").read_text(encoding="utf-8"))
