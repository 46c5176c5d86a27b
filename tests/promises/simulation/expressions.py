"""The store's aggregation expressions, as far as claims, outbox and projections use them. Others raise."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

Document = dict[str, Any]
Value = Callable[..., Any]  # of an expression, with further variables
MISSING: Any = object()
REMOVE: Any = object()
_NOTHING: Mapping[str, Any] = {}


def evaluate(expression: Any, document: Document, now: datetime, known: Mapping[str, Any] = _NOTHING) -> Any:
    """The value of an expression, with the variables `known`; `MISSING` for a field that is not there."""
    if isinstance(expression, str) and expression.startswith("$"):
        return _variable(expression, document, now, known)
    if isinstance(expression, list):
        return [evaluate(part, document, now, known) for part in expression]
    if not isinstance(expression, dict) or not expression:
        return expression
    operator, given = next(iter(expression.items()))
    if operator in _FORMS:
        return _FORMS[operator](given, lambda part, **more: evaluate(part, document, now, {**known, **more}))
    return _FUNCTIONS[operator](evaluate(given, document, now, known))


def _variable(name: str, document: Document, now: datetime, known: Mapping[str, Any]) -> Any:
    if not name.startswith("$$"):
        return at(document, name[1:], MISSING)
    first, _, rest = name[2:].partition(".")
    value = known[first] if first in known else {"NOW": now, "ROOT": document, "REMOVE": REMOVE}[first]
    return at(value, rest, MISSING) if rest else value


def _cond(given: list[Any], value: Value) -> Any:
    return value(given[1 if value(given[0]) else 2])


def _switch(given: Document, value: Value) -> Any:
    return value(next((branch["then"] for branch in given["branches"] if value(branch["case"])), given["default"]))


def _let(given: Document, value: Value) -> Any:
    return value(given["in"], **{name: value(part) for name, part in given["vars"].items()})


def _filter(given: Document, value: Value) -> Any:
    return [row for row in value(given["input"]) if value(given["cond"], this=row)]


def _date_add(given: Document, value: Value) -> Any:
    return value(given["startDate"]) + timedelta(**{given["unit"] + "s": given["amount"]})


def at(document: Any, path: str, default: Any = None) -> Any:
    if "." not in path:
        return document.get(path, default)
    for name in path.split("."):
        if not isinstance(document, dict) or name not in document:
            return default
        document = document[name]
    return document


def rank(value: Any) -> tuple[int, Any]:
    """The order across kinds: what is missing comes before numbers, numbers before dates."""
    if value is None or value is MISSING:
        return (0, 0)
    return (2, value) if isinstance(value, datetime) else (1, value)


_FORMS: dict[str, Callable[[Any, Value], Any]] = {
    "$literal": lambda given, _: given,
    "$cond": _cond,
    "$switch": _switch,
    "$let": _let,
    "$filter": _filter,
    "$dateAdd": _date_add,
}
_FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    "$lte": lambda given: rank(given[0]) <= rank(given[1]),
    "$lt": lambda given: rank(given[0]) < rank(given[1]),
    "$eq": lambda given: given[0] == given[1],
    "$in": lambda given: given[0] in given[1],
    "$not": lambda given: not given[0],
    "$size": len,
    "$min": lambda given: min(part for part in given if part not in (None, MISSING)),
    "$add": sum,
    "$ifNull": lambda given: given[1] if given[0] in (None, MISSING) else given[0],
    "$mergeObjects": lambda given: {name: value for part in given for name, value in part.items()},
}
