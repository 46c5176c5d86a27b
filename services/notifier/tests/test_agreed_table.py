"""The agreed table of messages, row by row: trigger, to whom, channels, lane, until when, what may be switched off.
Where we do otherwise, the row says why."""

from datetime import timedelta
from typing import NamedTuple

import pytest

from services.notifier.announcements.spreading import BREACH_LIVES, CHANNELS
from services.notifier.planner import TABLE, Plan
from services.notifier.planner.table import APART
from services.notifier.rendering import source
from services.notifier.withdrawing import LIVES as WITHDRAWN_LIVES
from services.notifier.wording import messages
from shared.contracts.answer import AnswerDue
from shared.contracts.application import (
    ApplicationClosedWithoutReply,
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
    ApplicationShortlisted,
    ApplicationSubmitted,
    ApplicationVacancyEnded,
    ApplicationVacancyRecalled,
    ApplicationViewed,
    ApplicationWithdrawn,
)
from shared.contracts.card import (
    JobseekerCardExpiring,
    JobseekerCardIssued,
    JobseekerCardLapsed,
    JobseekerCardReportDue,
    JobseekerCardReturned,
    JobseekerCardSubmitted,
)
from shared.contracts.draft import ApplicationDraftClosingSoon
from shared.contracts.employer import EmployerReturned, EmployerVerified
from shared.contracts.identity import (
    ContactReplaced,
    DataRequestAnswered,
    LoginCodeIssued,
    MandateBegan,
    MandateCodeIssued,
)
from shared.contracts.seeker import (
    DocumentRefused,
    SavedVacancyClosed,
    SavedVacancyClosingSoon,
    SavedVacancyRecalled,
    VacanciesMatched,
)
from shared.contracts.vacancy import VacancyPublished, VacancyRefused, VacancyReturned
from shared.events import Event

DAY, WEEK = timedelta(days=1), timedelta(days=7)


class Agreed(NamedTuple):
    """`channels` and `off`: E e-mail, S SMS, A only in the account. `until`: a length, or a field of the event."""

    template: str
    to: str
    channels: str
    until: timedelta | str = WEEK
    off: str = ""
    lane: str = "transactional"


AGREED: list[tuple[type[Event], Agreed]] = [
    (ContactReplaced, Agreed("contact_changed", "former", "ES", 3 * DAY)),
    (ApplicationSubmitted, Agreed("application_received", "seeker", "ES", DAY, "S")),
    (ApplicationViewed, Agreed("viewed", "seeker", "A")),
    (ApplicationShortlisted, Agreed("shortlisted", "seeker", "ES", off="S")),
    (ApplicationRejected, Agreed("rejected", "seeker", "ES", off="S")),
    (ApplicationHired, Agreed("hired", "seeker", "ES", off="S")),
    (ApplicationClosedWithoutReply, Agreed("no_reply", "seeker", "ES", off="S")),
    (ApplicationInterviewOffered, Agreed("interview_offered", "seeker", "ES", "reply_by")),
    (ApplicationOffered, Agreed("job_offered", "seeker", "ES", "reply_by")),
    (ApplicationInterviewSoon, Agreed("interview_reminder", "seeker", "ES", "starts_at")),
    (ApplicationInterviewAccepted, Agreed("seeker_answered", "employer", "E")),
    (ApplicationInterviewDeclined, Agreed("seeker_answered", "employer", "E")),
    (ApplicationInterviewRescheduled, Agreed("seeker_answered", "employer", "E")),
    (ApplicationOfferAccepted, Agreed("seeker_answered", "employer", "E")),
    (ApplicationOfferDeclined, Agreed("seeker_answered", "employer", "E")),
    (ApplicationWithdrawn, Agreed("withdrawn", "employer", "E")),
    (ApplicationVacancyRecalled, Agreed("recalled", "seeker", "ES")),
    (SavedVacancyRecalled, Agreed("saved_recalled", "seeker", "ES")),
    (SavedVacancyClosed, Agreed("closed_early", "seeker", "E", off="E")),
    # Agreed was a mail that may be switched off. Whoever applied waits for an answer that may not come any more:
    # that it closed is a turn of their own application, told and switched off as one.
    (ApplicationVacancyEnded, Agreed("vacancy_closed", "seeker", "ES", off="S")),
    (VacancyReturned, Agreed("vacancy_returned", "employer", "E")),
    (VacancyPublished, Agreed("vacancy_published", "employer", "E")),
    (VacancyRefused, Agreed("vacancy_refused", "employer", "E")),
    (EmployerVerified, Agreed("employer_verified", "employer", "E")),
    (EmployerReturned, Agreed("employer_returned", "employer", "E")),
    (AnswerDue, Agreed("answer_due", "employer", "ES", 3 * DAY)),
    (JobseekerCardSubmitted, Agreed("ak1_received", "seeker", "ES")),
    (JobseekerCardReturned, Agreed("ak1_returned", "seeker", "ES")),
    (JobseekerCardIssued, Agreed("ak1_issued", "seeker", "ES")),
    (JobseekerCardLapsed, Agreed("ak1_lapsed", "seeker", "ES")),
    (JobseekerCardExpiring, Agreed("ak1_expiring", "seeker", "ES")),
    (JobseekerCardReportDue, Agreed("ak1_report_due", "seeker", "ES", 30 * DAY)),
    # Agreed was a mail. Many have a phone alone, and of an erasure it is the last word: a message of one channel
    # falls back after a failure, and by then the contact may be gone. So it goes over both.
    (DataRequestAnswered, Agreed("rights_done", "account", "ES", 3 * DAY)),
    (DocumentRefused, Agreed("document_refused", "seeker", "E", timedelta(days=7))),
    (MandateBegan, Agreed("mandate_began", "account", "ES", "until")),
    (ApplicationSubmitted, Agreed("new_application", "employer", "E", DAY, "E", lane="bulk")),
    (SavedVacancyClosingSoon, Agreed("closing_soon", "seeker", "E", "closes_at", "E", lane="bulk")),
    (ApplicationDraftClosingSoon, Agreed("draft_closing", "seeker", "E", "closes_at", "E", lane="bulk")),
    # Agreed was a mail. Who saves a search says how to hear of it, and may say by SMS.
    (VacanciesMatched, Agreed("job_digest", "seeker", "ES", DAY, "ES", lane="bulk")),
]
"""In the order of the agreed table. Job fairs and new trainings are told as announcements, to whoever agreed to news
(`announcements/`): an officer writes them, so that no event makes them."""


