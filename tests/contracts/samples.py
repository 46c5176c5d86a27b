"""A full and a least sample of an event's data, made from its schema, the same on every run."""

from collections.abc import Mapping
from typing import Any

from shared.events import Event

TEXTS = {
    "date-time": "2026-11-24T03:00:00Z",
    "date": "2026-12-31",
    "^(rekap_III_2|rinci)$": "rinci",
    r"^([01]\d|2[0-3]):[0-5]\d$": "08:00",
    "^https://": "https://example.go.id/lowongan/1",
}


def full(kind: type[Event]) -> dict[str, Any]:
    """Every field filled."""
    schema = kind.model_json_schema(mode="serialization")
    return {name: _value(field, schema, name) for name, field in schema["properties"].items()}


def least(kind: type[Event]) -> dict[str, Any]:
    """Only what is required, as empty as it may be."""
    schema = kind.model_json_schema(mode="serialization")
    required = schema.get("required", ())
    return {
        name: _value(field, schema, name, sparse=True)
        for name, field in schema["properties"].items()
        if name in required
    }


def _value(field: Mapping[str, Any], root: Mapping[str, Any], name: str, *, sparse: bool = False) -> Any:
    if "$ref" in field:
        return _value(root["$defs"][field["$ref"].rsplit("/", 1)[-1]], root, name, sparse=sparse)
    if "anyOf" in field:
        nullable = any(option.get("type") == "null" for option in field["anyOf"])
        if sparse and nullable:
            return None
        first = next(option for option in field["anyOf"] if option.get("type") != "null")
        return _value(first, root, name, sparse=sparse)
    if "enum" in field or "const" in field:
        return field.get("const", (field.get("enum") or [None])[0])
    return _PLAIN[field["type"]](field, root, name, sparse)


def _text(field: Mapping[str, Any], _: Any, name: str, sparse: bool) -> str:
    known = TEXTS.get(field.get("format", "")) or TEXTS.get(field.get("pattern", ""))
    if known:
        return known
    if sparse and not field.get("minLength"):
        return ""
    return name.ljust(field.get("minLength", 0), "x")[: field.get("maxLength", 60)]


def _number(field: Mapping[str, Any], _: Any, __: str, sparse: bool) -> int:
    return int(field.get("minimum", 0 if sparse else 1))


def _list(field: Mapping[str, Any], root: Mapping[str, Any], name: str, sparse: bool) -> list[Any]:
    return [] if sparse else [_value(field["items"], root, name)]


def _object(field: Mapping[str, Any], root: Mapping[str, Any], _: str, sparse: bool) -> dict[str, Any]:
    required = field.get("required", ())
    return {
        key: _value(part, root, key, sparse=sparse)
        for key, part in field.get("properties", {}).items()
        if not sparse or key in required
    }


_PLAIN: Mapping[str, Any] = {
    "string": _text,
    "integer": _number,
    "number": _number,
    "boolean": lambda *_: True,
    "array": _list,
    "object": _object,
}
