"""What was probably meant by a word that no vacancy has: one letter wrong, missing, too many or swapped, or two words
without the space between them."""

from collections.abc import Callable, Iterator
from string import ascii_lowercase

from services.vacancy.search.words import spelled, term

SHORTEST = 5  # letters: in a shorter word one letter makes another word
LONGEST = 20  # letters: what is longer has too many neighbours to look at, and is hardly a word
_HALF = 3

Known = Callable[[str], int]  # how often a term occurs; 0 for never


def corrected(word: str, known: Known) -> list[str]:
    """The terms meant by `word`: its own where it is known, else the commonest ones next to it."""
    own = term(word)
    if not own or not SHORTEST <= len(word) <= LONGEST or word.isdigit() or known(own):
        return [own] if own else []
    near = {found: known(found) for candidate in _near(word) if (found := term(spelled(candidate)))}
    best = max(near, key=lambda found: (near[found], found), default="")
    if best and near[best] > 0:
        return [best]
    return _split(word, known) or [own]


def _near(word: str) -> Iterator[str]:
    """Every word at distance one, and with two letters swapped that stand next to each other or one apart."""
    halves = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    for left, right in halves:
        if right:
            yield left + right[1:]
            yield from (left + letter + right[1:] for letter in ascii_lowercase)
        if len(right) > 1:
            yield left + right[1] + right[0] + right[2:]
        if len(right) > 2:
            yield left + right[2] + right[1] + right[0] + right[3:]
        yield from (left + letter + right for letter in ascii_lowercase)


def _split(word: str, known: Known) -> list[str]:
    """Two known words that were typed as one: the cut whose rarer half is the commonest."""
    best, found = 0, list[str]()
    for at in range(_HALF, len(word) - _HALF + 1):
        halves = [term(word[:at]), term(word[at:])]
        if all(halves) and (count := min(known(half) for half in halves)) > best:
            best, found = count, halves
    return found
