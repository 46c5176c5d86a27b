"""The only writer of placements: hires that applications told, and what an officer records or completes."""

import hashlib
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from services.application.domain import Application
from services.application.domain.telling import scope_of
from services.application.labour.ledger import Ledger
from services.application.labour.model import UNKNOWN, Traits, education_group, month_of
from services.application.placements.model import WHO, Counts, Placement
from services.application.placements.problems import CardNotKnown
from services.application.placements.store import PlacementStore
from services.application.store import ApplicationStore
from shared.clock import Clock, now
from shared.contracts.placement import OutsideHireRecorded, Scope
from shared.errors import NotFound
from shared.events import Envelope


class OutsideHire(BaseModel):
    """A job that somebody found without an application here."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True, str_strip_whitespace=True)
    card_number: str | None = Field(None, max_length=40, description="of the person's AK-1, which it ends")
    job: str = Field(min_length=3, max_length=80)
    employer_name: str = Field(min_length=2, max_length=120)
    scope: Scope
    start_date: date | None = None
    counts: Counts = Counts()


class PlacementCommands:
    def __init__(
        self, store: PlacementStore, applications: ApplicationStore, ledger: Ledger, *, clock: Clock = now
    ) -> None:
        self.store, self.ledger, self._applications, self._now = store, ledger, applications, clock

    async def record(self, hire: OutsideHire, *, officer: str, key: str) -> Placement:
        """With the same `key` it is recorded once. It counts as soon as its event comes round."""
        person = await self.store.holder(hire.card_number) if hire.card_number else None
        if hire.card_number and person is None:
            raise CardNotKnown
        at = self._now()
        placement = Placement(
            id=f"plc_{hashlib.sha256(f'{officer}:{key}'.encode()).hexdigest()[:32]}",
            source="officer",
            person=person,
            number=hire.card_number,
            at=at,
            month=month_of(at),
            **hire.model_dump(exclude={"card_number", "counts"}),
            counts=hire.counts,
        )
        await self.store.record(placement, OutsideHireRecorded(seeker_id=person, scope=hire.scope))
        return await self.one(placement.id)

    async def complete(self, id: str, counts: Counts) -> Placement:
        """Say by what a placement is to be counted. What a card says of the person stays; and where a closed month
        has counted it, its figures stay."""
        known = await self.one(id)
        who = known.counts.model_dump(include=set(WHO)) if known.registered else {}
        wanted = counts.model_copy(update=who)
        traits = wanted.model_dump()
        await self.ledger.store.correct(id, ["placed"], traits)
        if not known.registered:
            await self.ledger.store.correct(id, ["registered"], {name: traits[name] for name in WHO})
        await self.store.count_as(id, wanted)
        return await self.one(id)

    async def hired(self, told: Envelope[Any]) -> None:
        """An application ended in a job."""
        application = await self._applications.load(told.subject)
        if application is None:
            return
        traits = await self._of(application)
        placement = Placement(
            id=application.id,
            source="system",
            person=application.seeker_id,
            number=application.number,
            job=application.vacancy.title,
            employer_name=application.vacancy.employer_name,
            scope=scope_of(application),
            start_date=application.start_date,
            counts=_counts(traits),
            at=told.time,
            month=month_of(told.time),
        )
        await self.store.add(placement)
        await self._count(placement, traits, told)

    async def outside(self, told: Envelope[Any]) -> None:
        """What an officer recorded comes round."""
        if placement := await self.store.one(told.subject):
            await self._count(placement, Traits(scope=placement.scope, **placement.counts.model_dump()), told)

    async def taken_back(self, told: Envelope[Any]) -> None:
        """An officer corrected a hire; other applications that end have no placement."""
        if await self.store.one(told.subject):
            await self.ledger.taken_back(told.subject, told)
            await self.store.cancel(told.subject)

    async def _count(self, placement: Placement, traits: Traits, told: Envelope[Any]) -> None:
        counted = await self.ledger.placed(placement.id, placement.person, traits, told)
        known = await self.ledger.store.of_placement(placement.id)
        registered = not any(each.kind == "registered" for each in known)
        await self.store.count_as(placement.id, _counts(counted), registered=registered)

    async def _of(self, application: Application) -> Traits:
        vacancy = application.vacancy
        job = await self.ledger.where(vacancy.employer_id, scope=scope_of(application), occupation=vacancy.occupation)
        facts = (await self._applications.seeker_facts([application.seeker_id])).get(application.seeker_id, {})
        return job.model_copy(update={"education": education_group(facts.get("education"))})

    async def one(self, id: str) -> Placement:
        if (found := await self.store.one(id)) is None:
            raise NotFound
        return found


def _counts(traits: Traits) -> Counts:
    known = traits.model_dump(include=set(Counts.model_fields))
    return Counts.model_validate({name: value or UNKNOWN for name, value in known.items()})
