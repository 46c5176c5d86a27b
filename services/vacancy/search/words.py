"""From text to terms: the one way that vacancies and searches are cut into words, cleaned and stemmed."""

import csv
import hashlib
import re
import threading
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.resources import files

import Stemmer

from services.vacancy.search.lexicon import COMPOUNDS, SPELLINGS, STEMS

LONGEST = 40  # letters; what is longer is a number, a link or noise

# "komputerMemiliki", "SMAMemiliki", "2TahunMemiliki": line breaks that were lost on the way.
_GLUED = re.compile(r"(?<=[a-z0-9)])(?=[A-Z][a-z])|(?<=[A-Z]{2})(?=[A-Z][a-z]{2})")
_NAME = re.compile(r"\b[A-Z][a-z]+(?:[A-Z][a-z]+)+\b")  # TikTok, WhatsApp: people write them in one word
_NAME_LENGTH = 10
_ACCENT = re.compile("[\u0300-\u036f]")
_WORD = re.compile(r"[a-z0-9]+")

_GIVEN = {**{word: word for word in COMPOUNDS.values()}, **STEMS}

_thread = threading.local()


def words(text: str) -> list[str]:
    """The words of a search or a name in our spelling, in order."""
    return list(_joined([spelled(word) for word in _WORD.findall(_plain(text).lower())]))


def raw(text: str) -> list[str]:
    """The words of a text as they are typed: no accents, no capitals."""
    return _WORD.findall(_plain(text).lower())


def terms(text: str) -> list[str]:
    """The terms of a search or a name, in order, without stop words."""
    return [found for word in words(text) if (found := term(word))]


def spelled(word: str) -> str:
    return SPELLINGS.get(word, word)


def document_terms(text: str) -> list[str]:
    """The terms of a vacancy's text, which may have lost its line breaks."""
    text = _plain(text)
    names = [name for name in _NAME.findall(text) if len(name) <= _NAME_LENGTH]
    found = list(_terms(_WORD.findall(_GLUED.sub(" ", text).lower())))
    return [*found, *_terms(name.lower() for name in dict.fromkeys(names))]


def _plain(text: str) -> str:
    """`text` without accents; other signs stay as something that separates words."""
    if text.isascii():
        return text
    return _ACCENT.sub("", unicodedata.normalize("NFKD", text)).encode("ascii", "replace").decode()


def _terms(words: Iterable[str]) -> Iterator[str]:
    for word in _joined([spelled(word) for word in words]):
        if found := term(word):
            yield found


def _joined(words: list[str]) -> Iterator[str]:
    """`words` with each compound as one; "di rumah sakit" is a hospital, not "at home"."""
    at, count = 0, len(words)
    while at < count:
        pair = (words[at], words[at + 1]) if at + 1 < count else None
        if pair in COMPOUNDS and not (COMPOUNDS[pair] == "dirumah" and tuple(words[at + 1 : at + 3]) in COMPOUNDS):
            yield COMPOUNDS[pair]
            at += 2
        else:
            yield words[at]
            at += 1


@lru_cache(maxsize=30_000)
def term(word: str) -> str:
    """The term that stands for one word; empty for a stop word."""
    if len(word) > LONGEST or word in stop_words():
        return ""
    return _GIVEN.get(word) or _stemmer().stemWord(word)


@lru_cache(maxsize=1)
def stop_words() -> frozenset[str]:
    with files("services.vacancy.reference").joinpath("stopwords.csv").open(encoding="utf-8") as file:
        return frozenset(row["word"] for row in csv.DictReader(file) if row["drop_in_job_search"] == "1")


def fingerprint() -> str:
    """Changes whenever the same text could give other terms: an index made with another one is of no use."""
    lexicon = repr((sorted(SPELLINGS.items()), list(COMPOUNDS.items()), sorted(STEMS.items()), sorted(stop_words())))
    made = f"{Stemmer.version()} {_GLUED.pattern} {_NAME_LENGTH} {lexicon}"
    return hashlib.sha256(made.encode()).hexdigest()[:12]


def _stemmer() -> "Stemmer.Stemmer":
    """One per thread: a stemmer must not be entered twice."""
    if not hasattr(_thread, "stemmer"):
        _thread.stemmer = Stemmer.Stemmer("indonesian")
    return _thread.stemmer
