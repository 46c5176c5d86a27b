"""The jobseeker card (AK-1): what it is, how it lives, and what is told of it."""

from services.seeker.domain.cards.calendar import (
    RENEWABLE_DAYS,
    REPORT_MONTHS,
    months_after,
    next_due,
    report_day,
    report_until,
    state_at,
    tick,
)
from services.seeker.domain.cards.card import (
    FINAL,
    PENDING,
    VALID,
    Card,
    Details,
    Holder,
    age_on,
    age_warnings,
    id4_of,
    may_begin,
)
from services.seeker.domain.cards.decisions import employ, give_back, issue, report, revoke, rewrite, submit
from services.seeker.domain.cards.life import LIFE, Action, Actor, Step, allowed
from services.seeker.domain.cards.numbering import card_id, card_number, luhn

__all__ = [
    "FINAL",
    "LIFE",
    "PENDING",
    "RENEWABLE_DAYS",
    "REPORT_MONTHS",
    "VALID",
    "Action",
    "Actor",
    "Card",
    "Details",
    "Holder",
    "Step",
    "age_on",
    "age_warnings",
    "allowed",
    "card_id",
    "card_number",
    "employ",
    "give_back",
    "id4_of",
    "issue",
    "luhn",
    "may_begin",
    "months_after",
    "next_due",
    "report",
    "report_day",
    "report_until",
    "revoke",
    "rewrite",
    "state_at",
    "submit",
    "tick",
]
