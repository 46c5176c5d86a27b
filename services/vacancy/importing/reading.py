"""Lines of a file, plain or compressed: each a JSON object, or the reason why it is none."""

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

LONGEST_LINE = 1_000_000  # bytes
_GZIP = b"\x1f\x8b"

Line = tuple[int, dict[str, Any] | str]  # number from 1, and what it holds or the reason why it holds nothing


class Unreadable(Exception):
    """The file is not there, may not be read, or is damaged; says so in a few words."""


def count_lines(path: Path) -> int:
    """How many lines there are. Reads the whole file, so that a damaged one is known before anything is done."""
    count, last = 0, b"\n"
    try:
        with _open(path) as file:
            while block := file.read(1 << 20):
                count, last = count + block.count(b"\n"), block[-1:]
    except (OSError, EOFError, zlib.error) as error:
        raise Unreadable(_words(error)) from None
    return count + (last != b"\n")


def lines(path: Path) -> Iterator[Line]:
    """Every line that is not blank."""
    with _open(path) as file:
        number = 0
        while raw := file.readline(LONGEST_LINE + 1):
            number += 1
            if len(raw) > LONGEST_LINE:
                _skip_line(file, raw)
                yield number, "line_too_long"
            elif raw.strip():
                yield number, _parsed(raw)


def _parsed(raw: bytes) -> dict[str, Any] | str:
    try:
        value = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return "not_utf8"
    except (ValueError, RecursionError):
        return "not_json"
    return value if isinstance(value, dict) else "not_an_object"


def _skip_line(file: BinaryIO, raw: bytes) -> None:
    while raw and not raw.endswith(b"\n"):
        raw = file.readline(LONGEST_LINE)


def _open(path: Path) -> BinaryIO:
    """By what the file begins with, not by its name."""
    with path.open("rb") as file:
        compressed = file.read(2) == _GZIP
    return gzip.open(path, "rb") if compressed else path.open("rb")  # type: ignore[return-value]


def _words(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return "the compressed file is damaged or cut off"
