"""What `application` does when other services tell something: local copies, and the end of a
vacancy to those who applied; what counts in the statistics, of this service's own hires too."""

from typing import Any

from services.application.commands import Commands
from services.application.placements.commands import PlacementCommands
from services.application.store import ApplicationStore
from shared.clock import now
from shared.contracts import card, employer, vacancy
from shared.contracts.application import ApplicationCancelled, ApplicationHired
from shared.contracts.identity import AccountErased
from shared.contracts.placement import OutsideHireRecorded
from shared.contracts.seeker import SeekerContactChanged, SeekerProfileChanged, SeekerRegistered
from shared.effects import Projection, Reaction, Reactions
from shared.events import Envelope
from shared.mongo import Document

VACANCY_FIELDS = {
    "number",
    "title",
    "state",
    "employer_id",
    "employer_name",
    "owner_id",
    "kelurahan_code",
    "closes_at",
    "occupation",
    "apply_url",
    *("education_min", "experience_months", "skills", "licences", "questions"),
}
SEEKER_FIELDS = {"kelurahan_code", "education", "graduation_year", "skills"}
SEEKER_FIELDS |= {"licences", "experience_months", "match_hints"}


STEPS: tuple[type[vacancy.VacancyFacts], ...] = (
    vacancy.VacancyWithdrawn,
    vacancy.VacancyRefused,
    vacancy.VacancyPaused,
    vacancy.VacancyResumed,
    vacancy.VacancyFilled,
    vacancy.VacancyExtended,
    vacancy.VacancyReopened,
)


ENDS_OF_CARDS = (
    card.JobseekerCardLapsed,
    card.JobseekerCardExpired,
    card.JobseekerCardRevoked,
    card.JobseekerCardEmployed,
)


def table(store: ApplicationStore, commands: Commands, placements: PlacementCommands) -> Reactions:
    """`ledger` effects come after a projection that they read."""
    ledger = placements.ledger
    openings = ledger.openings
    cards = Projection(collection=placements.store.cards, shape=card_shape)
    employers = Projection(collection=ledger.store.employers, shape=employer_shape)
    vacancies = Projection(collection=store.vacancies, shape=vacancy_shape)
    seekers = Projection(collection=store.seekers, shape=seeker_shape)
    contacts = Projection(collection=store.contacts, shape=contact_shape)
    return {
        vacancy.VacancyDrafted: vacancies,
        vacancy.VacancyChanged: (vacancies, openings),
        vacancy.VacancySubmitted: vacancies,
        vacancy.VacancyReturned: vacancies,
        vacancy.VacancyPublished: (vacancies, openings),
        vacancy.VacancyClosed: (vacancies, end_applications(commands), openings),
        # While it is paused or filled it takes no applications; those that are there stand.
        **dict.fromkeys(STEPS, (vacancies, openings)),
        vacancy.VacancyRecalled: (vacancies, end_applications(commands), openings),
        vacancy.VacancyExpired: (vacancies, openings),  # the deadline was known to everybody: nobody needs a message
        AccountErased: forget(commands, placements),
        SeekerRegistered: seekers,
        SeekerProfileChanged: seekers,
        SeekerContactChanged: contacts,
        employer.EmployerRegistered: employers,
        employer.EmployerVerified: employers,
        employer.EmployerChanged: employers,
        card.JobseekerCardIssued: (cards, ledger.registered),
        **dict.fromkeys(ENDS_OF_CARDS, ledger.removed),
        ApplicationHired: placements.hired,
        OutsideHireRecorded: placements.outside,
        ApplicationCancelled: placements.taken_back,
    }


def vacancy_shape(envelope: Envelope[Any]) -> Document:
    data = envelope.data
    fields: Document = data.model_dump(include=VACANCY_FIELDS)
    fields["answer_by"] = data.answer_by.isoformat() if data.answer_by else None
    fields["abroad"] = data.workplace == "abroad" or data.kind == "overseas"
    if isinstance(data, vacancy.VacancyClosed | vacancy.VacancyRecalled):
        # By our own clock: from now on no application is accepted here, and a timer looks back from this instant.
        fields |= {"closed_seen_at": now(), "reason": data.reason, "reason_code": data.reason_code}
    if isinstance(data, vacancy.VacancyReopened):
        fields["closed_seen_at"] = None
    return fields


def seeker_shape(envelope: Envelope[Any]) -> Document:
    fields: Document = envelope.data.model_dump(include=SEEKER_FIELDS)
    return fields


def contact_shape(envelope: Envelope[Any]) -> Document:
    return {"sealed": envelope.data.sealed}


def card_shape(envelope: Envelope[Any]) -> Document:
    fields: Document = envelope.data.model_dump(include={"seeker_id", "number"})
    return fields


def employer_shape(envelope: Envelope[Any]) -> Document:
    fields: Document = envelope.data.model_dump(include={"size", "industry"})
    return fields


def forget(commands: Commands, placements: PlacementCommands) -> Reaction:
    async def react(envelope: Envelope[Any]) -> None:
        if envelope.data.role == "seeker":
            await commands.person_erased(envelope.subject)
            await placements.ledger.forget(envelope.subject)
            await placements.store.forget(envelope.subject)

    return react


def end_applications(commands: Commands) -> Reaction:
    """It reads the projection, which is written first and never steps back."""

    async def react(envelope: Envelope[Any]) -> None:
        await commands.vacancy_ended(envelope.subject)

    return react
