"""What people decide about a card. Each decision gives the card as it is then, and what is told of it."""

from datetime import datetime
from typing import Any, Literal

from services.seeker import problems
from services.seeker.domain.cards.calendar import (
    MONTHS_VALID,
    REPORT_MONTHS,
    months_after,
    report_day,
    report_until,
)
from services.seeker.domain.cards.card import Card, Details, Holder, age_on
from services.seeker.domain.cards.life import Action, Actor, allowed
from shared.clock import today
from shared.contracts.card import (
    JobseekerCardEmployed,
    JobseekerCardIssued,
    JobseekerCardReported,
    JobseekerCardReturned,
    JobseekerCardRevoked,
    JobseekerCardSubmitted,
    ReturnReason,
    RevokeReason,
)
from shared.errors import WrongState
from shared.events import Event
from shared.reference.tables import kelurahan

ToldBy = Literal["seeker", "officer", "placement"]
Decided = tuple[Card, list[Event]]


def rewrite(card: Card, *, details: Details | None = None, photo_id: str | None = None) -> Card:
    """Change what is asked for; nobody is told of a draft."""
    allowed("rewrite", card.state, by="seeker")
    if details is not None and details.kelurahan_code not in kelurahan():
        raise problems.KelurahanUnknown
    given = {"details": details, "photo_id": photo_id}
    return card.model_copy(update={name: value for name, value in given.items() if value is not None})


def submit(card: Card, holder: Holder | None, *, at: datetime) -> Decided:
    """Ask for the card; `holder` None where the profile has no NIK yet."""
    state = allowed("submit", card.state, by="seeker")
    missing: list[problems.Flaw] = [
        flaw()
        for is_so, flaw in (
            (holder is None, problems.CardWithoutNik),
            (card.details is None, problems.CardWithoutDetails),
            (card.photo_id is None, problems.CardWithoutPhoto),
        )
        if is_so
    ]
    if missing:
        raise missing[0] if len(missing) == 1 else problems.SeveralFlaws(missing)
    cleared = {"holder": holder, "submitted_at": at, "return_reason": None, "note": None}
    after = card.model_copy(update={"state": state, **cleared})
    return after, [JobseekerCardSubmitted(**after.facts())]


def give_back(card: Card, *, reason: ReturnReason, note: str | None) -> Decided:
    """To be mended by the person. `note` stays with the card: a message says only the reason."""
    if reason == "other" and not note:
        raise problems.ReasonWithoutWords
    after = _moved(card, "return", by="officer", return_reason=reason, note=note)
    return after, [JobseekerCardReturned(**after.facts(), reason=reason)]


def issue(card: Card, *, number: str, officer: str, at: datetime) -> Decided:
    day = today(at)
    dates = {"issued_on": day, "issued_at": at, "issued_by": officer, "valid_until": months_after(day, MONTHS_VALID)}
    after = _moved(card, "issue", by="officer", number=number, **dates)
    assert after.details is not None
    event = JobseekerCardIssued(
        **after.facts(),
        first_report_on=months_after(day, REPORT_MONTHS[0]),
        age=age_on(after.details.birth_date, day),
        sex=after.details.sex,
        education=after.holder.education if after.holder else None,
    )
    return after, [event]


def report(card: Card, *, at: datetime) -> Decided:
    """BELUM: still looking for work. The answer is the report."""
    state = allowed("report", card.state, by="seeker")
    due = report_day(card)
    if due is None or today(at) > report_until(due):
        raise WrongState(state=card.state)  # the day has passed, whatever the worker has done about it by now
    month = REPORT_MONTHS[len(card.reports)]
    after = card.model_copy(update={"state": state, "reports": (*card.reports, today(at)), "reminders": 0})
    return after, [JobseekerCardReported(**after.facts(), month=month)]


def employ(card: Card, *, by: ToldBy, at: datetime) -> Decided:
    """KERJA: the person has work."""
    after = _moved(card, "employ", by=by, ended_on=today(at))
    return after, [JobseekerCardEmployed(**after.facts(), told_by=by)]


def revoke(card: Card, *, reason: RevokeReason, at: datetime) -> Decided:
    after = _moved(card, "revoke", by="officer", revoke_reason=reason, ended_on=today(at))
    return after, [JobseekerCardRevoked(**after.facts(), reason=reason)]


def _moved(card: Card, action: Action, *, by: Actor, **given: Any) -> Card:
    return card.model_copy(update={"state": allowed(action, card.state, by=by), **given})
