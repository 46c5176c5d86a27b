"""The life of a jobseeker card: each step of the table and none besides, and its dates on any day."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.seeker import problems
from services.seeker.domain import cards as domain
from services.seeker.domain.cards import FINAL, LIFE, VALID, Card, Details, Holder
from shared.clock import end_of, start_of, today
from shared.contracts.card import CardState
from shared.errors import WrongState

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
DETAILS = Details(
    birth_place="Madiun",
    birth_date=date(1990, 2, 25),
    sex="female",
    address="Jl. Kelapa Manis 12 RT 03 RW 05",
    kelurahan_code="35.77.03.1005",
    religion="islam",
    marital_status="married",
)
HOLDER = Holder(name="Siti Aminah", nik="3577036502900000")
STATES: tuple[CardState, ...] = get_args(CardState)
ACTORS = ("seeker", "officer", "system", "placement")
DAY = st.dates(date(2024, 1, 1), date(2040, 12, 31))


def card(state: CardState = "draft", **given: Any) -> Card:
    known: dict[str, Any] = {"details": DETAILS, "photo_id": "p", "holder": HOLDER, "created_at": NOW}
    return Card(id="card_1", seeker_id="acc_1", state=state, **{**known, **given})


def issued(day: date = date(2026, 11, 24), **given: Any) -> Card:
    asked = card("submitted", submitted_at=NOW)
    at = start_of(day) + timedelta(hours=3)
    return domain.issue(asked, number="3577-2026-000123-4", officer="acc_o", at=at)[0].model_copy(update=given)


def token(_: Card) -> str:
    return "token"


def days_told(events: list[Any]) -> list[int]:
    return [event.days for event in events if event.type.startswith("JobseekerCardReportDue")]


@pytest.mark.parametrize("by", ACTORS)
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("action", LIFE)
def test_only_what_the_table_has_can_happen(action: Any, state: CardState, by: Any) -> None:
    step = LIFE[action]
    if state in step.before and by in step.by:
        assert domain.allowed(action, state, by=by) == (step.after or state)
    else:
        with pytest.raises(WrongState):
            domain.allowed(action, state, by=by)


def test_the_table_is_the_one_of_the_product_document() -> None:
    steps = {
        (before, step.after, by) for step in LIFE.values() if step.after for before in step.before for by in step.by
    }
    assert steps == {
        *((before, "submitted", "seeker") for before in ("draft", "returned")),
        ("submitted", "returned", "officer"),
        ("submitted", "issued", "officer"),
        ("issued", "report_due", "system"),
        ("report_due", "issued", "seeker"),
        ("report_due", "lapsed", "system"),
        *((valid, "employed", by) for valid in VALID for by in ("seeker", "placement", "officer")),
        *((valid, "expired", "system") for valid in VALID),
        *((valid, "revoked", "officer") for valid in VALID),
    }


@pytest.mark.parametrize("state", sorted(FINAL))
def test_an_ended_card_stays_ended(state: CardState) -> None:
    ended = issued(state=state)
    assert domain.tick(ended, at=NOW + timedelta(days=4000), token=token) == (ended, [])
    decisions: list[Callable[[], object]] = [
        lambda: domain.report(ended, at=NOW),
        lambda: domain.employ(ended, by="seeker", at=NOW),
        lambda: domain.revoke(ended, reason="death", at=NOW),
        lambda: domain.submit(ended, HOLDER, at=NOW),
    ]
    for decide in decisions:
        with pytest.raises(WrongState):
            decide()


def test_what_is_missing_is_said_all_at_once() -> None:
    with pytest.raises(problems.SeveralFlaws) as raised:
        domain.submit(card(details=None, photo_id=None), None, at=NOW)
    pointers = [error.pointer for error in raised.value.shown("id").errors or ()]
    assert pointers == ["/nik", "/details", "/photo"]


def test_a_mended_card_forgets_what_was_wrong() -> None:
    returned = domain.give_back(card("submitted"), reason="photo_unclear", note="gelap")[0]
    assert (returned.state, returned.return_reason, returned.note) == ("returned", "photo_unclear", "gelap")
    again = domain.submit(returned, HOLDER, at=NOW)[0]
    assert (again.state, again.return_reason, again.note) == ("submitted", None, None)


def test_an_unusual_reason_needs_words() -> None:
    with pytest.raises(problems.ReasonWithoutWords):
        domain.give_back(card("submitted"), reason="other", note=None)


@pytest.mark.parametrize(
    ("serial", "number"),
    [(123, "3577-2026-000123-0"), (1, "3577-2026-000001-6"), (999_999, "3577-2026-999999-6")],
)
def test_a_number_ends_with_its_check_digit(serial: int, number: str) -> None:
    found = domain.card_number(2026, serial)
    digits = found.replace("-", "")
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(digits[::-1], start=1)]
    assert sum(value // 10 + value % 10 for value in doubled) % 10 == 0
    assert found[:-1] == number[:-1]


@given(st.integers(1, 999_999), st.integers(0, 13), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(serial: int, place: int, off: int) -> None:
    digits = domain.card_number(2026, serial).replace("-", "")
    wrong = digits[:place] + str((int(digits[place]) + off) % 10) + digits[place + 1 :]
    assert domain.luhn(wrong[:-1]) != int(wrong[-1])


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2028, 2, 29), 24, date(2030, 2, 28)),
        (date(2026, 11, 24), 6, date(2027, 5, 24)),
        (date(2026, 1, 31), 18, date(2027, 7, 31)),
    ],
)
def test_a_month_that_is_shorter_ends_on_its_last_day(day: date, months: int, later: date) -> None:
    assert domain.months_after(day, months) == later


def test_the_question_opens_14_days_before_and_is_told_three_times_then_the_card_lapses() -> None:
    due = date(2027, 5, 24)
    moments = [start_of(due + timedelta(days=days)) for days in (-14, 0, 14)] + [end_of(due + timedelta(days=30))]
    found, seen = issued(), []
    for moment in moments:
        untouched, none = domain.tick(found, at=moment - timedelta(milliseconds=1), token=token)
        assert (untouched, none) == (found, [])
        found, events = domain.tick(found, at=moment, token=token)
        seen += [(event.type, getattr(event, "days", None), found.state) for event in events]
    told = [("JobseekerCardReportDue.v1", days, "report_due") for days in (-14, 0, 14)]
    assert seen == [*told, ("JobseekerCardLapsed.v1", None, "lapsed")]


def test_of_reminders_that_were_missed_only_the_last_is_told() -> None:
    found, events = domain.tick(issued(), at=start_of(date(2027, 6, 10)), token=token)
    assert (days_told(events), found.reminders) == ([14], 3)


def test_a_card_that_lapsed_while_nobody_looked_is_not_reminded_of() -> None:
    found, events = domain.tick(issued(), at=start_of(date(2027, 8, 1)), token=token)
    assert [event.type for event in events] == ["JobseekerCardLapsed.v1"]
    assert found.state == "lapsed"


def test_an_answer_keeps_the_card_until_the_next_question() -> None:
    due, _ = domain.tick(issued(), at=start_of(date(2027, 5, 12)), token=token)
    answered, events = domain.report(due, at=start_of(date(2027, 5, 13)))
    assert (answered.state, events[0].type) == ("issued", "JobseekerCardReported.v1")
    assert domain.report_day(answered) == date(2027, 11, 24)
    with pytest.raises(WrongState):
        domain.report(answered, at=start_of(date(2027, 5, 14)))


def test_an_answer_after_the_last_day_does_not_count_even_where_the_worker_has_not_come_by() -> None:
    due, _ = domain.tick(issued(), at=start_of(date(2027, 5, 12)), token=token)
    late = end_of(date(2027, 5, 24) + timedelta(days=30))
    domain.report(due, at=late - timedelta(milliseconds=1))
    with pytest.raises(WrongState):
        domain.report(due, at=late)


@given(DAY)
def test_who_always_answers_is_asked_three_times_and_keeps_the_card_to_its_last_day(day: date) -> None:
    found, asked, told = issued(day), 0, list[str]()
    while (due := domain.next_due(found)) is not None:
        before = found
        found, events = domain.tick(found, at=due[0], token=token)
        told += [event.type for event in events]
        if found.state == "report_due" and before.state == "issued":
            asked += 1
            found, _ = domain.report(found, at=due[0])
    assert (asked, found.state) == (3, "expired")
    assert told.count("JobseekerCardExpiring.v1") == 1
    assert found.valid_until == domain.months_after(day, 24)
    assert domain.state_at(issued(day, reports=(day, day, day)), end_of(found.valid_until) - timedelta(1)) == "issued"


@given(DAY, st.lists(st.integers(1, 400), max_size=6), st.integers(0, 900))
def test_however_the_clock_is_looked_at_the_card_comes_to_the_same(day: date, looks: list[int], last: int) -> None:
    """A worker that was away for any time ends where one is that never was."""
    steps, at = issued(day), start_of(day)
    end = at + timedelta(days=sum(looks) + last)
    for wait in looks:
        at += timedelta(days=wait)
        steps, _ = domain.tick(steps, at=at, token=token)
    steps, _ = domain.tick(steps, at=end, token=token)
    assert steps == domain.tick(issued(day), at=end, token=token)[0]


@given(DAY, st.integers(0, 800))
def test_a_card_is_never_valid_past_its_last_day(day: date, later: int) -> None:
    at = start_of(day) + timedelta(days=later)
    found = domain.tick(issued(day), at=at, token=token)[0]
    if found.state in VALID:
        assert found.valid_until is not None
        assert today(at) <= found.valid_until


@pytest.mark.parametrize(
    ("latest", "day", "may"),
    [
        (None, date(2026, 1, 1), True),
        (issued(), date(2028, 10, 24), False),
        (issued(), date(2028, 10, 25), True),
        (issued(state="lapsed"), date(2027, 1, 1), True),
        (card("submitted"), date(2027, 1, 1), False),
    ],
)
def test_a_new_card_can_be_asked_for(latest: Card | None, day: date, may: bool) -> None:
    assert domain.may_begin(latest, today=day, renewable_days=domain.RENEWABLE_DAYS) is may


def test_no_event_says_who_the_person_is() -> None:
    told = [
        *domain.submit(card(), HOLDER, at=NOW)[1],
        *domain.issue(card("submitted"), number="3577-2026-000123-4", officer="acc_o", at=NOW)[1],
        *domain.give_back(card("submitted"), reason="other", note="Siti, ganti foto")[1],
    ]
    for event in told:
        text = event.model_dump_json()
        assert not any(word in text for word in ("Siti", HOLDER.nik, "Kelapa", "islam", "married", "1990"))
