"""Everything that is kept about somebody, as a paper to read: the same as the file for machines, in words."""

import re
from collections.abc import Iterator
from datetime import datetime

from services.portal.client import Json
from services.portal.formats import WIB, Formats
from services.portal.words import Words
from shared.papers.resume import Entry, Resume, Section

MOST_ENTRIES = 100  # of a list: more takes longer to draw than anybody waits; the file for machines has all
_MOMENT = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d")
_DAY = re.compile(r"^\d{4}-\d\d-\d\d$")


class OwnData:
    """Writes it in the language of the page."""

    def __init__(self, words: Words) -> None:
        self._words, self._formats = words, Formats(words)

    def paper(self, found: Json, *, at: datetime) -> Resume:
        """`found` has an object or a list for each part, as the file for machines."""
        words, name = self._words, (found.get("account") or {}).get("name") or ""
        parts = [(part, kept) for part, kept in found.items() if isinstance(kept, dict | list) and kept]
        return Resume(
            title=words("rights.paper"),
            name=name,
            made_on=at.astimezone(WIB).date(),
            contact=[words("rights.paper_made", at=self._formats.moment(at.isoformat()))],
            about=words("rights.paper_about"),
            sections=[
                Section(title=words.known("data_part", part), entries=self._entries(kept)) for part, kept in parts
            ],
        )

    def _entries(self, kept: Json | list[Json]) -> list[Entry]:
        if isinstance(kept, dict):
            return [Entry(text="\n".join(self._lines(kept)))]
        shown = [
            Entry(heading=f"{number}.", text="\n".join(self._lines(row)))
            for number, row in enumerate(kept[:MOST_ENTRIES], 1)
        ]
        more = len(kept) - MOST_ENTRIES
        return [*shown, Entry(text=self._words("rights.paper_more", n=more))] if more > 0 else shown

    def _lines(self, kept: object, label: str = "") -> Iterator[str]:
        """One line for each thing that is known; what is empty takes none."""
        if isinstance(kept, dict):
            for name, value in kept.items():
                own = self._words.known("data_field", name).replace("_", " ")
                yield from self._lines(value, f"{label}, {own}" if label else own)
        elif isinstance(kept, list) and any(isinstance(each, dict | list) for each in kept):
            for number, each in enumerate(kept, 1):
                yield from self._lines(each, f"{label} {number}")
        elif kept is not None and kept not in ("", []):
            yield f"{label}: {self._said(kept)}"

    def _said(self, value: object) -> str:
        if isinstance(value, bool):
            return self._words("rights.yes" if value else "rights.no")
        if isinstance(value, list):
            return ", ".join(self._said(each) for each in value)
        text = str(value)
        if _MOMENT.match(text):
            return self._formats.moment(text)
        return self._formats.day(text) if _DAY.match(text) else text
