"""The rules against vacancies that somebody labelled: how many of the bad ones are found, how many good ones are not
left in peace."""

import json
from pathlib import Path
from typing import Any

import pytest

from services.vacancy.domain.rules.looking import Known
from services.vacancy.domain.rules.table import look
from services.vacancy.domain.terms import Terms
from services.vacancy.domain.wages import FIRST, floors
from shared.contracts.vacancy import Wage

LABELLED = Path(__file__).parent / "data" / "vacancies_madiun_synthetic.jsonl"
KNOWN = Known(floors=floors(FIRST.amount))
# What an officer calls each of them: pay to work, or rules on what a person is and on its papers.
POINTS_AT = {"scam": {"M1", "M2", "M4", "M5"}, "unfair_wording": {"M3", "M6"}}


def rows() -> list[dict[str, Any]]:
    return [json.loads(line) for line in LABELLED.read_text(encoding="utf-8").splitlines()]


def found(row: dict[str, Any]) -> set[str]:
    least = row["salary_min"]
    terms = Terms(
        title=row["title"],
        description=row["description"] or "",
        conditions=row["requirements"] or "",
        wage=Wage(min=int(least), max=int(row["salary_max"] or least)) if least else None,
    )
    return {finding.rule for finding in look(terms, KNOWN)}


@pytest.mark.parametrize("label", POINTS_AT)
def test_nearly_all_bad_ones_are_found_and_hardly_any_good_one(label: str) -> None:
    rules = POINTS_AT[label]
    marked = [row["label"] for row in rows() if found(row) & rules]
    # A scam that is unfair as well is no mistake of the fairness rule.
    wrong = marked.count("ok")
    right, all_bad = marked.count(label), sum(row["label"] == label for row in rows())
    assert right / all_bad >= 0.95
    assert right / (right + wrong) >= 0.9


def test_the_good_ones_hold_up_nobody() -> None:
    disturbed = {row["title"]: found(row) - {"M7", "M8"} for row in rows() if row["label"] == "ok"}
    assert {title: rules for title, rules in disturbed.items() if rules} == {}
