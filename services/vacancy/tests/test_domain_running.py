"""What is peculiar to each step of a vacancy that is or was public."""

from datetime import date, timedelta

import pytest

from services.vacancy.domain import running
from services.vacancy.domain.refusals import (
    EmployerNotVerified,
    ExtendedTwice,
    Flawed,
    OfficerDecides,
    ReopenTooLate,
)
from services.vacancy.domain.vacancy import Actor, Vacancy
from services.vacancy.tests.making import CARD, LATER, NOW, OFFICER, OVER, OWNER, SYSTEM, standing, terms
from shared.contracts.vacancy import VacancyState
from shared.errors import WrongState

DAY = timedelta(days=1)


def again(vacancy: Vacancy, *, days: float = 1, by: Actor = OWNER, openings: int | None = None) -> Vacancy:
    at = OVER + days * DAY
    closes = (at + 30 * DAY).date()
    return running.reopen(vacancy, closes_on=closes, answer_by=None, openings=openings, by=by, at=at)[0]


@pytest.mark.parametrize("by", [OFFICER, SYSTEM])
def test_what_an_officer_or_the_public_stopped_no_employer_resumes(by: Actor) -> None:
    held = running.pause(standing("published"), reason=None, by=by, at=NOW)[0]
    with pytest.raises(OfficerDecides):
        running.resume(held, by=OWNER, at=NOW)
    extended = running.extend(held, closes_on=LATER, answer_by=None, by=OWNER, at=NOW)[0]
    with pytest.raises(OfficerDecides):
        running.resume(extended, by=OWNER, at=NOW)
    assert running.resume(held, by=OFFICER, at=NOW)[0].state == "published"


def test_the_clock_runs_while_it_is_paused() -> None:
    with pytest.raises(WrongState) as refused:
        running.resume(standing("paused"), by=OWNER, at=OVER)
    assert refused.value.state == "expired"
    assert running.expire(standing("paused"), by=SYSTEM, at=OVER)[0].state == "expired"


def test_openings_are_filled_one_after_the_other_and_the_last_one_ends_it() -> None:
    vacancy = standing("published", of=terms(openings=3))
    part, events = running.fill(vacancy, count=1, by=OWNER, at=NOW)
    assert (part.state, part.filled_count, events[0].type) == ("published", 1, "VacancyChanged.v1")
    assert part.history[-1].reason == "Terisi 1 dari 3."
    assert running.fill(part, count=1, by=OWNER, at=NOW) == (part, [])
    full, events = running.fill(part, count=3, by=OWNER, at=NOW)
    assert (full.state, events[0].model_dump()["filled_count"]) == ("filled", 3)
    with pytest.raises(Flawed):
        running.fill(part, count=4, by=OWNER, at=NOW)


@pytest.mark.parametrize(
    ("closes_on", "good"),
    [
        (date(2026, 1, 31), False),  # no later than before
        (date(2026, 2, 1), True),
        (date(2026, 3, 6), True),
        (date(2026, 3, 7), False),  # more than sixty days ahead
    ],
)
def test_it_is_extended_to_a_later_day_at_most_sixty_days_ahead(closes_on: date, good: bool) -> None:
    if good:
        after = running.extend(standing("published"), closes_on=closes_on, answer_by=None, by=OWNER, at=NOW)[0]
        assert (after.terms.closes_on, after.terms.promised_answer()) == (closes_on, closes_on + 7 * DAY)
        assert after.history[-1].reason == f"Diperpanjang sampai {closes_on}."
    else:
        with pytest.raises(Flawed):
            running.extend(standing("published"), closes_on=closes_on, answer_by=None, by=OWNER, at=NOW)


def test_it_is_extended_twice_and_for_a_hundred_and_twenty_days_in_all() -> None:
    late = NOW + 24 * DAY
    first = running.extend(standing("published"), closes_on=date(2026, 3, 30), answer_by=None, by=OWNER, at=late)[0]
    late = NOW + 80 * DAY
    with pytest.raises(Flawed):
        running.extend(first, closes_on=date(2026, 5, 6), answer_by=None, by=OWNER, at=late)
    second = running.extend(first, closes_on=date(2026, 5, 5), answer_by=None, by=OWNER, at=late)[0]
    with pytest.raises(ExtendedTwice):
        running.extend(second, closes_on=date(2026, 5, 5), answer_by=None, by=OWNER, at=late)


def test_a_promised_day_stays_where_it_still_fits_and_may_be_chosen_anew() -> None:
    promised = standing("published", of=terms(answer_by=date(2026, 2, 25)))
    for closes_on, chosen, told in [
        (date(2026, 2, 20), None, date(2026, 2, 25)),
        (date(2026, 2, 25), None, date(2026, 3, 4)),
        (date(2026, 2, 25), date(2026, 3, 1), date(2026, 3, 1)),
    ]:
        after = running.extend(promised, closes_on=closes_on, answer_by=chosen, by=OWNER, at=NOW)[0]
        assert after.terms.promised_answer() == told


@pytest.mark.parametrize("state", ["closed", "expired", "filled"])
def test_what_ended_opens_again_within_thirty_days_with_the_same_text_and_new_dates(state: VacancyState) -> None:
    vacancy = standing(state)
    opened = again(vacancy, days=1, openings=2)
    assert (opened.state, opened.published_at, opened.extensions) == ("published", OVER + DAY, 0)
    same = {"closes_on", "answer_by", "openings"}
    assert opened.terms.model_dump(exclude=same) == vacancy.terms.model_dump(exclude=same)
    with pytest.raises(ReopenTooLate):
        again(vacancy, days=30.1, openings=2)


def test_one_that_expired_by_the_clock_opens_again_swept_or_not() -> None:
    assert again(standing("published")).state == "published"
    with pytest.raises(ReopenTooLate):
        again(standing("published"), days=31)


def test_what_was_filled_opens_again_only_with_more_openings() -> None:
    with pytest.raises(Flawed):
        again(standing("filled"))
    assert again(standing("filled"), openings=2).filled_count == 1


def test_what_an_officer_closed_no_employer_opens_again() -> None:
    closed = running.close(standing("published"), reason=None, by=OFFICER, at=OVER - DAY)[0]
    with pytest.raises(OfficerDecides):
        again(closed)
    assert again(closed, by=OFFICER).state == "published"


def test_only_a_verified_employer_opens_again() -> None:
    unverified = CARD.model_copy(update={"verified": False})
    with pytest.raises(EmployerNotVerified):
        running.reopen(
            standing("closed"),
            closes_on=LATER,
            answer_by=None,
            openings=None,
            by=OWNER,
            at=NOW,
            employer=unverified,
        )


@pytest.mark.parametrize("by", [OWNER, OFFICER, SYSTEM])
def test_a_pause_says_why_and_who(by: Actor) -> None:
    after, events = running.pause(standing("published"), reason=None, by=by, at=NOW)
    assert after.reason == running.PAUSED_BECAUSE[by.kind] == events[0].model_dump()["reason"]
    assert running.pause(standing("published"), reason="Mesin rusak.", by=by, at=NOW)[0].reason == "Mesin rusak."
