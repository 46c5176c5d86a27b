"""What people do with a place in a training: ask for one, take an offered one, give it back."""

from services.training.commands.deciding import decide
from services.training.commands.line import Line
from services.training.domain import line
from services.training.domain.enrolments import AGAIN, Consent, Decided, Enrolment
from services.training.domain.trainings import Training, admit
from services.training.problems import EnrolmentClosed
from services.training.store import Stores
from services.training.store.enrolments import SeatTaken
from shared import clock
from shared.errors import NotFound, StaleVersion
from shared.events import new_id

CONSENT_TEXT = "training_followup-1"  # the words that the page shows beside the box


class EnrolmentCommands:
    def __init__(self, stores: Stores, line: Line, *, now: clock.Clock = clock.now) -> None:
        self._stores, self._line, self._now = stores, line, now

    async def enrol(self, training_id: str, *, seeker_id: str, follow_up: bool) -> tuple[Enrolment, bool]:
        """The person's enrolment, and whether this call made it. Whoever is enrolled gets that one, whatever has
        changed since: the answer to the first call may have been lost."""
        known = await self._stores.enrolments.of_person(training_id, seeker_id=seeker_id)
        if known is not None and known.state not in AGAIN:
            return known, False
        at = self._now()
        training = await self._stores.trainings.load(training_id)
        if training.state == "draft":
            raise NotFound
        admit(training, kelurahan_code=await self._stores.people.kelurahan_of(seeker_id), at=at)
        arrived = await self._stores.trainings.arrive(training_id)
        if arrived is None:
            raise EnrolmentClosed
        consent = Consent(text_version=CONSENT_TEXT, given_at=at) if follow_up else None
        if known is not None:
            return await self._again(known, arrived, consent=consent), False
        return await self._first(arrived, seeker_id=seeker_id, consent=consent)

    async def _first(self, training: Training, *, seeker_id: str, consent: Consent | None) -> tuple[Enrolment, bool]:
        """The first `capacity` arrivals have a seat each, of their own number, without a look at the others."""
        ticket, at = training.arrivals, self._now()
        seats = [ticket, None] if ticket <= training.terms.capacity else [None]
        for seat in seats:
            made, events = line.enrol(
                training, id=new_id("enr"), seeker_id=seeker_id, ticket=ticket, seat=seat, consent=consent, at=at
            )
            try:
                if await self._stores.enrolments.create(made, events):
                    return await self._filled(made.model_copy(update={"version": len(events)}), training), True
            except SeatTaken:
                continue  # somebody who waited was given it when seats were added
            break
        known = await self._stores.enrolments.of_person(training.id, seeker_id=seeker_id)
        if known is None:
            raise StaleVersion
        return known, False

    async def _again(self, known: Enrolment, training: Training, *, consent: Consent | None) -> Enrolment:
        def decision(enrolment: Enrolment) -> Decided:
            return line.enrol_again(enrolment, ticket=training.arrivals, consent=consent, at=self._now())

        again = await decide(self._stores.enrolments, lambda: self._stores.enrolments.load(known.id), decision)
        return await self._filled(again, training)

    async def _filled(self, enrolment: Enrolment, training: Training) -> Enrolment:
        """A seat may be free though all had been given: then the line moves at once."""
        if enrolment.state != "waiting":
            return enrolment
        await self._line.fill(training)
        return await self._stores.enrolments.load(enrolment.id)

    async def accept(self, id: str, *, seeker_id: str) -> Enrolment:
        """Take the offered seat."""
        return await decide(
            self._stores.enrolments,
            lambda: self._stores.enrolments.load(id, seeker_id=seeker_id),
            lambda enrolment: line.accept(enrolment, at=self._now()),
        )

    async def cancel(self, id: str, *, seeker_id: str) -> Enrolment:
        """Give it back; the next in line is asked at once (and by the worker, should this process die here)."""
        cancelled = await decide(
            self._stores.enrolments,
            lambda: self._stores.enrolments.load(id, seeker_id=seeker_id),
            lambda enrolment: line.cancel(enrolment, at=self._now()),
        )
        await self._line.fill(await self._stores.trainings.load(cancelled.training.id))
        return cancelled
