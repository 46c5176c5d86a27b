"""Routes of placements, for officers."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Header, Path, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from services.application.placements.commands import OutsideHire, PlacementCommands
from services.application.placements.model import Counts, Placement
from services.application.placements.table import lines
from shared.auth import Officer
from shared.contracts.placement import Scope
from shared.cursors import BadCursor, decode_cursor, encode_cursor
from shared.pages import Cursor, Limit, Page, link_next
from shared.routing import Router

PATH = "/api/v1/placements"
BATCH = 100
router = Router(prefix=PATH, tags=["placements"])


async def placements(request: Request) -> PlacementCommands:
    found: PlacementCommands = request.app.state.placements
    return found


Use = Annotated[PlacementCommands, Depends(placements)]
Month = Annotated[str | None, Query(pattern=r"^20\d\d-(0[1-9]|1[0-2])$", max_length=7, description="2026-12")]
PlacementId = Annotated[str, Path(max_length=64)]


class PlacementView(BaseModel):
    """A placement. It names nobody."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    id: str
    source: str = Field(description="`system` for a hire here, `officer` for one found elsewhere")
    state: str = Field(description="`cancelled` where the hire was corrected")
    registered: bool = Field(
        description="a card says sex, age, education and occupation: an officer does not change them"
    )
    number: str | None
    job: str
    employer_name: str
    scope: Scope
    start_date: str | None
    counts: Counts
    month: str
    at: datetime


@router.get("")
async def list_placements(
    request: Request,
    _: Officer,
    use: Use,
    response: Response,
    month: Month = None,
    scope: Scope | None = None,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Page[PlacementView]:
    """The newest first, of a month (WIB) or a scope."""
    page = await _read(use, month=month, scope=scope, limit=limit, cursor=cursor)
    asked = urlencode([(name, value) for name, value in request.query_params.items() if name != "cursor"])
    link_next(response, f"{PATH}?{asked}" if asked else PATH, page.next)
    return page


@router.get("/table.csv", response_class=Response, responses={200: {"content": {"text/csv": {}}}})
async def placements_as_table(_: Officer, use: Use, month: Month = None, scope: Scope | None = None) -> Response:
    """The same for a spreadsheet, at most 5,000."""

    async def more(cursor: str | None) -> Page[PlacementView]:
        return await _read(use, month=month, scope=scope, limit=BATCH, cursor=cursor)

    made = lines(await more(None), more)
    name = f"penempatan-{month}.csv" if month else "penempatan.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return StreamingResponse(made, media_type="text/csv; charset=utf-8", headers=headers)


@router.post("", status_code=201)
async def record_placement(
    body: OutsideHire,
    caller: Officer,
    use: Use,
    idempotency_key: Annotated[str, Header(min_length=8, max_length=200)],
) -> PlacementView:
    """Record a job that somebody found elsewhere; the AK-1 that is named ends. Repeating it is safe."""
    return _shown(await use.record(body, officer=caller.account_id, key=idempotency_key))


@router.get("/{placement_id}")
async def read_placement(placement_id: PlacementId, _: Officer, use: Use) -> PlacementView:
    return _shown(await use.one(placement_id))


@router.post("/{placement_id}/complete")
async def complete_placement(placement_id: PlacementId, body: Counts, _: Officer, use: Use) -> PlacementView:
    """Say by what it is counted. A closed month's figures stay."""
    return _shown(await use.complete(placement_id, body))


Read = Callable[[str | None], Awaitable[Page[PlacementView]]]


async def _read(
    use: PlacementCommands, *, month: str | None, scope: Scope | None, limit: int, cursor: str | None
) -> Page[PlacementView]:
    found = await use.store.page(month=month, scope=scope, after=_position(cursor), limit=limit + 1)
    shown = found[:limit]
    beyond = encode_cursor(shown[-1].at.isoformat(), shown[-1].id) if len(found) > limit else None
    return Page(items=[_shown(each) for each in shown], next=beyond)


def _position(cursor: str | None) -> tuple[datetime, str] | None:
    if cursor is None:
        return None
    at, id = decode_cursor(cursor, length=2)
    try:
        return datetime.fromisoformat(str(at)), str(id)
    except ValueError:
        raise BadCursor from None


def _shown(placement: Placement) -> PlacementView:
    return PlacementView.model_validate(placement.model_dump())
