"""Both languages say the same things, and templates say nothing by themselves."""

import re
from pathlib import Path
from string import Formatter

import pytest

from services.portal.words import Words

ROOM = Path(__file__).parent.parent
TEMPLATES = sorted((ROOM / "templates").rglob("*.html"))
# Names that are the same in every language.
NAMES = {"Si-Caker", "WhatsApp", "openapi", "json", "API", "English", "Bahasa", "Indonesia", "Rp", "km"}
NAMES |= {"Authorization", "Bearer", "application", "problem", "ETag", "If-Match", "limit", "cursor", "api", "v1"}
NAMES |= {"aria-describedby", "aria-invalid", "true"}  # a macro that writes attributes


@pytest.fixture(scope="module")
def both() -> tuple[Words, Words]:
    return Words("id"), Words("en")


def test_same_keys(both: tuple[Words, Words]) -> None:
    indonesian, english = both
    assert set(indonesian.texts) == set(english.texts)
    assert all(text.strip() for words in both for text in words.texts.values())


def test_same_placeholders(both: tuple[Words, Words]) -> None:
    def names(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    indonesian, english = both
    differing = [key for key in indonesian.texts if names(indonesian.texts[key]) != names(english.texts[key])]
    assert not [key for key in differing if not key.endswith(("_one", "_many", "moment"))]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_keys_of_templates_exist(path: Path, both: tuple[Words, Words]) -> None:
    text = path.read_text(encoding="utf-8")
    used = {key for key in re.findall(r"\bt\('([a-z0-9_.]+)'[,)]", text) if not key.endswith(".")}
    counted = set(re.findall(r"\bn\('([a-z0-9_.]+)'", text))
    needed = used | {f"{key}_{end}" for key in counted for end in ("one", "many")}
    assert needed <= set(both[0].texts)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_text_in_templates(path: Path) -> None:
    text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>|&\w+;", " ", path.read_text(encoding="utf-8"), flags=re.S)
    assert set(re.findall(r"[A-Za-z][\w-]*", text)) <= NAMES


def test_unknown_code_is_shown_as_it_is(both: tuple[Words, Words]) -> None:
    assert both[0].known("vacancy_state", "asleep") == "asleep"
