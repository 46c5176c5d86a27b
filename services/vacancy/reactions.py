"""What the vacancy service does when others tell it something."""

from typing import Any

from services.vacancy.commands.employers import EmployerCommands
from services.vacancy.commands.revoking import Revoking
from services.vacancy.commands.running import RunningCommands
from services.vacancy.store.database import VacancyStore
from shared.clock import today
from shared.contracts.application import (
    ApplicationCancelled,
    ApplicationClosedWithoutReply,
    ApplicationFacts,
    ApplicationHired,
    ApplicationInterviewAccepted,
    ApplicationInterviewDeclined,
    ApplicationInterviewOffered,
    ApplicationInterviewRescheduled,
    ApplicationOfferAccepted,
    ApplicationOfferDeclined,
    ApplicationOffered,
    ApplicationRejected,
    ApplicationShortlisted,
    ApplicationSubmitted,
    ApplicationVacancyEnded,
    ApplicationVacancyRecalled,
    ApplicationViewed,
    ApplicationWithdrawn,
)
from shared.contracts.identity import AccountContactChanged, AccountErased
from shared.contracts.seeker import VacancySaved
from shared.effects import Projection, Reactions
from shared.events import Envelope
from shared.mongo import Document

STEPS: tuple[type[ApplicationFacts], ...] = (
    ApplicationSubmitted,
    ApplicationViewed,
    ApplicationShortlisted,
    ApplicationInterviewAccepted,
    ApplicationInterviewDeclined,
    ApplicationInterviewRescheduled,
    ApplicationOfferAccepted,
    ApplicationOfferDeclined,
    ApplicationVacancyEnded,
    ApplicationVacancyRecalled,
)
# With these an employer's answer rate may change.
ANSWERS: tuple[type[ApplicationFacts], ...] = (
    ApplicationInterviewOffered,
    ApplicationOffered,
    ApplicationRejected,
    ApplicationWithdrawn,
    ApplicationCancelled,
    ApplicationClosedWithoutReply,
)


def table(store: VacancyStore, employers: EmployerCommands, running: RunningCommands) -> Reactions:
    revoking = Revoking(store, employers, running)

    async def end_employer(envelope: Envelope[Any]) -> None:
        if envelope.data.role == "employer":
            await revoking.account_erased(envelope.subject)

    async def follow_account_contact(envelope: Envelope[Any]) -> None:
        # It reads the projection, which is written first and never steps back, so order does not matter here.
        if envelope.data.role == "employer":
            await employers.follow_account(envelope.subject)

    async def count_hired(envelope: Envelope[Any]) -> None:
        # The hire that it counts is in the projection already; counting again changes nothing.
        await running.count_hired(envelope.data.vacancy_id)

    async def count_saved(envelope: Envelope[Any]) -> None:
        await store.figures.saved(envelope.id, envelope.data.vacancy_id, day=today(envelope.time))

    async def count_answers(envelope: Envelope[Any]) -> None:
        await store.applications.count_answers(envelope.data.employer_id)

    kept = Projection(collection=store.account_contacts, shape=_account_contact)
    applications = Projection(collection=store.applications.collection, shape=_application)
    return {
        AccountContactChanged: (kept, follow_account_contact),
        AccountErased: end_employer,
        VacancySaved: count_saved,
        **dict.fromkeys(STEPS, applications),
        **dict.fromkeys(ANSWERS, (applications, count_answers)),
        ApplicationHired: (applications, count_hired, count_answers),
    }


def _account_contact(envelope: Envelope[Any]) -> Document | None:
    return {"sealed": envelope.data.sealed} if envelope.data.role == "employer" else None


def _application(envelope: Envelope[Any]) -> Document:
    data = envelope.data
    fields: Document = data.model_dump(include={"vacancy_id", "employer_id", "state"})
    fields["submitted_on"] = today(data.submitted_at).isoformat()
    fields["answer_by"] = data.answer_by.isoformat() if data.answer_by else None
    if isinstance(data, ApplicationVacancyRecalled | ApplicationSubmitted):
        fields["void"] = isinstance(data, ApplicationVacancyRecalled)
    if isinstance(data, ApplicationClosedWithoutReply):
        fields["answer_until"] = data.answer_until
    return fields
