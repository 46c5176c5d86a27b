"""The table of all messages: one row to read and to change. A new message is a row here, its texts in
`templates/<message>/`, and what they name in `params.py`."""

from collections.abc import Mapping

from services.notifier.domain import ChannelName
from services.notifier.planner.rows import (
    APP,
    BOTH,
    DAY,
    MAIL,
    SMS,
    Plan,
    To,
    about_card,
    to_employer,
    to_learner,
    to_seeker,
)
from shared.contracts.answer import AnswerDue
from shared.contracts.application import (
    ApplicationCancelled,
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
    DataRequestReceived,
    LoginCodeIssued,
    MandateBegan,
    MandateCodeIssued,
    RecoveryRequested,
    RegistrationRepeated,
)
from shared.contracts.seeker import (
    DocumentRefused,
    NikRepeated,
    SavedVacancyClosed,
    SavedVacancyClosingSoon,
    SavedVacancyRecalled,
    VacanciesMatched,
)
from shared.contracts.training import (
    CertificateIssued,
    EnrolmentCalledOff,
    EnrolmentConfirmed,
    EnrolmentWaiting,
    FollowUpDue,
    ProductAsked,
    SeatLapsed,
    SeatOffered,
)
from shared.contracts.vacancy import VacancyPublished, VacancyRefused, VacancyReturned
from shared.events import Event

# What a seeker answers to an invitation or an offer.
ANSWERS: tuple[type[Event], ...] = (
    ApplicationInterviewAccepted,
    ApplicationInterviewDeclined,
    ApplicationInterviewRescheduled,
    ApplicationOfferAccepted,
    ApplicationOfferDeclined,
)


def _appointment(template: str, *, until: str) -> Plan:
    """An invitation or an offer: worth a message until the instant in the event's field `until`."""
    return Plan(template=template, to="seeker", kind="appointments", channels=BOTH, link="/lamaran/{id}", until=until)


def _code(template: str) -> Plan:
    """A one-time code: at once, and never after its end."""
    return Plan(
        template=template,
        to="account",
        kind="safety",
        channels=SMS,
        link="/masuk",
        short="/masuk",
        lane="code",
        until="expires_at",
        quiet=False,
    )


def _replaced(to: To) -> Plan:
    """To the contact before and to the one now: a thief has one of them at most."""
    return Plan(
        template="contact_changed",
        to=to,
        kind="safety",
        channels=BOTH,
        link="/bantuan",
        short="/bantuan",
        lives=3 * DAY,
        quiet=False,
    )


# Messages that no event makes: officers release one, a choice makes the other.
APART: Mapping[str, tuple[ChannelName, ...]] = {"breach": BOTH, "consent_withdrawn": MAIL}


