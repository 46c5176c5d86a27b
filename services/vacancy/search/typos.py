"""What was probably meant by a word that no vacancy has: letters wrong, missing, too many or swapped, English written
by ear, or words without the space between them."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache

from services.vacancy.search import colloquial, wishes
from services.vacancy.search.lexicon import IMPLIED, SPELLINGS, STEMS
from services.vacancy.search.places import place_words
from services.vacancy.search.sounds import allowed, distance, mask, sound
from services.vacancy.search.words import raw, spelled, stop_words, term

SHORTEST = 4  # letters: in a shorter word one letter makes another word
LONGEST = 24  # letters: what is longer is hardly a word
RARE_TIMES = 25  # how much commoner a neighbour must be for a word that somebody did write
SURE, SURE_LONG = 0.8, 1.1  # how near it must be for that, and in a long word
PLACE, PLACE_SHORT = 1.0, 0.2  # how near a place must be, and a short one: it is seldom meant where a trade may be
_JOINING = frozenset({"di", "ke", "dari"})

Known = Callable[[str], int]  # how often a term occurs in titles and elsewhere; 0 for never


class Dictionary:
    """Words in their usual spelling: of `phrases` (the synonym groups), of places and wishes. `titles` are words
    of the index: they may be meant, but may themselves be wrong."""

    def __init__(self, phrases: Iterable[str], titles: Iterable[str] = ()) -> None:
        said = [raw(phrase) for phrase in phrases]
        trades = frozenset(word for phrase in said for word in phrase if len(word) >= 2)
        self.phrases = frozenset(" ".join(phrase) for phrase in said)
        self._known = trades | wishes.WORDS | place_words() | IMPLIED
        self._places = place_words() - trades
        self._by_length: dict[int, list[tuple[int, int, str]]] = {}
        for word in sorted(self._known | _lexicon() | set(titles)):
            if len(word) >= SHORTEST and not word.isdigit():
                self._by_length.setdefault(len(word), []).append((mask(word), mask(sound(word)), word))
        self.near = lru_cache(maxsize=4_000)(self._near)

    def __contains__(self, word: str) -> bool:
        return word in self._known or word in _lexicon()

    def _near(self, word: str) -> tuple[tuple[float, str], ...]:
        """Words that `word` may stand for, the nearest first."""
        letters, sounds = mask(word), mask(sound(word))
        found: list[tuple[float, str]] = []
        for length in range(len(word) - 3, len(word) + 4):
            for other_letters, other_sounds, other in self._by_length.get(length, ()):
                if (letters ^ other_letters).bit_count() > 4 and (sounds ^ other_sounds).bit_count() > 4:
                    continue
                most = allowed(word, other)
                if other in self._places:
                    most = min(most, PLACE if length > SHORTEST + 1 else PLACE_SHORT)
                if (cost := distance(word, other)) <= most:
                    found.append((cost, other))
        return tuple(sorted(found)[:8])


@cache
def _lexicon() -> frozenset[str]:
    return frozenset([*SPELLINGS, *SPELLINGS.values(), *STEMS, *stop_words()])


def corrected(words: Sequence[str], known: Known, dictionary: Dictionary) -> list[str]:
    """`words` as they were probably meant, in as many words as they are."""
    found: list[str] = []
    at = 0
    while at < len(words):
        if at and words[at] == words[at - 1] and " ".join(words[at - 1 : at + 1]) not in dictionary.phrases:
            at += 1  # "angkut angkut": said twice, meant once
            continue
        pair = "".join(words[at : at + 2])
        if at + 1 < len(words) and pair in dictionary and not all(word in dictionary for word in words[at : at + 2]):
            found.append(pair)
            at += 2
            continue
        found += _meant(words[at], known, dictionary)
        at += 1
    return found


def _meant(word: str, known: Known, dictionary: Dictionary) -> list[str]:
    if len(word) == SHORTEST - 1 and word not in dictionary and not known(term(spelled(word))):
        return [_said_so(word, known, dictionary) or word]
    if word in dictionary or not SHORTEST <= len(word) <= LONGEST or any(letter.isdigit() for letter in word):
        return [word]
    own = known(term(spelled(word)))
    if said := _as_said_at_home(word, own, known, dictionary):
        return [said]
    near = dictionary.near(word)
    best = _best(near, known)
    if own:
        cost = min((cost for cost, other in near if other == best), default=9.0)
        sure = SURE if len(word) < 7 else SURE_LONG
        rare = best and cost <= sure and known(term(spelled(best))) > RARE_TIMES * own
        return [best] if rare and best else [word]
    if best and min(cost for cost, other in near if other == best) <= (SURE if len(word) < 8 else SURE_LONG):
        return [best]
    return _split(word, known, dictionary) or ([best] if best else [word])


def _said_so(word: str, known: Known, dictionary: Dictionary) -> str | None:
    """Of so short a word only one that sounds the very same: "kuk" is "cook"."""
    same = [other for _, other in dictionary.near(word) if sound(other) == sound(word)]
    return max(same, key=lambda other: known(term(spelled(other))), default=None)


def _as_said_at_home(word: str, own: int, known: Known, dictionary: Dictionary) -> str | None:
    made = colloquial.plain(word, dictionary.__contains__)
    best = max(made, key=lambda base: known(term(spelled(base))), default=None)
    return best if best and (not own or known(term(spelled(best))) > RARE_TIMES * own) else None


def _best(near: Sequence[tuple[float, str]], known: Known) -> str | None:
    """The nearest; of several about as near the one that vacancies have most."""
    if not near:
        return None
    least = near[0][0]
    return max(near, key=lambda row: (row[0] <= least + 0.3, known(term(spelled(row[1]))), -row[0]))[1]


def _split(word: str, known: Known, dictionary: Dictionary) -> list[str]:
    """Words that were typed as one: the fewest known ones, of two letters only such as "di"."""
    whole: dict[int, list[str]] = {0: []}
    for end in range(1, len(word) + 1):
        for start in range(end):
            piece = word[start:end]
            if start in whole and _is_piece(piece, known, dictionary):
                longer = [*whole[start], piece]
                if end not in whole or len(longer) < len(whole[end]):
                    whole[end] = longer
    if len(word) in whole:
        return whole[len(word)]
    return _split_nearly(word, dictionary)


def _is_piece(piece: str, known: Known, dictionary: Dictionary) -> bool:
    if len(piece) < SHORTEST:
        return piece in _JOINING or piece in ("las", "les", "art", "toko", "web")
    return piece in dictionary or known(term(spelled(piece))) > 2


def _split_nearly(word: str, dictionary: Dictionary) -> list[str]:
    """Two words, each as good as spelled by ear."""
    best, found = 1.6, list[str]()
    for at in range(5, len(word) - 4):
        sides = [
            ((0.0, half),) if half in dictionary else dictionary.near(half)[:1] for half in (word[:at], word[at:])
        ]
        if all(sides) and (cost := sum(side[0][0] for side in sides)) < best:
            best, found = cost, [side[0][1] for side in sides]
    return found
