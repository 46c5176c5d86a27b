"""The route on which a person sees who read the own applications."""

from datetime import datetime
from typing import Annotated, Literal

from fastapi import Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from shared.auth import Seeker
from shared.pages import Cursor, Limit, Page, link_next
from shared.readings import Reading, Readings, Way
from shared.routing import Router

PATH = "/api/v1/applications"
router = Router(prefix=PATH, tags=["who read it"])


class ReaderView(BaseModel):
    """One reader of one application on one day."""

    model_config = ConfigDict(frozen=True, title="ApplicationReader")
    number: str = Field(description="of the application: LMR-2026-000123")
    title: str
    reader: Literal["employer", "officer"]
    name: str | None = Field(description="of the company; null for an officer of the Dinas")
    ways: tuple[Way, ...] = Field(description="among others in a list, opened by itself, downloaded as a table")
    times: int = Field(description="on that day (WIB)")
    first_at: datetime
    last_at: datetime


async def readings(request: Request) -> Readings:
    found: Readings = request.app.state.readings
    return found


@router.get("/readers")
async def my_readers(
    caller: Seeker,
    found: Annotated[Readings, Depends(readings)],
    response: Response,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Page[ReaderView]:
    """Who read the own applications in the last year, the newest first, a row for each reader and day."""
    rows, following = await found.of(caller.account_id, limit=limit, cursor=cursor)
    link_next(response, f"{PATH}/readers?limit={limit}", following)
    return Page(items=[_shown(row) for row in rows], next=following)


def _shown(row: Reading) -> ReaderView:
    name = row.known_as["employer_name"] if row.role == "employer" else None
    same = row.model_dump(include={"ways", "times", "first_at", "last_at"})
    return ReaderView(**same, number=row.known_as["number"], title=row.known_as["title"], reader=row.role, name=name)