TABLE: Mapping[type[Event], tuple[Plan, ...]] = {
    LoginCodeIssued: (_code("code"),),
    MandateCodeIssued: (_code("mandate_code"),),
    # The answer to what the person has just said aloud, and the way to stop it.
    MandateBegan: (
        Plan(
            template="mandate_began",
            to="account",
            kind="safety",
            channels=BOTH,
            link="/bukan-saya?t={event.stop_token}",
            short="/bukan-saya",
            until="until",
            quiet=False,
        ),
    ),
    # The answer to what somebody does at this moment: the morning would be too late.
    RegistrationRepeated: (
        Plan(
            template="account_exists",
            to="account",
            kind="safety",
            channels=BOTH,
            link="/masuk",
            short="/masuk",
            lives=DAY,
            quiet=False,
        ),
    ),
    # Whoever is not at the desk has a day to say so, and the night is part of it.
    RecoveryRequested: (
        Plan(
            template="recovery_asked",
            to="account",
            kind="safety",
            channels=BOTH,
            link="/bukan-saya?t={event.stop_token}",
            short="/bukan-saya",
            until="until",
            quiet=False,
        ),
    ),
    ContactReplaced: (_replaced("former"), _replaced("now")),
    NikRepeated: (
        Plan(
            template="nik_exists",
            to="seeker",
            kind="safety",
            channels=BOTH,
            link="/masuk",
            short="/masuk",
            lives=3 * DAY,
        ),
    ),
    DocumentRefused: (
        Plan(
            template="document_refused",
            to="seeker",
            kind="receipts",
            channels=MAIL,
            link="/akun/dokumen",
            short="/akun/dokumen",
        ),
    ),
    DataRequestReceived: (
        Plan(
            template="rights_received",
            to="account",
            kind="safety",
            channels=MAIL,
            link="/data-saya",
            lives=3 * DAY,
        ),
    ),
    # It may be the last word to somebody whose contact is gone within the minute: it waits for no morning.
    DataRequestAnswered: (
        Plan(
            template="rights_done",
            to="account",
            kind="safety",
            channels=BOTH,
            link="/data-saya",
            short="/data-saya",
            lives=3 * DAY,
            quiet=False,
        ),
    ),
    ApplicationSubmitted: (
        Plan(
            template="application_received",
            to="seeker",
            kind="receipts",
            channels=BOTH,
            link="/lamaran/{id}",
            lives=DAY,
        ),
        Plan(
            template="new_application",
            to="employer",
            kind="applicants",
            channels=MAIL,
            link="/pelamar/{id}",
            lane="bulk",
            lives=DAY,
            gathered=True,
        ),
    ),
    ApplicationViewed: (Plan(template="viewed", to="seeker", kind="decisions", channels=APP, link="/lamaran/{id}"),),
    ApplicationShortlisted: (to_seeker("shortlisted", "/lamaran/{id}"),),
    ApplicationRejected: (to_seeker("rejected", "/lowongan"),),
    ApplicationHired: (to_seeker("hired", "/bantuan"),),
    ApplicationWithdrawn: (to_employer("withdrawn", "/pelamar", kind="promises"),),
    ApplicationClosedWithoutReply: (to_seeker("no_reply", "/lowongan"),),
    ApplicationCancelled: (to_seeker("cancelled", "/lowongan"),),
    ApplicationInterviewOffered: (_appointment("interview_offered", until="reply_by"),),
    ApplicationOffered: (_appointment("job_offered", until="reply_by"),),
    ApplicationInterviewSoon: (_appointment("interview_reminder", until="starts_at"),),
    **dict.fromkeys(ANSWERS, (to_employer("seeker_answered", "/pelamar/{id}", kind="promises"),)),
    AnswerDue: (
        Plan(
            template="answer_due",
            to="employer",
            kind="promises",
            channels=BOTH,
            link="/pelamar?lowongan={event.vacancy_id}",
            short="/pelamar",
            lives=3 * DAY,
        ),
    ),
    ApplicationVacancyEnded: (to_seeker("vacancy_closed", "/lamaran/{id}"),),
    # Warnings: nobody can switch them off, and they may wake people.
    ApplicationVacancyRecalled: (
        Plan(template="recalled", to="seeker", kind="safety", channels=BOTH, link="/bantuan", quiet=False),
    ),
    SavedVacancyRecalled: (
        Plan(
            template="saved_recalled",
            to="seeker",
            kind="safety",
            channels=BOTH,
            link="/bantuan",
            short="/kabar",
            quiet=False,
        ),
    ),
    SavedVacancyClosed: (Plan(template="closed_early", to="seeker", kind="saved", channels=MAIL, link="/lowongan"),),
    SavedVacancyClosingSoon: (
        Plan(
            template="closing_soon",
            to="seeker",
            kind="saved",
            channels=MAIL,
            link="/simpanan",
            lane="bulk",
            until="closes_at",
        ),
    ),
    ApplicationDraftClosingSoon: (
        Plan(
            template="draft_closing",
            to="seeker",
            kind="saved",
            channels=MAIL,
            link="/lowongan/{event.vacancy_number}/lamar",
            lane="bulk",
            until="closes_at",
        ),
    ),
    VacanciesMatched: (
        Plan(
            template="job_digest",
            to="seeker",
            kind="searches",
            channels=BOTH,
            link="/lowongan",
            short="/kabar",
            lane="bulk",
            lives=DAY,
        ),
    ),
    EnrolmentConfirmed: (to_learner("training_seat"),),
    EnrolmentWaiting: (to_learner("training_waiting", channels=MAIL),),
    SeatOffered: (to_learner("training_offer", until="reply_by"),),
    SeatLapsed: (to_learner("training_lapsed", channels=MAIL),),
    EnrolmentCalledOff: (to_learner("training_called_off", link="/pelatihan", until="starts_at"),),
    CertificateIssued: (to_learner("training_certificate"),),
    ProductAsked: (
        Plan(
            template="product_asked",
            to="seeker",
            kind="receipts",
            channels=MAIL,
            link="/latihan/{event.enrolment_id}/produk",
            short="/latihan",
        ),
    ),
    FollowUpDue: (
        Plan(
            template="training_follow_up",
            to="seeker",
            kind="training",
            channels=MAIL,
            link="/latihan/kabar?t={event.answer_token}",
            short="/latihan",
            lane="bulk",
        ),
    ),
    JobseekerCardSubmitted: (about_card("ak1_received"),),
    JobseekerCardReturned: (about_card("ak1_returned"),),
    JobseekerCardIssued: (about_card("ak1_issued"),),
    JobseekerCardReportDue: (about_card("ak1_report_due", link="/ak1/lapor?t={event.report_token}", lives=30 * DAY),),
    JobseekerCardLapsed: (about_card("ak1_lapsed"),),
    JobseekerCardExpiring: (about_card("ak1_expiring"),),
    VacancyRefused: (to_employer("vacancy_refused", "/pasang/{id}"),),
    VacancyReturned: (to_employer("vacancy_returned", "/pasang/{id}"),),
    VacancyPublished: (to_employer("vacancy_published", "/pasang/{id}"),),
    EmployerVerified: (to_employer("employer_verified", "/pasang/baru"),),
    EmployerReturned: (to_employer("employer_returned", "/usaha/ubah"),),
}
