"""What a service takes has an end: every text and every list of a request says how long it may be, and every list
that is read says how much of it is shown at most."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from tests.contracts.published import SERVICES, openapi

Json = Mapping[str, Any]
SHORT_FORMATS = ("date", "date-time", "time", "uuid")
ENDLESS = re.compile(r"(?<!\\)[*+]|\{\d+,\}")

# Inputs without a bound of their own, and what bounds them instead.
BOUNDED_OTHERWISE: Mapping[str, str] = {
    "vacancy POST /api/v1/vacancies/bulk/check: body": "a file; the guard bounds it (services/vacancy/api/bulk.py)",
}
# Lists that are read whole, and why they cannot grow.
SHORT_LISTS: Mapping[str, str] = {
    "application /api/v1/applications/drafts": "MOST, a person has fifty",
    "application /api/v1/applications/disability": "MOST, the newest hundred",
    "application /api/v1/applications/held": "MOST_HELD",
    "application /api/v1/applications/whys": "MOST_GROUPS",
    "application /api/v1/applications/whys/vacancy": "one group",
    "identity /api/v1/accounts/me/requests": "MOST_OF_ONE",
    "identity /api/v1/accounts/recoveries": "MOST_IN_QUEUE; what ends leaves it",
    "identity /api/v1/accounts/requests": "MOST_IN_QUEUE; what is answered leaves it",
    "identity /api/v1/mandates": "MOST",
    "notifier /api/v1/notifications/devices": "MOST; the oldest makes room",
    "notifier /api/v1/notifications/templates": "as many as the code has",
    "seeker /api/v1/seekers/attachments": "of a leave, which has twenty at most",
    "seeker /api/v1/seekers/me/cards": "the newest twenty",
    "seeker /api/v1/seekers/me/consents": "one for each purpose; MOST_KEPT before",
    "seeker /api/v1/seekers/me/documents": "MOST, a person has ten",
    "seeker /api/v1/seekers/me/saved-searches": "a person has ten at most",
    "training /api/v1/enrolments/{enrolment_id}/product": "one or none",
    "training /api/v1/enrolments/{enrolment_id}/product/questions": "the latest, QUESTIONS",
    "training /api/v1/trainings/{training_id}/enrolments/mine": "one or none",
    "vacancy /api/v1/officer/reasons": "as many as the code has",
    "vacancy /api/v1/officer/synonyms": "MOST_GROUPS",
    "vacancy /api/v1/wages": "MOST, one row a decree",
}


class Document:
    """The OpenAPI document of one service."""

    def __init__(self, service: str) -> None:
        self.service, self._whole = service, openapi(service)

    def operations(self) -> Iterator[tuple[str, str, Json]]:
        for path, methods in self._whole["paths"].items():
            for method, operation in methods.items():
                yield method.upper(), path, operation

    def inputs(self, operation: Json) -> Iterator[tuple[str, Json]]:
        for each in operation.get("parameters", ()):
            yield f"{each['in']} {each['name']}", each["schema"]
        for content in operation.get("requestBody", {}).get("content", {}).values():
            yield "body", content.get("schema", {})

    def plain(self, schema: Json) -> Json:
        while "$ref" in schema:
            schema = self._whole["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
        return schema

    def endless(
        self, schema: Json, where: str, outer: Json | None = None, above: tuple[str, ...] = ()
    ) -> Iterator[str]:
        """Where a text or a list has no end; `outer` holds the bounds that stand beside an `anyOf`."""
        name = str(schema.get("$ref", ""))
        if name and name in above:
            return
        above = (*above, name) if name else above
        found = {**(outer or {}), **self.plain(schema)}
        if found.get("type") == "string" and not _ends(found):
            yield where
        if found.get("type") == "array" and "maxItems" not in found:
            yield f"{where}[]"
        beside: Json = {key: found[key] for key in ("maxLength", "maxItems", "maxProperties") if key in found}
        for inner in (*found.get("anyOf", ()), *found.get("oneOf", ()), *found.get("allOf", ())):
            yield from self.endless(inner, where, beside, above)
        for key, inner in found.get("properties", {}).items():
            yield from self.endless(inner, f"{where}/{key}", None, above)
        if "items" in found:
            yield from self.endless(found["items"], f"{where}[]", None, above)
        if isinstance(values := found.get("additionalProperties"), Mapping):
            yield from () if "maxProperties" in found else (f"{where}{{}}",)
            yield from self.endless(values, f"{where}{{}}", None, above)


def _ends(schema: Json) -> bool:
    """A text is short by its length, by its choices, by its format, or by a pattern that repeats nothing for ever."""
    pattern = schema.get("pattern")
    return (
        bool({"maxLength", "enum", "const"} & set(schema))
        or schema.get("format") in SHORT_FORMATS
        or (pattern is not None and ENDLESS.search(pattern) is None)
    )


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    return {service: Document(service) for service in SERVICES}


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string"},
        {"type": "string", "pattern": "^[a-z]+$"},
        {"type": "array", "items": {"type": "string", "maxLength": 5}},
        {"type": "array", "items": {"type": "string"}, "maxItems": 5},
        {"anyOf": [{"type": "string"}, {"type": "null"}]},
        {"type": "object", "properties": {"name": {"type": "string"}}},
        {"type": "object", "additionalProperties": {"type": "integer"}},
    ],
)
def test_what_has_no_end_is_found(documents: dict[str, Document], schema: Json) -> None:
    assert list(documents["vacancy"].endless(schema, "here"))


@pytest.mark.parametrize("service", SERVICES)
def test_every_text_and_list_of_a_request_has_an_end(documents: dict[str, Document], service: str) -> None:
    document = documents[service]
    found = {
        f"{service} {method} {path}: {place}"
        for method, path, operation in document.operations()
        for name, schema in document.inputs(operation)
        for place in document.endless(schema, name)
    }
    assert found == {each for each in BOUNDED_OTHERWISE if each.startswith(f"{service} ")}


@pytest.mark.parametrize("service", SERVICES)
def test_every_list_that_is_read_has_a_limit(documents: dict[str, Document], service: str) -> None:
    document, whole = documents[service], set[str]()
    for method, path, operation in document.operations():
        shown = operation["responses"].get("200", {}).get("content", {}).get("application/json", {}).get("schema", {})
        limits = [each["schema"] for each in operation.get("parameters", ()) if each["name"] == "limit"]
        assert all("maximum" in each for each in limits), path
        if method == "GET" and not limits and _is_list(document, document.plain(shown)):
            whole.add(f"{service} {path}")
    assert whole == {each for each in SHORT_LISTS if each.startswith(f"{service} ")}


def _is_list(document: Document, shown: Json) -> bool:
    items = document.plain(shown.get("properties", {}).get("items", {}))
    return "array" in (shown.get("type"), items.get("type"))
