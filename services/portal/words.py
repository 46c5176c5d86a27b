"""Every text of the pages, in both languages, from `locales/*.toml`."""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

LANGUAGES = ("id", "en")
FOLDER = Path(__file__).parent / "locales"


class Words:
    """The texts of one language by dotted key, such as `front.title`."""

    def __init__(self, language: str, folder: Path = FOLDER) -> None:
        self.language = language
        self.texts = flatten(tomllib.loads((folder / f"{language}.toml").read_text(encoding="utf-8")))

    def __call__(self, key: str, **values: object) -> str:
        """The text of `key` with `{name}` filled in; a missing key is a mistake of ours and raises KeyError."""
        text = self.texts[key]
        return text.format(**values) if values else text

    def count(self, key: str, number: int, **values: object) -> str:
        """`<key>_one` or `<key>_many` with `{n}`; Indonesian says both the same way."""
        return self(f"{key}_one" if number == 1 else f"{key}_many", n=number, **values)

    def known(self, group: str, name: object) -> str:
        """The word for a code of the API, or the code itself where it is newer than these pages."""
        return self.texts.get(f"{group}.{name}", str(name))

    def choices(self, group: str, names: Iterable[str]) -> list[tuple[str, str]]:
        """Codes with their words, as the options of a field."""
        return [(name, self.known(group, name)) for name in names]


def flatten(table: dict[str, Any], prefix: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in table.items():
        if isinstance(value, dict):
            found |= flatten(value, f"{prefix}{key}.")
        else:
            found[prefix + key] = str(value)
    return found
