"""Routes of tables: the template, the look before anything is stored, the storing, and one's own as a table."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import date
from typing import Annotated, Literal

from fastapi import Header, Query, Request, Response
from fastapi.responses import StreamingResponse

from services.vacancy.api.bulk_bodies import BulkInput, BulkMade, BulkPreview, BulkResult, CellView, RowView
from services.vacancy.api.bulk_rows import CheckedRow, check_row, terms_of
from services.vacancy.api.context import Bulk, ModerationReads, VacancyReads, actor
from services.vacancy.bulk import export, files, templates
from services.vacancy.bulk.columns import Cell
from services.vacancy.domain.refusals import WHICH_EMPLOYER, Flawed
from services.vacancy.domain.wages import Floors
from shared.auth import Anyone, EmployerOrOfficer
from shared.clock import today
from shared.guard import language_of
from shared.routing import Router

router = Router(prefix="/api/v1", tags=["vacancies"])
LARGEST = 4_000_000  # bytes; a table itself may have `files.MOST_BYTES`, which it says in words
LARGER = dict.fromkeys(("/api/v1/vacancies/bulk", "/api/v1/vacancies/bulk/check"), LARGEST)
AT_ONCE = asyncio.Semaphore(2)  # tables that are read at the same time; each keeps a processor busy
PAGE = 100
_TABLE = "text/csv; charset=utf-8"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FILE = {"requestBody": {"required": True, "content": {"application/octet-stream": {"schema": {"type": "string"}}}}}


@router.get("/vacancies/bulk/template.{kind}", response_class=Response)
async def bulk_template(caller: Anyone, views: VacancyReads, kind: Literal["csv", "xlsx"]) -> Response:
    """The table to fill in, with an example."""
    make: Callable[[date], bytes] = templates.as_csv if kind == "csv" else templates.as_excel
    made = await asyncio.to_thread(make, today(views.now()))
    return Response(made, media_type=_TABLE if kind == "csv" else _EXCEL, headers=_attached(f"lowongan.{kind}"))


@router.post("/vacancies/bulk/check", openapi_extra=_FILE)
async def check_bulk(caller: EmployerOrOfficer, request: Request, wages: ModerationReads) -> BulkPreview:
    """Read a table (the body is the file itself: CSV, Excel or JSON Lines) and say, row by row, what it would make.
    Nothing is stored."""
    content, floors = await request.body(), (await wages.wages()).floors
    async with AT_ONCE:
        checked, unknown = await asyncio.to_thread(_checked, content, wages.today(), floors)
    english = language_of(request.scope) == "en"
    rows = [_shown(each, english) for each in checked]
    return BulkPreview(
        rows=rows,
        complete=sum(each.vacancy is not None and not each.missing for each in rows),
        drafts=sum(each.vacancy is not None for each in rows),
        wrong=sum(each.vacancy is None for each in rows),
        unknown_columns=unknown,
    )


@router.post("/vacancies/bulk")
async def make_bulk(
    body: BulkInput,
    caller: EmployerOrOfficer,
    bulk: Bulk,
    idempotency_key: Annotated[str, Header(min_length=8, max_length=200)],
) -> BulkResult:
    """Store the rows of a preview, as drafts or sent in. With the same `Idempotency-Key` nothing is made twice."""
    made = await bulk.make(
        {item.row: terms_of(item.vacancy) for item in body.items},
        by=actor(caller),
        employer_id=body.employer_id,
        key=idempotency_key,
        submit=body.submit,
    )
    items = [
        BulkMade(row=row, id=each.id, number=each.number, title=each.terms.title, state=each.state)
        for row, each in sorted(made.items())
    ]
    drafts = sum(each.state == "draft" for each in items)
    return BulkResult(items=items, submitted=sum(each.state == "submitted" for each in items), drafts=drafts)


@router.get("/vacancies/mine.csv", response_class=StreamingResponse)
async def my_vacancies_as_table(
    caller: EmployerOrOfficer,
    views: VacancyReads,
    employer_id: Annotated[str | None, Query(max_length=80, description="an officer says whose")] = None,
) -> StreamingResponse:
    """All of an employer's, newest first, as a table that can be filled in again and uploaded."""
    if caller.role == "employer":
        owner = caller.account_id
    elif employer_id:
        owner = await views.owner_of(employer_id)
    else:
        raise Flawed([WHICH_EMPLOYER])
    return StreamingResponse(_lines(views, owner), media_type=_TABLE, headers=_attached("lowongan-saya.csv"))


async def _lines(views: VacancyReads, owner: str) -> AsyncIterator[bytes]:
    yield export.heading()
    cursor: str | None = None
    while True:
        page = await views.mine(owner, limit=PAGE, cursor=cursor)
        yield export.lines(page.items)
        if not (cursor := page.next):
            return


def _checked(content: bytes, day: date, floors: Floors | None) -> tuple[list[CheckedRow], list[str]]:
    table = files.read(content)
    return [check_row(row, today=day, floors=floors) for row in table.rows], table.unknown


def _shown(checked: CheckedRow, english: bool) -> RowView:
    def cells(found: list[Cell]) -> list[CellView]:
        return [CellView(column=each.column, detail=each.english if english else each.indonesian) for each in found]

    return RowView(
        row=checked.row,
        title=checked.title,
        vacancy=checked.item,
        wrong=cells(checked.wrong),
        missing=cells(checked.missing),
        warnings=cells(checked.warnings),
    )


def _attached(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}
