"""When something is due on a card, and what happens then. Days are days in Madiun.

The question of month 6, 12 and 18 opens 14 days before its day and ends the card 30 days after it; the card itself
ends with month 24.
"""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from services.seeker.domain.cards.card import Card, id4_of
from services.seeker.domain.cards.life import Action, allowed
from shared.clock import end_of, start_of, today
from shared.contracts.card import (
    CardState,
    JobseekerCardExpired,
    JobseekerCardExpiring,
    JobseekerCardLapsed,
    JobseekerCardReportDue,
)
from shared.events import Event

REPORT_MONTHS, MONTHS_VALID = (6, 12, 18), 24
TOLD_DAYS = (-14, 0, 14)  # the question is told on these days, counted from its own
REPORT_DAYS, RENEWABLE_DAYS = 30, 30

Token = Callable[[Card], str]
Told = tuple[Card, list[Event]]


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last one where it is shorter: 31 August + 6 is 28 February."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def report_day(card: Card) -> date | None:
    """The day of the next question; None where none is left."""
    if card.issued_on is None or len(card.reports) >= len(REPORT_MONTHS):
        return None
    return months_after(card.issued_on, REPORT_MONTHS[len(card.reports)])


def report_until(due: date) -> date:
    """The last day on which the question can be answered."""
    return due + timedelta(days=REPORT_DAYS)


def next_due(card: Card) -> tuple[datetime, Action] | None:
    """The next instant at which something happens by itself, and what."""
    if card.valid_until is None or card.state not in ("issued", "report_due"):
        return None
    found: list[tuple[datetime, Action]] = [(end_of(card.valid_until), "expire")]
    if not card.expiry_told:
        found.append((start_of(card.valid_until - timedelta(days=RENEWABLE_DAYS)), "remind"))
    if (due := report_day(card)) is not None:
        found.append(_question(card, due))
    return min(found, key=lambda each: each[0])


def _question(card: Card, due: date) -> tuple[datetime, Action]:
    if card.state == "issued":
        return start_of(due + timedelta(days=TOLD_DAYS[0])), "fall_due"
    if card.reminders < len(TOLD_DAYS):
        return start_of(due + timedelta(days=TOLD_DAYS[card.reminders])), "fall_due"
    return end_of(report_until(due)), "lapse"


def tick(card: Card, *, at: datetime, token: Token) -> Told:
    """Everything that is due by `at`. Of several reminders that were missed only the last is told, and none once the
    card has ended."""
    events: list[Event] = []
    while (due := next_due(card)) is not None and due[0] <= at:
        card, news = _happen(card, due[1], today(due[0]), token)
        events = [*(event for event in events if not isinstance(event, JobseekerCardReportDue)), news]
    return card, events


def state_at(card: Card, at: datetime) -> CardState:
    """The state by the clock, also where the worker has not come by yet."""
    return tick(card, at=at, token=lambda _: "")[0].state


def _happen(card: Card, action: Action, day: date, token: Token) -> tuple[Card, Event]:
    if action == "fall_due":
        return _ask(card, token)
    if action == "remind":
        after = card.model_copy(update={"state": allowed(action, card.state, by="system"), "expiry_told": True})
        return after, JobseekerCardExpiring(**after.facts())
    # An end is at the first instant after the last good day.
    ended: dict[str, Any] = {"state": allowed(action, card.state, by="system"), "ended_on": day}
    after = card.model_copy(update=ended)
    kind = JobseekerCardLapsed if action == "lapse" else JobseekerCardExpired
    return after, kind(**after.facts())


def _ask(card: Card, token: Token) -> tuple[Card, Event]:
    state = allowed("fall_due" if card.state == "issued" else "remind", card.state, by="system")
    after = card.model_copy(update={"state": state, "reminders": card.reminders + 1})
    due = report_day(after)
    assert due is not None
    return after, JobseekerCardReportDue(
        **after.facts(),
        days=TOLD_DAYS[card.reminders],
        due_on=due,
        report_until=report_until(due),
        id4=id4_of(after),
        report_token=token(after),
    )
