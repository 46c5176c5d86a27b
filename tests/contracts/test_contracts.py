"""The published language: what is committed is what the code says, and a version never breaks."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from shared.events import decode, encode
from shared.testing import envelope
from tests.contracts.compatibility import breaks
from tests.contracts.published import CONTRACTS, ROOT, WRITERS, documents, event_types

TYPES = event_types()
PERSONAL = {"nik", "phone", "email", "name", "password", "code"}
INTERNAL = {"identity-contact", "identity-code", "identity-notice", "seeker-contact", "employer-contact"}


def test_the_committed_files_are_what_the_code_says() -> None:
    stale = [str(path.relative_to(ROOT)) for path, text in documents().items() if _read(path) != text]
    assert not stale, f"run `make contracts` and commit: {stale}"


@pytest.mark.parametrize("name", TYPES)
@pytest.mark.parametrize("size", ["full", "least"])
def test_every_sample_is_valid_and_survives_the_journey(name: str, size: str) -> None:
    data = json.loads(_read(CONTRACTS / "samples" / f"{name}.{size}.json"))
    jsonschema.validate(data, json.loads(_read(CONTRACTS / "schemas" / f"{name}.json")))
    event = TYPES[name].model_validate_json(json.dumps(data))
    back = decode(encode(envelope(event, subject="x_1")).encode())
    assert back is not None
    assert back.data == event


@pytest.mark.parametrize("name", TYPES)
def test_no_public_event_has_a_field_for_personal_data(name: str) -> None:
    fields = set(TYPES[name].model_fields)
    allowed = {"name"} if TYPES[name].topic == "employer" else set()
    assert not fields & (PERSONAL - allowed)
    assert ("sealed" in fields) == (TYPES[name].topic in INTERNAL)


def test_topics_yaml_has_every_topic_with_the_owner_that_writes_it() -> None:
    topics = yaml.safe_load(_read(ROOT / "deploy" / "topics.yaml"))["topics"]
    owners = {topic: row["owner"] for topic, row in topics.items()}
    assert {kind.topic for kind in TYPES.values()} <= set(owners)
    assert {topic: owners[topic] for topic in WRITERS} == WRITERS


OLD: dict[str, Any] = {
    "properties": {"a": {"type": "string", "maxLength": 10}, "b": {"type": "string", "enum": ["x", "y"]}},
    "required": ["a"],
}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"properties": {"b": OLD["properties"]["b"]}, "required": []}, "/a: removed"),
        ({"properties": OLD["properties"], "required": ["a", "b"]}, "/b: newly required"),
        ({"properties": {**OLD["properties"], "a": {"type": "integer"}}, "required": ["a"]}, "/a: no longer string"),
        (
            {"properties": {**OLD["properties"], "a": {"type": "string", "maxLength": 5}}, "required": ["a"]},
            "/a: maxLength is narrower",
        ),
        (
            {"properties": {**OLD["properties"], "b": {"type": "string", "enum": ["x"]}}, "required": ["a"]},
            "/b: no longer one of ['y']",
        ),
    ],
)
def test_a_breaking_change_is_named_with_its_field(change: dict[str, Any], said: str) -> None:
    assert said in breaks(OLD, change)


def test_an_optional_addition_is_no_break() -> None:
    added = {"properties": {**OLD["properties"], "c": {"type": "string"}}, "required": ["a"]}
    assert breaks(OLD, added) == []


def _read(path: Path) -> str:
    return path.read_text() if path.exists() else ""
