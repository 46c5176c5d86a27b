"""What is decided about kept vacancies and saved searches: by a clock that the test holds."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.seeker.domain import saved as keeping
from services.seeker.domain import searches
from services.seeker.domain.saved import Saved
from services.seeker.domain.searches import Rhythm, Terms
from services.seeker.domain.vacancies import KnownVacancy, keepable
from services.seeker.problems import VacancyNotKnownYet, VacancyRecalled
from services.seeker.stopping import StopTokens
from services.seeker.tests.telling import MONDAY
from shared.contracts.seeker import VacanciesMatched
from shared.testing import TEST_KEY

MIDNIGHT = datetime(2025, 6, 30, 17, 0, tzinfo=UTC)  # the first instant of 1 July in Madiun


def vacancy(**given: Any) -> KnownVacancy:
    facts: dict[str, Any] = {
        "id": "vac_1",
        "number": "LWK-2025-000007",
        "slug": "penjahit",
        "title": "Penjahit Rumahan (Kebaya)",
        "employer_name": "Konveksi Melati",
        "kelurahan_code": "35.77.03.1005",
        "kind": "full_time",
        "workplace": "onsite",
        "wage": {"min": 2_500_000, "max": 3_000_000, "per": "month"},
        "state": "published",
        "closes_at": MIDNIGHT,
        "published_at": MONDAY,
        "hours": {"start": "07:30", "end": "13:00"},
        "education_min": {"form": "rekap_III_2", "code": "2000"},
        "may_bring_child": True,
    }
    return KnownVacancy.model_validate({**facts, **given})


@pytest.mark.parametrize(
    ("terms", "fits"),
    [
        ({}, True),
        ({"q": "KEBAYA penjahit"}, True),
        ({"q": "kébaya"}, True),
        ({"q": "penjahit kasir"}, False),
        ({"q": "jahit"}, False),
        ({"q": "!?"}, True),
        ({"kelurahan": ("35.77.01.1001", "35.77.03.1005")}, True),
        ({"kelurahan": ("35.77.01.1001",)}, False),
        ({"kind": ("part_time", "full_time")}, True),
        ({"kind": ("part_time",)}, False),
        ({"wage_min": 3_000_000}, True),
        ({"wage_min": 3_000_001}, False),
        ({"from_home": True}, False),
        ({"bidang": ("7",)}, True),
        ({"bidang": ("5",)}, False),
        ({"workplace": ("hybrid", "onsite")}, True),
        ({"workplace": ("home",)}, False),
        ({"hours": ("school", "no_night")}, True),
        ({"hours": ("school", "flexible")}, False),
        ({"education": "smp"}, True),
        ({"education": "sd"}, False),
        ({"may_bring_child": True}, True),
        ({"near": "35.77.03.1009", "within_km": 6.0}, True),
        ({"near": "35.77.01.1009", "within_km": 0.5}, False),
    ],
)
def test_a_search_finds_a_vacancy_where_every_word_and_field_fits(terms: dict[str, Any], fits: bool) -> None:
    assert searches.matches(Terms(**terms), vacancy()) is fits


@pytest.mark.parametrize(
    ("given", "terms", "fits"),
    [
        ({"workplace": "home"}, {"from_home": True}, True),
        ({"kind": "piecework_home"}, {"from_home": True}, True),
        ({"wage": None}, {"wage_min": 1}, False),
        ({"wage": {"min": 2000, "max": None, "per": "piece"}}, {"wage_min": 1}, False),
        ({"wage": {"min": 100_000, "max": None, "per": "day"}}, {"wage_min": 2_500_000}, True),
        ({"kelurahan_code": None}, {"kelurahan": ("35.77.03.1005",)}, False),
        ({"kind": "piecework_home"}, {"workplace": ("home",)}, True),
        ({"hours": None}, {"hours": ("no_night",)}, False),
        ({"hours": {"start": "22:00", "end": "06:00"}}, {"hours": ("no_night",)}, False),
        ({"hours": {"start": "08:00", "end": "12:00", "shift": True}}, {"hours": ("school",)}, False),
        ({"education_min": None}, {"education": "s2"}, False),
        ({"title": "Artis", "occupation": None}, {"bidang": ("5",)}, False),
        ({"title": "Artis", "occupation": {"scheme": "KBJI", "code": "5230"}}, {"bidang": ("5",)}, True),
        ({"kelurahan_code": None}, {"near": "35.77.03.1009", "within_km": 6.0}, False),
        ({"kind": "of_a_newer_writer", "wage": {"min": 1, "max": None, "per": "moon"}}, {}, True),
    ],
)
def test_what_a_vacancy_leaves_unsaid_fits_no_wish_for_it(
    given: dict[str, Any], terms: dict[str, Any], fits: bool
) -> None:
    assert searches.matches(Terms(**terms), vacancy(**given)) is fits


@pytest.mark.parametrize(("hour", "days"), [(7, 1), (8, 1), (9, 0), (20, 0)])
def test_a_search_is_due_at_its_hour_in_madiun(hour: int, days: int) -> None:
    due = searches.first_due(hour, after=MONDAY)
    assert due == MONDAY.replace(hour=0) + timedelta(days=days, hours=hour - 7)


@pytest.mark.parametrize(
    ("rhythm", "late", "next_in"),
    [
        ("daily", timedelta(minutes=1), timedelta(days=1)),
        ("daily", timedelta(days=3, hours=2), timedelta(days=4)),
        ("weekly", timedelta(0), timedelta(days=7)),
        ("weekly", timedelta(days=8), timedelta(days=14)),
    ],
)
def test_times_that_passed_unseen_are_made_up_for_by_one_look(
    rhythm: Rhythm, late: timedelta, next_in: timedelta
) -> None:
    search = searches.begin(Terms(rhythm=rhythm), id="srch_1", seeker_id="acc_1", at=MONDAY)
    assert search.due_at is not None
    assert searches.next_due(search, at=search.due_at + late) == search.due_at + next_in


def test_the_news_names_the_ten_newest_and_counts_all() -> None:
    found = [vacancy(id=f"vac_{n}", published_at=MONDAY + timedelta(minutes=n)) for n in range(12)]
    search = searches.begin(Terms(channel="sms"), id="srch_1", seeker_id="acc_1", at=MONDAY)
    until = MONDAY + timedelta(days=1)
    after, (event,) = searches.look(search, found, at=until, until=until, token="t")
    assert isinstance(event, VacanciesMatched)
    assert [one.id for one in event.vacancies] == [f"vac_{n}" for n in range(11, 1, -1)]
    assert (event.total, event.channel, event.seeker_id, event.stop_token) == (12, "sms", "acc_1", "t")
    assert after.seen_until == until


def test_without_a_match_nothing_is_told_and_a_look_never_goes_back() -> None:
    search = searches.begin(Terms(q="kasir"), id="srch_1", seeker_id="acc_1", at=MONDAY)
    early = MONDAY - timedelta(minutes=1)
    after, events = searches.look(search, [vacancy()], at=MONDAY, until=early, token="t")
    assert (events, after.seen_until) == ([], MONDAY)


def test_a_search_that_begins_again_does_not_tell_what_it_slept_through() -> None:
    search = searches.begin(Terms(), id="srch_1", seeker_id="acc_1", at=MONDAY)
    stopped = searches.change(search, search.terms, active=False, at=MONDAY)
    again = searches.change(stopped, search.terms, active=True, at=MONDAY + timedelta(days=30))
    assert (stopped.due_at, again.seen_until) == (None, MONDAY + timedelta(days=30))
    renamed = searches.change(search, Terms(name="Dekat rumah"), active=True, at=MONDAY + timedelta(days=3))
    assert (renamed.due_at, renamed.seen_until) == (search.due_at, search.seen_until)


@pytest.mark.parametrize(
    ("before_end", "days"),
    [
        (timedelta(days=3), None),  # midnight: nobody is woken
        (timedelta(days=2, hours=17), 3),  # seven in the morning
        (timedelta(days=1), 3),
        (timedelta(hours=17), 1),
        (timedelta(minutes=1), 1),
        (timedelta(0), None),
    ],
)
def test_a_reminder_is_due_in_the_morning_three_days_and_one_before_the_end(
    before_end: timedelta, days: int | None
) -> None:
    found = keeping.reminder(vacancy(), at=MIDNIGHT - before_end)
    assert (found[0] if found else None) == days


@pytest.mark.parametrize("given", [{"state": "paused"}, {"state": "closed"}, {"closes_at": None}])
def test_nobody_is_reminded_of_what_takes_no_applications(given: dict[str, Any]) -> None:
    assert keeping.reminder(vacancy(**given), at=MIDNIGHT - timedelta(hours=10)) is None


def test_a_saver_is_reminded_once_for_each_end_and_not_of_what_was_known_when_it_was_saved() -> None:
    saved = Saved(id="s", seeker_id="acc_1", vacancy_id="vac_1", saved_at=MONDAY)
    due = MIDNIGHT - timedelta(days=2, hours=17)
    told, events = keeping.closing_soon(saved, vacancy(), days=3, due=due)
    assert [event.type for event in events] == ["SavedVacancyClosingSoon.v1"]
    assert keeping.closing_soon(told, vacancy(), days=3, due=due)[1] == []
    later = vacancy(closes_at=MIDNIGHT + timedelta(days=9))
    assert len(keeping.closing_soon(told, later, days=3, due=due + timedelta(days=9))[1]) == 1
    late = saved.model_copy(update={"saved_at": due + timedelta(seconds=1)})
    assert keeping.closing_soon(late, vacancy(), days=3, due=due)[1] == []


def test_only_what_people_can_see_may_be_kept() -> None:
    for state in ("draft", "submitted", "returned", "refused"):
        with pytest.raises(VacancyNotKnownYet):
            keepable(vacancy(state=state))
    with pytest.raises(VacancyNotKnownYet):
        keepable(None)
    with pytest.raises(VacancyRecalled):
        keepable(vacancy(state="recalled"))
    assert keepable(vacancy(state="paused")).id == "vac_1"


def test_a_stop_token_is_good_for_its_own_search_only() -> None:
    tokens = StopTokens(TEST_KEY)
    token = tokens.make("srch_1")
    assert tokens.search_id(token) == "srch_1"
    assert tokens.make("srch_1") == token
    assert StopTokens("YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWE=").search_id(token) is None
    for forged in (token[:-1], token.replace("srch_1", "srch_2"), "srch_1.", ".", "", "srch_1", "é.é"):
        assert tokens.search_id(forged) is None
