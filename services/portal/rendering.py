"""Templates, compiled once per language, and static files under addresses that change with their content."""

import gzip
import hashlib
import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from services.portal import choices
from services.portal.formats import Formats
from services.portal.posting import vacancy_path
from services.portal.prose import prose
from services.portal.words import LANGUAGES, Words

HERE = Path(__file__).parent
FILTERS = (
    "day",
    "short_day",
    "month",
    "moment",
    "clock",
    "span",
    "closing",
    "closing_day",
    "left",
    "age",
    "number",
    "kilometres",
    "money",
    "wage",
    "pay",
)
WORKER = "sw.js"
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".png": "image/png"}


@dataclass(frozen=True)
class Static:
    body: bytes
    zipped: bytes
    kind: str


class Rendering:
    """Renders a template in a language. Text is always escaped; templates hold no text of their own."""

    def __init__(self, folder: Path = HERE) -> None:
        self.files: dict[str, Static] = {}
        self._names: dict[str, str] = {}
        for path in sorted((folder / "static").iterdir(), key=lambda each: (each.suffix == ".css", each.name)):
            self._add(path)
        self.words = {language: Words(language) for language in LANGUAGES}
        self._rooms = {language: self._room(folder, language) for language in LANGUAGES}

    def page(self, template: str, language: str, **context: Any) -> str:
        text = self._rooms[language].get_template(template).render(**context)
        return re.sub(r"\n\s*\n+", "\n", text)

    def address(self, name: str) -> str:
        """Where a static file is served, such as `/static/style.0123456789.css`."""
        return f"/static/{self._names[name]}"

    def _add(self, path: Path) -> None:
        body = path.read_bytes()
        if path.suffix == ".css":  # read last, because it names the pictures
            body = re.sub(rb"/static/([\w.]+)", lambda found: self.address(found[1].decode()).encode(), body)
        name = f"{path.stem}.{hashlib.sha256(body).hexdigest()[:10]}{path.suffix}"
        if path.name == WORKER:
            name = WORKER  # browsers know it by its address
        self.files[name] = Static(body, gzip.compress(body, 9, mtime=0), KINDS[path.suffix])
        self._names[path.name] = name

    def _room(self, folder: Path, language: str) -> Environment:
        room = Environment(
            loader=FileSystemLoader(folder / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        words, formats = self.words[language], Formats(self.words[language])
        for name in FILTERS:
            room.filters[name] = getattr(formats, name)
        room.filters["prose"] = prose
        prefix = "/en" if language == "en" else ""
        room.globals |= {
            "t": words,
            "n": words.count,
            "known": words.known,
            "words_of": words.choices,
            "lang": language,
            "url": lambda path: prefix + path,
            "static": self.address,
            "vacancy_path": vacancy_path,
            "new_key": lambda: secrets.token_urlsafe(16),
            "choices": choices,
        }
        return room
