"""What the texts of an event may name, by the names that the texts use: public facts, nothing personal."""

from collections.abc import Mapping
from datetime import date, timedelta

from services.notifier.digest import digest
from services.notifier.domain import Param, Params
from shared.clock import end_of
from shared.contracts.answer import AnswerDue
from shared.contracts.application import (
    ApplicationCancelled,
    ApplicationFacts,
    ApplicationHired,
    ApplicationInterviewAccepted,
    ApplicationInterviewDeclined,
    ApplicationInterviewOffered,
    ApplicationInterviewRescheduled,
    ApplicationInterviewSoon,
    ApplicationOfferAccepted,
    ApplicationOfferDeclined,
    ApplicationOffered,
    ApplicationRejected,
    ApplicationVacancyRecalled,
)
from shared.contracts.card import CardFacts, JobseekerCardIssued, JobseekerCardReportDue, JobseekerCardReturned
from shared.contracts.draft import ApplicationDraftClosingSoon
from shared.contracts.employer import EmployerFacts, EmployerReturned
from shared.contracts.identity import DataRequestAnswered, DataRequestReceived, MandateBegan, RecoveryRequested
from shared.contracts.seeker import (
    DocumentRefused,
    SavedVacancyClosed,
    SavedVacancyClosingSoon,
    SavedVacancyEvent,
    SavedVacancyRecalled,
    VacanciesMatched,
)
from shared.contracts.training import (
    CertificateIssued,
    EnrolmentCalledOff,
    EnrolmentFacts,
    FollowUpDue,
    ProductAsked,
    SeatOffered,
)
from shared.contracts.vacancy import VacancyFacts, VacancyRefused, VacancyReturned
from shared.events import Event

GRACE = timedelta(days=3)  # after the promised day, until what is not answered closes
ANSWERS: Mapping[type[ApplicationFacts], str] = {
    ApplicationInterviewAccepted: "interview_accepted",
    ApplicationInterviewDeclined: "interview_declined",
    ApplicationInterviewRescheduled: "interview_rescheduled",
    ApplicationOfferAccepted: "offer_accepted",
    ApplicationOfferDeclined: "offer_declined",
}
REASONED = (
    ApplicationRejected,
    ApplicationCancelled,
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
            **_agreed(event),
        }
    elif isinstance(event, AnswerDue):
        ends = end_of(event.answer_by + GRACE) - timedelta(minutes=1)
        found = {
            "judul": event.vacancy_title,
            "usaha": event.employer_name,
            "jumlah": event.waiting,
            "janji": _day(event.answer_by),
            "batas": ends,
        }
    elif isinstance(event, VacancyFacts):
        # `closes_at` is the first instant at which it is closed: people are told the last minute before.
        last = event.closes_at - timedelta(minutes=1) if event.closes_at else None
        found = {"judul": event.title, "nomor": event.number, "tutup": last}
    elif isinstance(event, SavedVacancyEvent | ApplicationDraftClosingSoon):
        found = {"judul": event.vacancy_title, "usaha": event.employer_name, "nomor": event.vacancy_number}
    elif isinstance(event, EmployerFacts):
        found = {"usaha": event.name}
    elif isinstance(event, VacanciesMatched):
        found = digest(event)
    elif isinstance(event, CardFacts):
        found = {"nomor": event.number or "-", "berlaku": _day(event.valid_until), **_of_card(event)}
    elif isinstance(event, EnrolmentFacts):
        found = {"judul": event.training_title, "nomor": event.training_number, "waktu": event.starts_at}
        found |= _of_place(event)
    elif isinstance(event, ProductAsked):
        found = {"judul": event.product_name}
    if isinstance(event, SavedVacancyClosingSoon | ApplicationDraftClosingSoon):
        found["tutup"] = event.closes_at - timedelta(minutes=1)
    if isinstance(event, SavedVacancyClosed):
        found["terisi"] = int(event.vacancy_state == "filled")
    if isinstance(event, REASONED):
        found["alasan"] = event.reason
    if isinstance(event, DocumentRefused):
        found |= {"waktu": event.sent_at, "virus": int(event.state == "infected")}
    if isinstance(event, DataRequestReceived):
        found["batas"] = event.due_at
    if isinstance(event, RecoveryRequested | MandateBegan):
        found |= {"henti_kode": event.stop_token, "batas": event.until}
    if isinstance(event, DataRequestAnswered):
        found["hasil"] = event.outcome
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


def _of_card(event: CardFacts) -> dict[str, Param]:
    """What one event of an AK-1 card says and the others do not."""
    if isinstance(event, JobseekerCardIssued):
        return {"lapor": _day(event.first_report_on)}
    if isinstance(event, JobseekerCardReportDue):
        return {"batas": _day(event.report_until), "id4": event.id4}
    return {"sebab": event.reason} if isinstance(event, JobseekerCardReturned) else {}


def _agreed(event: ApplicationFacts) -> Params:
    """What an invitation, an offer or an answer to them says."""
    if isinstance(event, ApplicationInterviewOffered):
        return {"acara": event.starts_at, "daring": int(event.remote), "batas": event.reply_by}
    if isinstance(event, ApplicationInterviewSoon):
        return {"acara": event.starts_at, "daring": int(event.remote)}
    if isinstance(event, ApplicationOffered):
        wage = {"upah_dari": event.wage.min, "upah_sampai": event.wage.max, "per": event.wage.per}
        return {
            "tawaran": [wage],
            "jam": event.hours,
            "mulai": _day(event.start_date),
            "batas": event.reply_by,
        }
    if type(event) not in ANSWERS:
        return {}
    late = isinstance(event, ApplicationInterviewDeclined | ApplicationOfferDeclined) and event.actor == "system"
    return {"jawaban": ANSWERS[type(event)], "lewat": int(late)}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
