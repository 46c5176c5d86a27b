"""Routes of the month's statistics."""

from typing import Annotated

from fastapi import Depends, Path, Request

from services.application.labour.months import MonthFigures, Months
from shared.auth import Officer
from shared.routing import Router

router = Router(prefix="/api/v1/labour/months", tags=["labour statistics"])


async def months(request: Request) -> Months:
    found: Months = request.app.state.months
    return found


Use = Annotated[Months, Depends(months)]
Month = Annotated[str, Path(pattern=r"^20\d\d-(0[1-9]|1[0-2])$", max_length=7)]


@router.get("/{month}")
async def read_month(month: Month, _: Officer, use: Use) -> MonthFigures:
    """The tables III/1 to III/8 of a month; while it is open they change with what happens."""
    return await use.show(month)


@router.post("/{month}/close")
async def close_month(month: Month, caller: Officer, use: Use) -> MonthFigures:
    """Freeze a month that is over. What is heard of it later counts in the next one."""
    return await use.close(month, officer=caller.account_id)
