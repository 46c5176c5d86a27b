"""Routes of certificates: the PDF for whoever earned it, the check for whoever holds one."""

from typing import Annotated

from fastapi import Path, Response

from services.training.api.using import Id, SeePapers, UsePrinter
from services.training.views.papers import CertificateStatus
from shared.auth import Anyone, Seeker
from shared.papers.signing import LONGEST
from shared.routing import Router

router = Router(prefix="/api/v1", tags=["certificates"])
Code = Annotated[str, Path(min_length=1, max_length=LONGEST)]
HEADERS = {"Cache-Control": "no-store", "Content-Disposition": 'inline; filename="sertifikat.pdf"'}


@router.get("/trainings/papers/{code}")
async def certificate_status(code: Code, _: Anyone, see: SeePapers) -> CertificateStatus:
    """Whether a printed certificate is ours; `code` is what its QR holds behind /cek/."""
    return await see.status(code)


@router.get(
    "/enrolments/{enrolment_id}/certificate",
    response_class=Response,
    responses={200: {"content": {"application/pdf": {}}, "description": "An A4 page to print."}},
)
async def my_certificate(enrolment_id: Id, caller: Seeker, see: SeePapers, use: UsePrinter) -> Response:
    pdf = await use.pdf(await see.mine(enrolment_id, seeker_id=caller.account_id))
    return Response(pdf, media_type="application/pdf", headers=HEADERS)
