"""The route on which a person sees which officers read the own jobseeker cards."""

from datetime import datetime
from typing import Annotated, Literal

from fastapi import Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from shared import auth
from shared.pages import Cursor, Limit, Page, link_next
from shared.readings import Reading, Readings, Way
from shared.routing import Router

router = Router(prefix="/api/v1/seekers", tags=["who read it"])
HERE = "/me/readers"


class CardReaderView(BaseModel):
    """One officer, one card, one day."""

    model_config = ConfigDict(frozen=True, title="CardReader")
    number: str | None = Field(description="of the card; null where it had none yet")
    reader: Literal["officer"] = "officer"
    ways: tuple[Way, ...] = Field(description="in the queue, opened, downloaded to print")
    times: int = Field(description="on that day (WIB)")
    first_at: datetime
    last_at: datetime


async def readings(request: Request) -> Readings:
    found: Readings = request.app.state.readings
    return found


@router.get(HERE)
async def my_card_readers(
    caller: auth.Seeker,
    found: Annotated[Readings, Depends(readings)],
    response: Response,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Page[CardReaderView]:
    """Which officers read the own cards in the last year, the newest first."""
    rows, following = await found.of(caller.account_id, limit=limit, cursor=cursor)
    link_next(response, f"/api/v1/seekers{HERE}?limit={limit}", following)
    return Page(items=[_shown(row) for row in rows], next=following)


def _shown(row: Reading) -> CardReaderView:
    same = row.model_dump(include={"ways", "times", "first_at", "last_at"})
    return CardReaderView(number=row.known_as.get("number"), **same)
