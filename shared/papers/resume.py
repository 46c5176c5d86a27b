"""What stands on a curriculum vitae, before it is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A job, a course, a school: what is left out takes no room."""

    heading: str = ""
    when: str = ""
    beneath: str = ""
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class Section:
    title: str
    entries: Sequence[Entry]


@dataclass(frozen=True, kw_only=True)
class Resume:
    """A CV, or what else is a person's own, of as many pages as it needs. The same one gives the same bytes."""

    title: str = "CV"  # what it is, for the file's own title and its list of pages
    name: str = field(repr=False)
    made_on: date
    contact: Sequence[str] = field(default=(), repr=False)  # phone, e-mail, place
    about: str = field(default="", repr=False)
    sections: Sequence[Section] = field(default=(), repr=False)
    photo: bytes | None = field(default=None, repr=False)  # a JPEG of 3 x 4
