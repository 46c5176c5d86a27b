"""The plan: who is told what, over which channel, how fast and until when."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.notifier.planner import TABLE, plan
from services.notifier.tests.events import EMPLOYER, SAMPLED, SEEKER, application, parsed, saved, vacancy
from shared.contracts.answer import AnswerDue
from shared.contracts.application import (
    ApplicationCancelled,
    ApplicationClosedWithoutReply,
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
    ApplicationShortlisted,
    ApplicationSubmitted,
    ApplicationVacancyEnded,
    ApplicationVacancyRecalled,
    ApplicationViewed,
    ApplicationWithdrawn,
)
from shared.contracts.employer import EmployerReturned, EmployerVerified
from shared.contracts.identity import ContactReplaced, LoginCodeIssued, MandateCodeIssued, RegistrationRepeated
from shared.contracts.seeker import (
    SavedVacancyClosed,
    SavedVacancyClosingSoon,
    SavedVacancyRecalled,
    VacanciesMatched,
)
from shared.contracts.training import (
    AttendanceRecorded,
    CertificateIssued,
    EnrolmentCalledOff,
    EnrolmentCancelled,
    EnrolmentConfirmed,
    EnrolmentWaiting,
    FollowUpDue,
    ProductAsked,
    SeatLapsed,
    SeatOffered,
)
from shared.contracts.vacancy import VacancyFacts, VacancyPublished, VacancyRefused, VacancyReturned
from shared.events import Event
from shared.testing import envelope
from tests.contracts.samples import full

DAY, WEEK = timedelta(days=1), timedelta(days=7)
Told = set[tuple[str, str, str]]
BOTH = ("email", "sms")


@pytest.mark.parametrize(("kind", "size"), SAMPLED)
def test_the_same_event_makes_the_same_messages_again(
    kind: type[Event], size: Callable[[type[Event]], dict[str, Any]]
) -> None:
    event = envelope(parsed(kind, size(kind)), subject="x_1", id="evt_1")
    first, again = plan(event), plan(event)
    assert first == again
    assert len({message.id for message in first}) == len(first)


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        (
            ApplicationSubmitted,
            {
                ("application_received", SEEKER, "email"),
                ("application_received", SEEKER, "sms"),
                ("new_application", EMPLOYER, "email"),
            },
        ),
        (ApplicationShortlisted, {("shortlisted", SEEKER, channel) for channel in BOTH}),
        (ApplicationRejected, {("rejected", SEEKER, channel) for channel in BOTH}),
        (ApplicationHired, {("hired", SEEKER, channel) for channel in BOTH}),
        (ApplicationVacancyEnded, {("vacancy_closed", SEEKER, channel) for channel in BOTH}),
        (ApplicationVacancyRecalled, {("recalled", SEEKER, channel) for channel in BOTH}),
        (ApplicationWithdrawn, {("withdrawn", EMPLOYER, "email")}),
        (ApplicationClosedWithoutReply, {("no_reply", SEEKER, channel) for channel in BOTH}),
        (ApplicationCancelled, {("cancelled", SEEKER, channel) for channel in BOTH}),
        (ApplicationInterviewOffered, {("interview_offered", SEEKER, channel) for channel in BOTH}),
        (ApplicationOffered, {("job_offered", SEEKER, channel) for channel in BOTH}),
        (ApplicationInterviewSoon, {("interview_reminder", SEEKER, channel) for channel in BOTH}),
        (ApplicationInterviewAccepted, {("seeker_answered", EMPLOYER, "email")}),
        (ApplicationInterviewDeclined, {("seeker_answered", EMPLOYER, "email")}),
        (ApplicationInterviewRescheduled, {("seeker_answered", EMPLOYER, "email")}),
        (ApplicationOfferAccepted, {("seeker_answered", EMPLOYER, "email")}),
        (ApplicationOfferDeclined, {("seeker_answered", EMPLOYER, "email")}),
        (ApplicationViewed, {("viewed", SEEKER, "app")}),
    ],
)
def test_an_application_tells_those_concerned(kind: type[ApplicationFacts], told: Told) -> None:
    messages = plan(application(kind))
    assert {(message.template, message.recipient, message.channel) for message in messages} == told
    assert {message.lane for message in messages if message.template != "new_application"} <= {"transactional"}


@pytest.mark.parametrize(
    ("kind", "template"),
    [
        (VacancyReturned, "vacancy_returned"),
        (VacancyRefused, "vacancy_refused"),
        (VacancyPublished, "vacancy_published"),
    ],
)
def test_an_employer_hears_of_its_vacancy_and_a_partner_does_not(kind: type[VacancyFacts], template: str) -> None:
    (message,) = plan(vacancy(kind))
    assert (message.template, message.recipient, message.channel) == (template, EMPLOYER, "email")
    assert plan(vacancy(kind, owner_id=None)) == []


def test_a_repeated_registration_is_told_to_the_accounts_own_contact() -> None:
    messages = plan(envelope(RegistrationRepeated(role="seeker"), subject="acc_9"))
    assert {(message.recipient, message.channel) for message in messages} == {
        ("account:acc_9", "email"),
        ("account:acc_9", "sms"),
    }


def test_a_code_goes_by_its_own_lane_sealed_and_only_until_it_expires() -> None:
    ends = datetime.now(UTC) + timedelta(minutes=5)
    (message,) = plan(envelope(LoginCodeIssued(account_id="acc_1", sealed="v1.x", expires_at=ends), subject="req_1"))
    assert (message.lane, message.channel, message.not_after) == ("code", "sms", ends)
    assert (message.sealed, message.owner, message.params) == ("v1.x", "acc_1", {})


@pytest.mark.parametrize(
    ("event", "lives"),
    [
        (application(ApplicationSubmitted), {"application_received": DAY, "new_application": DAY}),
        (application(ApplicationRejected), {"rejected": WEEK}),
    ],
)
def test_a_message_is_dropped_when_it_is_no_news_any_more(event: Any, lives: dict[str, timedelta]) -> None:
    assert {message.template: message.not_after - event.time for message in plan(event)} == lives


def test_what_is_stored_with_a_message_is_public() -> None:
    public = {"judul", "usaha", "nomor", "waktu", "janji", "alasan", "mulai", "tutup"}
    public |= {"jumlah", "lain", "daftar", "atur", "henti", "batas", "sertifikat", "bulan", "hasil"}
    public |= {"berlaku", "lapor", "sebab", "id4", "henti_kode", "virus"}
    public |= {"acara", "daring", "tawaran", "jam", "jawaban", "lewat", "terisi"}
    for kind, size in SAMPLED:
        for message in plan(envelope(parsed(kind, size(kind)), subject="x")):
            assert set(message.params) <= public


@pytest.mark.parametrize("channel", ["email", "sms"])
def test_a_saved_search_is_told_over_the_channel_that_was_chosen_slowly_and_for_a_day(channel: str) -> None:
    event = saved(VacanciesMatched, channel=channel)
    (message,) = plan(event)
    assert (message.template, message.recipient, message.channel) == ("job_digest", SEEKER, channel)
    assert (message.lane, message.not_after - event.time) == ("bulk", DAY)


def test_a_reminder_is_a_mail_in_the_slow_lane_until_the_vacancy_closes() -> None:
    event = saved(SavedVacancyClosingSoon)
    (message,) = plan(event)
    assert (message.template, message.recipient, message.channel) == ("closing_soon", SEEKER, "email")
    assert (message.lane, message.not_after) == ("bulk", event.data.closes_at)


def test_whoever_keeps_a_vacancy_that_closed_early_is_told_by_mail_and_may_switch_it_off() -> None:
    (message,) = plan(saved(SavedVacancyClosed, vacancy_state="filled"))
    assert (message.template, message.recipient, message.channel) == ("closed_early", SEEKER, "email")
    assert (message.kind, message.params["terisi"]) == ("saved", 1)


def test_whoever_keeps_a_recalled_vacancy_is_warned_over_both_channels_at_once() -> None:
    messages = plan(saved(SavedVacancyRecalled))
    assert {(message.template, message.recipient, message.channel, message.lane) for message in messages} == {
        ("saved_recalled", SEEKER, channel, "transactional") for channel in BOTH
    }


@pytest.mark.parametrize(
    ("kind", "template"), [(EmployerVerified, "employer_verified"), (EmployerReturned, "employer_returned")]
)
def test_an_employer_hears_what_an_officer_decided_about_it(kind: type[Event], template: str) -> None:
    (message,) = plan(envelope(parsed(kind, full(kind)), subject=EMPLOYER))
    assert (message.template, message.recipient, message.channel) == (template, EMPLOYER, "email")


def test_only_codes_warnings_and_what_cannot_wait_for_the_morning_may_wake_people() -> None:
    loud = {row.template for rows in TABLE.values() for row in rows if not row.quiet}
    assert loud == {
        "code",
        "mandate_code",
        "mandate_began",
        "account_exists",
        "recalled",
        "saved_recalled",
        "rights_done",
        "recovery_asked",
        "contact_changed",
    }


def test_what_a_person_may_switch_off_is_what_was_agreed() -> None:
    off = {row.template: set(row.off) for rows in TABLE.values() for row in rows}
    agreed = {
        **{name: {"sms"} for name in ("application_received", "shortlisted", "rejected", "hired", "vacancy_closed")},
        **{name: {"email"} for name in ("new_application", "closing_soon", "draft_closing", "closed_early")},
        "job_digest": {"email", "sms"},
        **{name: set() for name in ("code", "account_exists", "recalled", "saved_recalled", "withdrawn")},
    }
    assert {name: off[name] for name in agreed} == agreed


def test_whoever_was_warned_of_a_recall_hears_nothing_else() -> None:
    assert plan(application(ApplicationCancelled, cause="recalled")) == []


def test_an_invitation_is_worth_a_message_until_its_answer_is_due_and_a_reminder_until_it_begins() -> None:
    for kind, until in (
        (ApplicationInterviewOffered, "reply_by"),
        (ApplicationOffered, "reply_by"),
        (ApplicationInterviewSoon, "starts_at"),
    ):
        event = application(kind)
        assert {message.not_after for message in plan(event)} == {getattr(event.data, until)}


def test_an_employer_is_reminded_of_its_promise_by_mail_and_sms() -> None:
    messages = plan(envelope(parsed(AnswerDue, {**full(AnswerDue), "employer_id": EMPLOYER}), subject="vac_1:day"))
    assert {(message.template, message.recipient, message.channel) for message in messages} == {
        ("answer_due", EMPLOYER, channel) for channel in BOTH
    }
    assert {message.link for message in messages} == {"/pelamar?lowongan=vacancy_id"}


def test_codes_are_the_only_ones_of_their_lane() -> None:
    sent = {kind for kind, rows in TABLE.items() if any(row.lane == "code" for row in rows)}
    assert sent == {LoginCodeIssued, MandateCodeIssued}


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        (EnrolmentConfirmed, {("training_seat", channel) for channel in BOTH}),
        (EnrolmentWaiting, {("training_waiting", "email")}),
        (SeatOffered, {("training_offer", channel) for channel in BOTH}),
        (SeatLapsed, {("training_lapsed", "email")}),
        (EnrolmentCalledOff, {("training_called_off", channel) for channel in BOTH}),
        (CertificateIssued, {("training_certificate", channel) for channel in BOTH}),
        (FollowUpDue, {("training_follow_up", "email")}),
        (ProductAsked, {("product_asked", "email")}),
        (EnrolmentCancelled, set()),
        (AttendanceRecorded, set()),
    ],
)
def test_a_learner_hears_of_the_own_place(kind: type[Event], told: set[tuple[str, str]]) -> None:
    messages = plan(envelope(parsed(kind, {**full(kind), "seeker_id": SEEKER}), subject="enr_1"))
    assert {(message.template, message.channel) for message in messages} == told
    assert {message.recipient for message in messages} <= {SEEKER}


def test_an_offered_seat_is_told_until_it_goes_to_the_next() -> None:
    event = envelope(parsed(SeatOffered, full(SeatOffered)), subject="enr_1")
    assert {(message.not_after, message.link) for message in plan(event)} == {(event.data.reply_by, "/latihan/enr_1")}


def test_the_question_afterwards_carries_its_own_answer_link() -> None:
    event = envelope(parsed(FollowUpDue, {**full(FollowUpDue), "answer_token": "enr_1.3.x"}), subject="enr_1")
    assert [message.link for message in plan(event)] == ["/latihan/kabar?t=enr_1.3.x"]


def test_both_contacts_of_a_replaced_phone_are_told_each_under_its_own_seal_and_one_is_in_the_inbox() -> None:
    messages = plan(envelope(ContactReplaced(role="seeker", before="v1.old", sealed="v1.new"), subject="acc_9"))
    told = {(each.recipient, each.channel, each.sealed, each.purpose, each.owner) for each in messages}
    assert told == {
        (recipient, channel, sealed, "notice", "acc_9")
        for recipient, sealed in (("former:acc_9", "v1.old"), ("account:acc_9", "v1.new"))
        for channel in ("email", "sms")
    }
    assert len({each.id for each in messages}) == 4
