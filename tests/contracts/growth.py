"""What a newer writer may send within a version: fields that we do not know, and values that an enum had not yet."""

import copy
from collections.abc import Mapping
from typing import Any

LATER: dict[str, Any] = {"added_later": {"a": [1, None, "x"]}, "flag_added_later": True}
NEW_VALUE = "not_known_yet"


def with_fields(data: Mapping[str, Any], *, nested: bool) -> dict[str, Any]:
    """The same with unknown fields; `nested`: also in the objects inside."""
    inside = {name: _deeper(value) if nested else value for name, value in data.items()}
    return {**inside, **copy.deepcopy(LATER)}


def _deeper(value: Any) -> Any:
    if isinstance(value, Mapping):
        return with_fields(value, nested=True)
    return [_deeper(one) for one in value] if isinstance(value, list) else value


def with_values(value: Any, field: Mapping[str, Any], root: Mapping[str, Any]) -> Any:
    """The same with a new value for everything that is one of a list."""
    if "$ref" in field:
        return with_values(value, root["$defs"][field["$ref"].rsplit("/", 1)[-1]], root)
    if "anyOf" in field and value is not None:
        return with_values(value, next(one for one in field["anyOf"] if one.get("type") != "null"), root)
    if "enum" in field and value is not None:
        return NEW_VALUE
    if isinstance(value, Mapping):
        known = field.get("properties", {})
        return {name: with_values(one, known.get(name, {}), root) for name, one in value.items()}
    if isinstance(value, list):
        return [with_values(one, field.get("items", {}), root) for one in value]
    return value
