"""The event of a state that was just reached: every public field, and what is new in this step. Never a place, a
contact person or a wish: those stay sealed where they are."""

from datetime import timedelta
from typing import Any

from services.application.domain.model import Application
from shared.contracts import application as told
from shared.contracts.application import ApplicationState
from shared.contracts.placement import PlacementRecorded, Scope
from shared.events import Event

HOME_PROVINCE = "35"
ANSWER_STILL = timedelta(days=30)  # after it was closed without a reply
_KINDS: dict[ApplicationState, type[told.ApplicationFacts]] = {
    "submitted": told.ApplicationSubmitted,
    "viewed": told.ApplicationViewed,
    "shortlisted": told.ApplicationShortlisted,
    "interview_offered": told.ApplicationInterviewOffered,
    "interview_accepted": told.ApplicationInterviewAccepted,
    "interview_declined": told.ApplicationInterviewDeclined,
    "interview_rescheduled": told.ApplicationInterviewRescheduled,
    "offered": told.ApplicationOffered,
    "offer_accepted": told.ApplicationOfferAccepted,
    "offer_declined": told.ApplicationOfferDeclined,
    "hired": told.ApplicationHired,
    "rejected": told.ApplicationRejected,
    "withdrawn": told.ApplicationWithdrawn,
    "closed_without_reply": told.ApplicationClosedWithoutReply,
    "cancelled": told.ApplicationCancelled,
}


def facts(application: Application) -> dict[str, Any]:
    vacancy = application.vacancy
    return {
        "number": application.number,
        "state": application.state,
        "seeker_id": application.seeker_id,
        "vacancy_id": vacancy.id,
        "vacancy_number": vacancy.number,
        "vacancy_title": vacancy.title,
        "employer_id": vacancy.employer_id,
        "employer_name": vacancy.employer_name,
        "submitted_at": application.submitted_at,
        "answer_by": application.answer_by,
    }


def events_of(application: Application, **more: Any) -> list[Event]:
    """What is told of the state that was just reached; `more` are fields that the application does not keep."""
    kind = _KINDS[application.state]
    known = {**facts(application), **_news(application), **more}
    told_now: list[Event] = [kind.model_validate({name: known[name] for name in kind.model_fields if name in known})]
    if application.state == "hired":
        told_now.append(_placement(application))
    return told_now


def _news(application: Application) -> dict[str, Any]:
    news: dict[str, Any] = {
        "reason": application.reason or "",
        "start_date": application.start_date,
        "why": application.why,
        "actor": application.history[-1].actor,
        "cause": "corrected",  # as somebody decides it; the ends of vacancies say theirs
        "answer_until": application.updated_at + ANSWER_STILL,
    }
    if interview := application.interview:
        news |= {"starts_at": interview.starts_at, "remote": interview.remote, "reply_by": interview.reply_by}
    if application.state == "offered" and (offer := application.offer):
        news |= {"wage": offer.wage, "hours": offer.hours, "start_date": offer.start_date, "reply_by": offer.reply_by}
    return news


def _placement(application: Application) -> PlacementRecorded:
    vacancy, offer = application.vacancy, application.offer
    return PlacementRecorded(
        scope=scope_of(application),
        vacancy_id=vacancy.id,
        employer_id=vacancy.employer_id,
        occupation=vacancy.occupation,
        start_date=application.start_date,
        wage=offer.wage if offer else None,
    )


def scope_of(application: Application) -> Scope:
    """Abroad, in this province, or elsewhere; where nothing is said it is in the city."""
    vacancy = application.vacancy
    if vacancy.abroad:
        return "AKAN"
    return "AKL" if (vacancy.kelurahan_code or HOME_PROVINCE).startswith(HOME_PROVINCE) else "AKAD"
