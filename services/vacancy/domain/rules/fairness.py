"""M6: conditions on what a person is (age, sex, marital state, looks, height, skin, religion) and not on what it can
do. Meant are conditions: clothes for women or a barber for men are none."""

from collections.abc import Iterator

from services.vacancy.domain.rules.fairness_words import BOTH, IN_TITLE, OPEN_TO_ALL, PATTERNS, SEX, THINGS, TRADES
from services.vacancy.domain.rules.looking import Hit, hits
from services.vacancy.domain.terms import Terms


def conditions(terms: Terms) -> Iterator[Hit]:
    """Each condition with neutral words to use instead."""
    seen: set[tuple[str, int]] = set()
    for hit, text in (*hits(terms, PATTERNS), *hits(Terms(title=terms.title), IN_TITLE)):
        if (hit.field, hit.start) not in seen and not _meant_otherwise(hit, text):
            seen.add((hit.field, hit.start))
            yield hit


def _meant_otherwise(hit: Hit, text: str) -> bool:
    before, around = text[max(0, hit.start - 40) : hit.start], text[max(0, hit.start - 30) : hit.end + 30]
    if hit.suggestion == SEX and (BOTH.search(around) or THINGS.search(before)):
        return True
    return bool(TRADES.search(before) or OPEN_TO_ALL.search(around))
