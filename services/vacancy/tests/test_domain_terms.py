"""What a vacancy must say before an officer looks at it, field by field."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from services.vacancy.domain import review
from services.vacancy.domain.completeness import check_complete, check_partner
from services.vacancy.domain.refusals import Flawed, Incomplete
from services.vacancy.domain.terms import slug
from services.vacancy.tests.making import NOW, OWNER, drafted, standing, terms
from shared.clock import end_of, today
from shared.contracts.codes import Education
from shared.contracts.vacancy import Hours, Wage

TODAY = date(2026, 1, 5)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("missing", "pointer"),
    [
        ({"title": "URGENT penjahit"}, "/title"),
        ({"kelurahan_code": None}, "/kelurahan_code"),
        ({"kelurahan_code": None, "location_text": "Madiun"}, "/kelurahan_code"),
        ({"kelurahan_code": None, "workplace": "abroad"}, "/location_text"),
        ({"kelurahan_code": None, "workplace": "travelling"}, "/location_text"),
        ({"hours": None}, "/hours"),
        ({"hours": Hours(days=("mon",), start="08:00")}, "/hours"),
        ({"wage": None}, "/wage"),
        ({"description": "Menjahit."}, "/description"),
        ({"closes_on": None}, "/closes_on"),
        ({"closes_on": TODAY}, "/closes_on"),
        ({"closes_on": TODAY + 61 * DAY}, "/closes_on"),
        ({"answer_by": date(2026, 1, 31)}, "/answer_by"),
        ({"answer_by": date(2026, 3, 3)}, "/answer_by"),
    ],
)
def test_submitting_names_the_one_field_that_is_missing_or_wrong(missing: dict[str, Any], pointer: str) -> None:
    with pytest.raises(Incomplete) as refused:
        check_complete(terms(**missing), today=TODAY)
    assert [flaw.pointer for flaw in refused.value.flaws] == [pointer]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"kind": "training", "wage": None},
        {"workplace": "abroad", "kelurahan_code": None, "location_text": "Taiwan"},
        {"workplace": "travelling", "kelurahan_code": None, "location_text": "Madiun dan sekitarnya"},
        {"hours": Hours(flexible=True)},
        {"hours": Hours(shift=True)},
        {"hours": Hours(per_week=20)},
        {"closes_on": TODAY + DAY},
        {"closes_on": TODAY + 60 * DAY},
        {"answer_by": date(2026, 2, 1)},
        {"answer_by": date(2026, 3, 2)},
    ],
)
def test_what_is_complete_can_be_submitted(changes: dict[str, Any]) -> None:
    assert review.submit(drafted(terms(**changes)), by=OWNER, at=NOW)[0].state == "submitted"


def test_everything_missing_is_told_at_once_in_the_readers_language() -> None:
    empty = terms(kelurahan_code=None, hours=None, wage=None, description="", closes_on=None)
    with pytest.raises(Incomplete) as refused:
        check_complete(empty, today=TODAY)
    told = {language: refused.value.shown(language) for language in ("id", "en")}
    pointers = ["/kelurahan_code", "/hours", "/wage", "/description", "/closes_on"]
    assert {language: [error.pointer for error in shown.errors or ()] for language, shown in told.items()} == {
        "id": pointers,
        "en": pointers,
    }
    assert [(told[language].errors or [])[2].detail for language in ("id", "en")] == [
        "Isi upah dalam rupiah.",
        "Give the wage in rupiah.",
    ]


def test_a_partners_vacancy_may_miss_all_but_its_closing_date() -> None:
    bare = terms(kelurahan_code=None, hours=None, wage=None, description="")
    check_partner(bare, today=TODAY)
    with pytest.raises(Incomplete):
        check_partner(bare.model_copy(update={"closes_on": TODAY}), today=TODAY)


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"wage": Wage(min=3_000_000, max=2_999_999)}, "/wage/max"),
        ({"kelurahan_code": "35.77.09.1001"}, "/kelurahan_code"),
        ({"education_min": Education(form="rinci", code="9")}, "/education_min"),
    ],
)
def test_even_a_draft_may_not_contradict_itself(changes: dict[str, Any], pointer: str) -> None:
    for decide in (
        lambda: drafted(terms(**changes)),
        lambda: review.change(standing("draft"), changes, by=OWNER, at=NOW),
    ):
        with pytest.raises(Flawed) as refused:
            decide()
        assert [flaw.pointer for flaw in refused.value.flaws] == [pointer]


@pytest.mark.parametrize(
    ("day", "over"),
    [
        (date(2026, 1, 31), datetime(2026, 1, 31, 17, tzinfo=UTC)),
        (date(2026, 12, 31), datetime(2026, 12, 31, 17, tzinfo=UTC)),
        (date(2028, 2, 29), datetime(2028, 2, 29, 17, tzinfo=UTC)),
    ],
)
def test_a_day_ends_at_midnight_in_madiun(day: date, over: datetime) -> None:
    assert end_of(day) == over
    assert (today(over - timedelta(milliseconds=1)), today(over)) == (day, day + DAY)


def test_one_day_ahead_is_counted_in_madiun_where_it_may_be_tomorrow_already() -> None:
    late = datetime(2026, 1, 30, 17, 30, tzinfo=UTC)  # 00.30 on the 31st in Madiun
    with pytest.raises(Incomplete):
        review.submit(drafted(), by=OWNER, at=late)


@pytest.mark.parametrize(
    ("title", "address"),
    [
        ("Penjahit Rumahan (Kebaya)", "penjahit-rumahan-kebaya"),
        ("  Staf IT/Admin — Café ", "staf-it-admin-cafe"),
        ("职位", "lowongan"),
        ("a" * 79 + " b", "a" * 79),
    ],
)
def test_a_title_becomes_a_readable_address(title: str, address: str) -> None:
    assert slug(title) == address
