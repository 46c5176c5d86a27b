"""The rules of an application without a store: the deadline, repeats, reasons, re-applying, hiring."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from services.application import domain
from services.application.domain import STATES, Actor, Application, Command, KnownVacancy, Words
from services.application.problems import VacancyNotKnownYet, VacancyNotOpen
from shared.contracts.application import ApplicationState
from shared.contracts.vacancy import VacancyState
from shared.errors import WrongState
from shared.events import Event

AT = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
LATER = AT + timedelta(hours=1)
OPEN_VACANCY = KnownVacancy(
    id="vac_1",
    number="LWK-2026-000007",
    title="Penjahit",
    employer_id="emp_1",
    employer_name="Konveksi Melati",
    kelurahan_code="35.77.03.1005",
    closes_at=AT + timedelta(days=1),
    answer_by=date(2026, 5, 12),
    state="published",
    owner_id="acc_owner",
)


def sent(state: ApplicationState = "submitted") -> Application:
    vacancy = domain.accept(OPEN_VACANCY, at=AT)
    made, _ = domain.submit(
        vacancy, id="app_1", number="LMR-2026-000001", seeker_id="acc_siti", note_sealed=None, at=AT
    )
    return made.model_copy(update={"state": state, "version": 1})


def decide(
    application: Application, command: Command, *, actor: Actor | None = None, at: datetime = LATER, **words: Any
) -> tuple[Application, list[Event]]:
    who = actor or ("seeker" if command in ("withdraw", "accept", "decline", "reschedule") else "employer")
    return domain.decide(application, command, actor=who, by="acc_x", at=at, words=Words.model_validate(words))


@pytest.mark.parametrize("state", ["closed", "expired"])
def test_a_vacancy_that_ended_takes_no_application(state: VacancyState) -> None:
    with pytest.raises(VacancyNotOpen) as refused:
        domain.accept(OPEN_VACANCY.model_copy(update={"state": state}), at=AT)
    assert (refused.value.state, refused.value.retry_after) == (state, None)


@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "refused"])
def test_a_vacancy_whose_publication_may_be_on_the_way_asks_to_come_again(state: VacancyState) -> None:
    with pytest.raises(VacancyNotKnownYet) as refused:
        domain.accept(OPEN_VACANCY.model_copy(update={"state": state}), at=AT)
    assert refused.value.retry_after == 2


def test_the_deadline_is_the_first_instant_that_is_too_late() -> None:
    closes = OPEN_VACANCY.closes_at
    assert closes is not None
    assert domain.accept(OPEN_VACANCY, at=closes - timedelta(milliseconds=1)).id == "vac_1"
    with pytest.raises(VacancyNotOpen) as refused:
        domain.accept(OPEN_VACANCY, at=closes)
    assert refused.value.state == "expired"


def test_an_unknown_vacancy_asks_to_come_again() -> None:
    with pytest.raises(VacancyNotKnownYet) as refused:
        domain.accept(None, at=AT)
    assert refused.value.retry_after == 2


def test_a_rejection_without_a_reason_has_a_kind_one_and_one_with_a_reason_keeps_it() -> None:
    kind, (event,) = decide(sent(), "reject")
    assert kind.reason == getattr(event, "reason", None) == domain.KIND_REJECTION
    own, (event,) = decide(sent(), "reject", reason="Perlu SIM B1.")
    assert own.reason == getattr(event, "reason", None) == "Perlu SIM B1."


def test_hiring_tells_the_first_day_of_work() -> None:
    hired, (event, placed) = decide(sent("offer_accepted"), "hire", start_date=date(2026, 6, 1))
    assert getattr(placed, "scope", None) == "AKL"
    assert hired.start_date == getattr(event, "start_date", None) == date(2026, 6, 1)


@pytest.mark.parametrize(
    ("command", "first", "second"),
    [
        ("reject", {"reason": "Perlu SIM B1."}, {"reason": "Lain."}),
        ("hire", {"start_date": date(2026, 6, 1)}, {"start_date": date(2026, 6, 2)}),
        ("hire", {}, {"start_date": date(2026, 6, 2)}),
        ("withdraw", {"reason": "Sudah bekerja."}, {"reason": "Terlalu jauh."}),
    ],
)
def test_a_repeat_is_done_already_but_other_words_are_refused(
    command: Command, first: dict[str, Any], second: dict[str, Any]
) -> None:
    done, _ = decide(sent("offer_accepted" if command == "hire" else "submitted"), command, **first)
    for words in (first, {}):
        assert decide(done, command, **words) == (done, [])
    with pytest.raises(WrongState):
        decide(done, command, **second)


def test_after_a_withdrawal_it_is_sent_once_more_under_the_same_number_and_then_no_more() -> None:
    vacancy = domain.accept(OPEN_VACANCY.model_copy(update={"title": "Penjahit kaus"}), at=LATER)
    withdrawn, _ = decide(sent(), "withdraw", reason="Ragu.")
    again, events = domain.submit_again(withdrawn, vacancy, note_sealed="v1.x", at=LATER)
    assert [type(event).__name__ for event in events] == ["ApplicationSubmitted"]
    assert (again.state, again.number, again.reason) == ("submitted", withdrawn.number, None)
    assert (again.submitted_at, again.vacancy.title, again.note_sealed) == (LATER, "Penjahit kaus", "v1.x")
    assert [step.state for step in again.history] == ["submitted", "withdrawn", "submitted"]
    twice, _ = decide(again, "withdraw")
    with pytest.raises(WrongState):
        domain.submit_again(twice, vacancy, note_sealed=None, at=LATER)


@pytest.mark.parametrize("state", [state for state in STATES if state != "withdrawn"])
def test_sending_again_what_was_not_withdrawn_changes_nothing(state: ApplicationState) -> None:
    before = sent(state)
    assert domain.submit_again(before, before.vacancy, note_sealed="v1.x", at=LATER) == (before, [])


@pytest.mark.parametrize("state", STATES)
def test_only_open_applications_are_told_that_the_vacancy_closed_and_only_once(state: ApplicationState) -> None:
    before = sent(state)
    marked, events = domain.vacancy_closed(before)
    assert [type(event).__name__ for event in events] == ["ApplicationVacancyEnded"] * (state in domain.OPEN)
    assert (marked.state, marked.history) == (before.state, before.history)
    assert domain.vacancy_closed(marked)[1] == []


def test_in_a_state_that_only_a_newer_vacancy_service_knows_nobody_applies() -> None:
    assert (domain.known_state("published"), domain.known_state("frozen")) == ("published", "closed")
