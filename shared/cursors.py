"""Cursors: the place in a list where the next page begins, as an opaque text."""

import base64
import json
from typing import Any

from shared.errors import InvalidInput


class BadCursor(InvalidInput):
    code = "bad_cursor"
    indonesian = "Penanda halaman tidak dikenal. Mulai lagi dari halaman pertama."
    english = "The cursor is not known. Start again from the first page."


def encode_cursor(*position: Any) -> str:
    """An opaque cursor that holds the sort position of the last item shown."""
    return base64.urlsafe_b64encode(json.dumps(position).encode()).decode().rstrip("=")


def decode_cursor(cursor: str, *, length: int) -> list[Any]:
    """The position inside `cursor`; raises `BadCursor` for anything that `encode_cursor` did not make."""
    try:
        position = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, UnicodeDecodeError):
        raise BadCursor from None
    if not isinstance(position, list) or len(position) != length:
        raise BadCursor
    if not all(isinstance(part, (str, int, float)) for part in position):
        raise BadCursor
    return position
