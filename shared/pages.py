"""How a route pages a list and tags what it shows; what stands in a cursor and a tag is in `shared.cursors` and
`shared.versions`, which a worker can do without FastAPI."""

from typing import Annotated, Generic, TypeVar

from fastapi import Header, Query, Response
from pydantic import BaseModel, Field

T = TypeVar("T")
Limit = Annotated[int, Query(ge=1, le=100, description="how many at most")]
Cursor = Annotated[str | None, Query(max_length=500, description="`next` of the page before")]
IfMatch = Annotated[
    str | None, Header(alias="If-Match", max_length=100, description='the ETag read last, such as "3"')
]
IfNoneMatch = Annotated[str | None, Header(max_length=2_000, description="ETags of copies that the reader has")]


class Page(BaseModel, Generic[T]):
    """A page of a list; `next` is null on the last one."""

    items: list[T]
    next: str | None = Field(None, description="pass it as `cursor` to get the next page")


def link_next(response: Response, path: str, cursor: str | None) -> None:
    """`path` may already have a query, such as the filter that the list was asked with."""
    if cursor:
        response.headers["Link"] = f'<{path}{"&" if "?" in path else "?"}cursor={cursor}>; rel="next"'


def set_etag(response: Response, version: int) -> None:
    response.headers["ETag"] = f'"{version}"'
