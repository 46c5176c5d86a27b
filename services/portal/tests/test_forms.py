"""What people type, read tolerantly, and refusals put beside the right field."""

import pytest

from services.portal.client import Refused
from services.portal.forms import Form, split_day


@pytest.mark.parametrize(
    ("typed", "value"), [("2.422.105", 2_422_105), ("Rp 2 000", 2000), ("rp1,500", 1500), ("7", 7), ("", None)]
)
def test_numbers(typed: str, value: int | None) -> None:
    form = Form({"wage": typed})
    assert form.number("wage", "advice") == value
    assert not form.bad


@pytest.mark.parametrize("typed", ["dua juta", "-5", "1e9", "٣", "9" * 13])
def test_bad_numbers_are_told(typed: str) -> None:
    form = Form({"wage": typed})
    assert form.number("wage", "advice") is None
    assert form.errors == {"wage": "advice"}


@pytest.mark.parametrize(("typed", "value"), [("8", "08:00"), ("08.30", "08:30"), ("23:59", "23:59"), ("", None)])
def test_clock(typed: str, value: str | None) -> None:
    assert Form({"start": typed}).clock("start", "advice") == value


def test_days() -> None:
    form = Form(split_day("closes_on", "2026-12-03"))
    assert form.day("closes_on", "advice") == "2026-12-03"
    wrong = Form({"closes_on_day": "31", "closes_on_month": "2", "closes_on_year": "2026"})
    assert wrong.day("closes_on", "advice") is None
    assert wrong.errors == {"closes_on": "advice"}


@pytest.mark.parametrize(
    ("pointer", "field"),
    [("/wage/min", "wage_min"), ("/skills/3", "skills"), ("/closes_on", "closes_on"), ("/wage", "wage_min")],
)
def test_refusals_find_their_field(pointer: str, field: str) -> None:
    form = Form({"wage_min": "1", "skills": "a", "closes_on_day": "1"})
    form.refuse(Refused(422, {"errors": [{"pointer": pointer, "detail": "advice"}]}))
    assert form.errors == {field: "advice"}


def test_refusals_without_field_stay_visible() -> None:
    form = Form({"title": "x"})
    form.refuse(Refused(422, {"errors": [{"pointer": "/other", "detail": "advice"}]}))
    form.refuse(Refused(409, {"title": "Sudah berubah"}))
    assert form.general == ["advice", "Sudah berubah"]
