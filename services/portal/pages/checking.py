"""Whether a printed paper is ours and good today: for employers, other offices, anybody who holds one in the hand."""

from urllib.parse import urlsplit

from fastapi import APIRouter, Response

from services.portal.client import Away, Json, Refused
from services.portal.forms import Form
from services.portal.visit import Visit, Visiting
from shared.papers.signing import KEYS_PATH, NotOurs, PaperVerifier, type_of

router = APIRouter(include_in_schema=False)
# Who knows how a kind of paper stands today; of others only the signature can be checked.
LIVE = {"ak1": "/seekers/papers/{code}", "sertifikat": "/trainings/papers/{code}"}
DATED = ("lamaran", "kegiatan")  # what they tell was so on their day, and is told of no other day


@router.get("/cek")
async def ask(visit: Visiting) -> Response:
    """The form sends its code in the address, as the QR code does."""
    given = "".join(visit.request.query_params.get("kode", "").split())[:500]
    if not given:
        return visit.page("pages/check.html", form=Form(), found=None, code="")
    code = urlsplit(given).path.rstrip("/").rpartition("/")[2]
    return await _result(visit, code)


@router.get("/cek/{code}")
async def look(visit: Visiting, code: str) -> Response:
    return await _result(visit, code)


async def _result(visit: Visit, code: str) -> Response:
    found = await _found(visit, code)
    response = visit.page(
        "pages/check.html",
        form=Form(),
        found=found,
        code=code[:250],
        status=200 if found["state"] != "unknown" else 404,
    )
    response.headers["Cache-Control"] = "no-store"
    return response


async def _found(visit: Visit, code: str) -> Json:
    kind = type_of(code)
    if kind is None:
        return {"state": "unknown"}
    try:
        if kind in LIVE:
            return await visit.get(LIVE[kind].format(code=code))
    except Refused as refused:
        if refused.status in (404, 422):
            return {"state": "unknown"}
        raise
    return await _signed(visit, code)


async def _signed(visit: Visit, code: str) -> Json:
    """By the signature alone."""
    try:
        published = await visit.portal.api.document(KEYS_PATH, voice=visit.voice)
        facts = PaperVerifier(published).verify(code)
    except NotOurs:
        return {"state": "unknown"}
    except KeyError:
        raise Away from None
    valid_until = facts.valid_until.isoformat() if facts.valid_until else None
    return {
        "state": "dated" if facts.type in DATED else "signed",
        "type": facts.type,
        "number": facts.number,
        "initials": facts.initials,
        "issued": facts.issued.isoformat(),
        "valid_until": valid_until,
    }
