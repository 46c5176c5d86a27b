"""Certificates: for whoever earned one, and for whoever holds a printed one in the hand."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from services.training.certificates import Certificates
from services.training.problems import NameMissing, PaperUnknown
from services.training.store import Stores
from services.training.store.people import CONTACT_SEAL
from shared.errors import WrongState
from shared.papers.paper import Paper
from shared.papers.signing import NotOurs, PaperVerifier
from shared.sealed import Erased, Vault


class CertificateStatus(BaseModel):
    """What anybody may know who has the printed certificate in hand."""

    model_config = ConfigDict(frozen=True)
    type: str
    number: str
    initials: str
    issued: date
    valid_until: date | None
    state: Literal["valid"]
    title: str = Field(description="of the training")


class PaperViews:
    def __init__(self, stores: Stores, *, vault: Vault, papers: Certificates, verifier: PaperVerifier) -> None:
        self._stores, self._vault, self._papers, self._verifier = stores, vault, papers, verifier

    async def mine(self, id: str, *, seeker_id: str) -> Paper:
        enrolment = await self._stores.enrolments.load(id, seeker_id=seeker_id)
        if enrolment.certificate_number is None:
            raise WrongState(state=enrolment.state)
        training = await self._stores.trainings.load(enrolment.training.id)
        return self._papers.paper(enrolment, training, name=await self._name(seeker_id))

    async def status(self, code: str) -> CertificateStatus:
        """By the code of the printed paper only: whoever knows just a number learns nothing."""
        try:
            facts = self._verifier.verify(code)
        except NotOurs:
            raise PaperUnknown from None
        enrolment = await self._stores.enrolments.certified(facts.number)
        if enrolment is None:
            raise PaperUnknown
        return CertificateStatus(
            type=facts.type,
            number=facts.number,
            initials=facts.initials,
            issued=facts.issued,
            valid_until=facts.valid_until,
            state="valid",
            title=enrolment.training.title,
        )

    async def _name(self, seeker_id: str) -> str:
        sealed = (await self._stores.people.sealed_contacts([seeker_id])).get(seeker_id)
        try:
            contact = await self._vault.open(seeker_id, CONTACT_SEAL, sealed) if sealed else {}
        except Erased:
            contact = {}
        if not contact.get("name"):
            raise NameMissing
        return str(contact["name"])
