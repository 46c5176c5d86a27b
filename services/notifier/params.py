"""What the texts of an event may name, by the names that the texts use: public facts, nothing personal."""

from datetime import date, timedelta

from services.notifier.digest import digest
from services.notifier.domain import Param, Params
from shared.contracts.application import (
    ApplicationFacts,
    ApplicationHired,
    ApplicationRejected,
    ApplicationVacancyRecalled,
)
from shared.contracts.employer import EmployerFacts, EmployerReturned
from shared.contracts.seeker import (
    SavedVacancyClosingSoon,
    SavedVacancyEvent,
    SavedVacancyRecalled,
    VacanciesMatched,
)
from shared.contracts.training import CertificateIssued, EnrolmentCalledOff, EnrolmentFacts, FollowUpDue, SeatOffered
from shared.contracts.vacancy import VacancyFacts, VacancyRefused, VacancyReturned
from shared.events import Event

REASONED = (
    ApplicationRejected,
    ApplicationVacancyRecalled,
    SavedVacancyRecalled,
    VacancyReturned,
    VacancyRefused,
    EmployerReturned,
    EnrolmentCalledOff,
)


def params_of(event: Event) -> Params:
    found: dict[str, Param] = {}
    if isinstance(event, ApplicationFacts):
        found = {
            "judul": event.vacancy_title,
            "usaha": event.employer_name,
            "nomor": event.number,
            "waktu": event.submitted_at,
            "janji": _day(event.answer_by),
        }
    elif isinstance(event, VacancyFacts):
        # `closes_at` is the first instant at which it is closed: people are told the last minute before.
        last = event.closes_at - timedelta(minutes=1) if event.closes_at else None
        found = {"judul": event.title, "nomor": event.number, "tutup": last}
    elif isinstance(event, SavedVacancyEvent):
        found = {"judul": event.vacancy_title, "usaha": event.employer_name, "nomor": event.vacancy_number}
    elif isinstance(event, EmployerFacts):
        found = {"usaha": event.name}
    elif isinstance(event, VacanciesMatched):
        found = digest(event)
    elif isinstance(event, EnrolmentFacts):
        found = {"judul": event.training_title, "nomor": event.training_number, "waktu": event.starts_at}
        found |= _of_place(event)
    if isinstance(event, SavedVacancyClosingSoon):
        found["tutup"] = event.closes_at - timedelta(minutes=1)
    if isinstance(event, REASONED):
        found["alasan"] = event.reason
    if isinstance(event, ApplicationHired):
        found["mulai"] = _day(event.start_date)
    return found


def _of_place(event: EnrolmentFacts) -> dict[str, Param]:
    """What one event of a place in a training says and the others do not."""
    if isinstance(event, SeatOffered):
        return {"batas": event.reply_by}
    if isinstance(event, CertificateIssued):
        return {"sertifikat": event.certificate_number}
    return {"bulan": event.months} if isinstance(event, FollowUpDue) else {}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
