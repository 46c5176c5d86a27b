"""The month's labour statistics (IPK) for officers: tables, a chart, a spreadsheet, and the closing of the month."""

from fastapi import APIRouter, Response

from services.portal.client import Refused
from services.portal.forms import Form
from services.portal.labour import bars, month_asked, near, spreadsheet, worded
from services.portal.visit import Visit, Visiting

router = APIRouter(include_in_schema=False)
DESK, API = "/petugas/ipk", "/labour/months"


@router.get(DESK)
async def month(visit: Visiting) -> Response:
    visit.need("officer", "admin")
    return await _page(visit, month_asked(visit.request.query_params.get("bulan")), Form())


@router.get(DESK + "/unduh.csv")
async def download(visit: Visiting) -> Response:
    visit.need("officer", "admin")
    month = month_asked(visit.request.query_params.get("bulan"))
    figures = await visit.get(f"{API}/{month}")
    headers = {"Content-Disposition": f'attachment; filename="ipk-{month}.csv"', "Cache-Control": "no-store"}
    return Response(spreadsheet(figures, visit.words), media_type="text/csv; charset=utf-8", headers=headers)


@router.post(DESK + "/tutup")
async def close(visit: Visiting) -> Response:
    visit.need("officer", "admin")
    form = await visit.form()
    month = month_asked(form.text("month"))
    if not form.flag("sure"):
        form.errors["sure"] = visit.words("labour.need_sure")
        return await _page(visit, month, form)
    try:
        await visit.post(f"{API}/{month}/close")
    except Refused as refused:
        if refused.status != 409:
            raise
        form.refuse(refused)
        return await _page(visit, month, form)
    return visit.go(f"{DESK}?bulan={month}", "month_closed")


async def _page(visit: Visit, month: str, form: Form) -> Response:
    figures = await visit.get(f"{API}/{month}")
    charts = [(code, bars(figures, code, visit.words)) for code in ("III/1-I", "III/1-II")]
    return visit.page(
        "pages/officer_labour.html",
        figures=figures,
        month=month,
        near=near(month),
        tables=[worded(each, visit.words) for each in figures["tables"]],
        charts=charts,
        form=form,
    )
