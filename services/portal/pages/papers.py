"""A seeker's papers: the proof of an application, and the report on looking for work."""

from datetime import UTC, datetime, timedelta

from fastapi import APIRouter, Response

from services.portal.client import Refused
from services.portal.formats import WIB
from services.portal.forms import Form, split_day
from services.portal.pages.paths import Id
from services.portal.visit import Visit, Visiting

router = APIRouter(include_in_schema=False)
MONTH = timedelta(days=30)


@router.get("/lamaran/{application_id}/bukti.pdf")
async def proof(visit: Visiting, application_id: Id) -> Response:
    visit.need("seeker")
    try:
        return await visit.download(f"/applications/{application_id}/proof.pdf")
    except Refused as refused:
        if refused.code != "name_missing":
            raise
        return visit.go("/akun/profil", "name_missing")


@router.get("/lamaran/laporan")
async def ask(visit: Visiting) -> Response:
    """The last thirty days are proposed."""
    visit.need("seeker")
    today = datetime.now(UTC).astimezone(WIB).date()
    values = split_day("first", (today - MONTH).isoformat()) | split_day("last", today.isoformat())
    return visit.page("pages/activity.html", form=Form(values))


@router.get("/lamaran/laporan.pdf")
async def report(visit: Visiting) -> Response:
    """The form sends its days in the address: nothing is changed by printing."""
    visit.need("seeker")
    form = Form.of(visit.request.query_params.multi_items())
    first, last = (_day(visit, form, name) for name in ("first", "last"))
    if not form.bad:
        try:
            return await visit.download("/applications/activity.pdf", {"from": first, "to": last})
        except Refused as refused:
            if refused.code == "name_missing":
                return visit.go("/akun/profil", "name_missing")
            if refused.status != 422:
                raise
            form.errors["last"] = refused.title
    return visit.page("pages/activity.html", form=form)


def _day(visit: Visit, form: Form, name: str) -> str | None:
    found = form.day(name, visit.words("advert.bad_day"))
    if found is None:
        form.errors.setdefault(name, visit.words("advert.bad_day"))
    return found
