"""Cursors and ETags: how a list is paged and how a stale write is noticed."""

import base64
import json
import re
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Header, Query, Response
from pydantic import BaseModel, Field

from shared.errors import IfMatchMissing, InvalidInput, StaleVersion

T = TypeVar("T")
# A gateway that compresses marks the tag ("3-gzip"), and a client sends it back so.
_TAG = re.compile(r'(?:W/)?"?(\d{1,18})(?:-(?:gzip|zstd|br))?"?')
Limit = Annotated[int, Query(ge=1, le=100, description="how many at most")]
Cursor = Annotated[str | None, Query(max_length=500, description="`next` of the page before")]
IfMatch = Annotated[str | None, Header(alias="If-Match", description='the ETag read last, such as "3"')]


class Page(BaseModel, Generic[T]):
    """A page of a list; `next` is null on the last one."""

    items: list[T]
    next: str | None = Field(None, description="pass it as `cursor` to get the next page")


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


def link_next(response: Response, path: str, cursor: str | None) -> None:
    """`path` may already have a query, such as the filter that the list was asked with."""
    if cursor:
        response.headers["Link"] = f'<{path}{"&" if "?" in path else "?"}cursor={cursor}>; rel="next"'


def set_etag(response: Response, version: int) -> None:
    response.headers["ETag"] = f'"{version}"'


def not_modified(if_none_match: str | None, version: int) -> bool:
    tags = (if_none_match or "").split(",")
    return any((found := _TAG.fullmatch(tag.strip())) and int(found[1]) == version for tag in tags)


def expected_version(if_match: str | None, *, required: bool = False) -> int | None:
    """The version that the client read last; raises 428 where it must say so, 412 where it is nonsense."""
    if if_match is None or if_match == "*":
        if required and if_match is None:
            raise IfMatchMissing
        return None
    found = _TAG.fullmatch(if_match.strip())
    if found is None:
        raise StaleVersion
    return int(found[1])
