"""The texts of a vacancy, what rules know beside them, and a hit in one of them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from services.vacancy.domain.terms import Terms
from services.vacancy.domain.wages import Floors


class Hit(NamedTuple):
    """Words that a rule found; `start` and `end` are places in the text of `field`, 0 where it is no text."""

    field: str
    start: int
    end: int
    text: str
    suggestion: str | None = None


@dataclass(frozen=True)
class Known:
    """What the text does not say. `usual_month` is the median pay a month of the same occupation."""

    floors: Floors | None = None
    usual_month: int | None = None
    first_of_employer: bool = False
    same_number: str | None = None


def texts(terms: Terms) -> Iterator[tuple[str, str]]:
    """(field, text) of everything that the author wrote in words."""
    yield "title", terms.title
    yield "description", terms.description
    yield "conditions", terms.conditions
    yield "location_text", terms.location_text or ""
    yield from (("skills", text) for text in terms.skills)
    yield from (("benefits", text) for text in terms.benefits)
    for question in terms.questions:
        yield "questions", "\n".join((question.text, *question.options))
    yield "piecework", terms.piecework.defect_rule if terms.piecework else ""


def hits(terms: Terms, patterns: Mapping[re.Pattern[str], str | None]) -> Iterator[tuple[Hit, str]]:
    """Where the patterns match, each with its suggestion, and the whole text; of matches that overlap the first
    counts."""
    for field, text in texts(terms):
        found = [(match, said) for pattern, said in patterns.items() for match in pattern.finditer(text)]
        end = -1
        for match, said in sorted(found, key=lambda each: (each[0].start(), -each[0].end())):
            if match.start() >= end:
                end = match.end()
                yield Hit(field, match.start(), end, match[0], said), text