def letters(channels: object) -> str:
    names = {"email": "E", "sms": "S", "app": "A"}
    return "".join(sorted(names[name] for name in channels))  # type: ignore[attr-defined]


def row(event: type[Event], template: str) -> Plan:
    return next(each for each in TABLE[event] if each.template == template)


@pytest.mark.parametrize(("event", "agreed"), AGREED, ids=[f"{e.__name__}-{a.template}" for e, a in AGREED])
def test_a_message_is_planned_as_agreed(event: type[Event], agreed: Agreed) -> None:
    planned = row(event, agreed.template)
    assert Agreed(
        planned.template,
        planned.to,
        letters(planned.channels),
        planned.until or planned.lives,
        letters(planned.off),
        planned.lane,
    ) == agreed._replace(channels=letters_of(agreed.channels), off=letters_of(agreed.off))


def letters_of(written: str) -> str:
    return "".join(sorted(written))


SHARED_SMS = {
    **dict.fromkeys(("interview_offered", "job_offered"), "S4"),
    **dict.fromkeys(("recalled", "saved_recalled"), "S6"),
    **dict.fromkeys(("shortlisted", "rejected", "hired", "no_reply", "vacancy_closed"), "S3"),
    **dict.fromkeys(("ak1_received", "ak1_returned", "ak1_issued", "ak1_lapsed", "ak1_expiring"), "S3"),
}


@pytest.mark.parametrize("name", sorted(set(SHARED_SMS.values())))
def test_messages_that_share_an_sms_cannot_be_told_apart_by_it(name: str) -> None:
    texts = {source(template, "sms", "id") for template, shared in SHARED_SMS.items() if shared == name}
    assert len(texts) == 1


def test_what_no_event_makes_goes_as_agreed() -> None:
    """A breach, which an officer releases: both ways, without an end. A consent taken back: a mail of 72 hours."""
    assert {name: letters(channels) for name, channels in APART.items()} == {"breach": "ES", "consent_withdrawn": "E"}
    assert CHANNELS["breach"] == APART["breach"]
    assert source("breach", "sms", "id") == source("rejected", "sms", "id")
    assert (timedelta(days=365) <= BREACH_LIVES, WITHDRAWN_LIVES) == (True, 3 * DAY)


def test_every_message_of_the_plan_has_texts_and_only_codes_have_their_own_lane() -> None:
    rows = [row for planned in TABLE.values() for row in planned]
    assert {row.template for row in rows} <= set(messages())
    assert {row.template for row in rows if row.lane == "code"} == {"code", "mandate_code"}
    assert {TABLE[kind][0].until for kind in (LoginCodeIssued, MandateCodeIssued)} == {"expires_at"}
