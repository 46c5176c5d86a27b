"""The kit for integrators says what the code does: its links, codes, golden records, hash and commands."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from deploy.province import __main__ as commands
from deploy.province import books, records
from deploy.province.books import Books
from deploy.province.wire import vacancy
from shared.contracts import province
from tests.contracts.published import CONTRACTS, ROOT

KIT = (ROOT / "docs" / "integrators.md").read_text()
CASES = records.read(today=records.WRITTEN_FOR, suffix="t")
SHAPED = [case for case in CASES if case.get("record", {}).get("type") == "ProvinceVacancyOffered.v1"]
LINES = ["vac_b:2", "vac_a:10", "vac_a:9"]


def test_every_link_leads_somewhere() -> None:
    targets = [target.split("#")[0] for target in re.findall(r"\]\(([^)]+)\)", KIT)]
    assert targets
    assert [target for target in targets if not (ROOT / "docs" / target).exists()] == []


def test_the_kit_explains_every_status_and_code_that_a_golden_record_gets() -> None:
    told = {(case["receipt"]["status"], case["receipt"]["reason_code"] or "none") for case in CASES}
    rows = [line for line in KIT.splitlines() if line.startswith("| `")]
    for status, code in told:
        assert any(f"`{status}`" in row and code in row for row in rows), (status, code)


@pytest.mark.parametrize("case", SHAPED, ids=lambda case: case["what"])
def test_the_schema_refuses_a_golden_record_where_its_receipt_names_a_field(case: dict[str, Any]) -> None:
    schema = json.loads((CONTRACTS / "schemas" / "ProvinceVacancyOffered.v1.json").read_text())
    good = jsonschema.Draft202012Validator(schema).is_valid(case["record"]["data"])
    field = case["receipt"]["field"] if case["receipt"]["reason_code"] == "invalid_field" else None
    assert good == (field is None or field == "/time")  # the time is of the envelope


def test_what_the_fake_province_sends_is_what_the_schema_asks_for() -> None:
    schema = json.loads((CONTRACTS / "schemas" / "ProvinceVacancyOffered.v1.json").read_text())
    jsonschema.validate(vacancy("JT-1")["data"], schema)


def test_both_sides_hash_a_list_alike_whatever_its_order() -> None:
    assert books.digest(LINES) == books.digest(reversed(LINES)) == province.digest(LINES)
    assert province.digest(LINES) != province.digest(LINES[1:])


def test_every_command_of_the_kit_exists() -> None:
    named = set(re.findall(r'make province DO="?(\w+)', KIT))
    assert named == set(commands.COMMANDS)


def test_the_fake_province_imports_nothing_of_the_citys_code() -> None:
    folder = Path(books.__file__).parent
    for file in folder.glob("*.py"):
        assert not re.search(r"^\s*(from|import) (shared|services)\b", file.read_text(), re.MULTILINE), file.name


def _event(type: str, sequence: int, **data: Any) -> dict[str, Any]:
    return {"type": type, "subject": "vac_1", "sequence": sequence, "time": "2026-01-05T03:00:00Z", "data": data}


def test_books_keep_the_newest_whatever_comes_in_which_order() -> None:
    live = {"closes_at": "2026-01-31T17:00:00Z"}
    events = [
        _event("CityVacancyOffered.v1", 3, **live),
        _event("CityVacancyEnded.v1", 4, reason="filled"),
        _event("CityVacancyOffered.v1", 5, **live),
        _event("CityVacancyWhatever.v9", 6),
    ]
    at = datetime(2026, 1, 6, tzinfo=UTC)
    for order in ([0, 1, 2, 3], [2, 1, 0, 3], [1, 2, 0, 1]):
        held = Books()
        for place in order:
            held.apply(events[place])
        assert (held.held["vac_1"].version, held.held["vac_1"].live(at)) == (5, True)


def test_a_list_counts_only_when_all_its_parts_are_here_and_have_its_hash() -> None:
    def part(number: int, lines: list[str]) -> dict[str, Any]:
        given = {"taken_at": "2026-01-05T03:00:00.5Z", "count": 3, "parts": 2, "sha256": province.digest(LINES)}
        return _event("CityVacanciesListed.v1", number, **given, part=number, lines=lines)

    held = Books()
    held.apply(part(1, LINES[:2]))
    assert held.latest() is None
    held.apply(part(2, ["vac_z:1"]))
    assert held.latest() is None
    held.apply(part(2, LINES[2:]))
    found = held.latest()
    assert found is not None
    assert found.count == 3
