"""A first application, and one that is sent again."""

from datetime import datetime

from services.application.domain.model import Application, Decided, KnownVacancy, Step, Vacancy
from services.application.domain.telling import events_of
from services.application.problems import AppliesElsewhere, VacancyNotKnownYet, VacancyNotOpen
from shared.errors import WrongState

SUBMISSIONS = 2  # the first, and one more after a withdrawal


def accept(vacancy: KnownVacancy | None, *, at: datetime) -> Vacancy:
    """The vacancy as an application keeps it; raises where it takes none at this instant."""
    if vacancy is None or vacancy.state in ("draft", "submitted", "returned", "refused"):
        raise VacancyNotKnownYet  # its publication may be on the way to us: worth another try
    ended = vacancy.closes_at is not None and vacancy.closes_at <= at
    if vacancy.state != "published" or ended:
        live = vacancy.state in ("published", "paused")
        raise VacancyNotOpen(state="expired" if ended and live else vacancy.state)
    if vacancy.apply_url is not None:
        raise AppliesElsewhere
    return Vacancy.model_validate(vacancy.model_dump())


def submit(
    vacancy: Vacancy, *, id: str, number: str, seeker_id: str, note_sealed: str | None, at: datetime
) -> Decided:
    """A first application."""
    application = Application(
        id=id,
        number=number,
        seeker_id=seeker_id,
        vacancy=vacancy,
        state="submitted",
        note_sealed=note_sealed,
        submitted_at=at,
        updated_at=at,
        history=(Step(state="submitted", at=at, actor="seeker", by=seeker_id),),
    )
    return application, events_of(application)


def submit_again(application: Application, vacancy: Vacancy, *, note_sealed: str | None, at: datetime) -> Decided:
    """A repeat finds the application as it is; after a withdrawal it is sent once more, under the same number."""
    if application.state != "withdrawn":
        return application, []
    if sum(step.state == "submitted" for step in application.history) >= SUBMISSIONS:
        raise WrongState(state=application.state)
    moved = application.moved("submitted", actor="seeker", by=application.seeker_id, at=at)
    again = Application(
        **{name: getattr(moved, name) for name in ("id", "number", "seeker_id", "state", "updated_at", "history")},
        version=moved.version,
        vacancy=vacancy,
        note_sealed=note_sealed,
        submitted_at=at,
    )
    return again, events_of(again)
