"""The few operators of the store that relay, consumer and sender use, on plain dictionaries. A document is never
changed in place: an update makes a new one, so that whoever read the old one keeps it. What is not known raises."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from tests.promises.simulation.expressions import MISSING, REMOVE, Document, at, evaluate, rank


def stored(value: Any) -> Any:
    """As the store keeps it: times to the millisecond, nothing shared with whoever wrote it."""
    if isinstance(value, datetime):
        return value.replace(microsecond=value.microsecond // 1000 * 1000)
    if isinstance(value, Mapping):
        return {name: stored(part) for name, part in value.items()}
    return [stored(part) for part in value] if isinstance(value, (list, tuple)) else value


def matches(document: Document, wanted: Mapping[str, Any]) -> bool:
    for name, test in wanted.items():
        if name == "$or":
            if not any(matches(document, option) for option in test):
                return False
        elif isinstance(test, dict) and next(iter(test), "").startswith("$"):
            value = at(document, name)
            if not all(_TESTS[operator](value, against) for operator, against in test.items()):
                return False
        elif at(document, name) != test:
            return False
    return True


def updated(document: Document, change: Any, now: datetime) -> Document:
    """`document` after an update by operators, or by a pipeline (a list)."""
    if isinstance(change, list):
        for stage in change:
            document = _staged(document, stage, now)
        return document
    found = dict(document)
    for operator, fields in change.items():
        for name, value in fields.items():
            _OPERATORS[operator](found, name, value, now)
    return found


def _staged(document: Document, stage: Document, now: datetime) -> Document:
    ((operator, fields),) = stage.items()
    if operator == "$replaceWith":
        replaced: Document = evaluate(fields, document, now)
        return {"_id": document["_id"], **replaced}
    assert operator == "$set", operator
    found = dict(document)
    for name, expression in fields.items():
        value = evaluate(expression, document, now)
        if value is REMOVE:
            found.pop(name, None)
        elif value is not MISSING:
            found[name] = value
    return found


def _push(found: Document, name: str, value: Any, _: datetime) -> None:
    found[name] = [*found.get(name, ()), *value["$each"]]


def _max(found: Document, name: str, value: Any, _: datetime) -> None:
    if rank(value) > rank(found.get(name)):
        found[name] = value


_TESTS: dict[str, Callable[[Any, Any], bool]] = {
    "$in": lambda value, against: value in against,
    "$lte": lambda value, against: value is not None and value <= against,
    "$gte": lambda value, against: value is not None and value >= against,
    "$exists": lambda value, against: (value is not None) == against,
}
_OPERATORS: dict[str, Callable[[Document, str, Any, datetime], None]] = {
    "$set": lambda found, name, value, _: found.__setitem__(name, value),
    "$unset": lambda found, name, _, __: found.pop(name, None) and None,
    "$inc": lambda found, name, value, _: found.__setitem__(name, found.get(name, 0) + value),
    "$currentDate": lambda found, name, _, now: found.__setitem__(name, now),
    "$push": _push,
    "$max": _max,
}
