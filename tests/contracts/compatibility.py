"""Whether a version of an event still means what it meant: within one version only optional additions."""

from collections.abc import Iterator, Mapping
from typing import Any

_NARROWING = {"minLength": 1, "minimum": 1, "minItems": 1, "maxLength": -1, "maximum": -1, "maxItems": -1}


def breaks(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """What readers or writers of the old schema would trip over, one line each; empty when compatible."""
    return list(_object(old, new, old, new, ""))


def _object(
    old: Mapping[str, Any], new: Mapping[str, Any], old_root: Mapping[str, Any], new_root: Mapping[str, Any], at: str
) -> Iterator[str]:
    before, after = old.get("properties", {}), new.get("properties", {})
    for name in sorted(set(new.get("required", ())) - set(old.get("required", ()))):
        yield f"{at}/{name}: newly required"
    for name, field in before.items():
        if name not in after:
            yield f"{at}/{name}: removed"
            continue
        yield from _field(
            _resolve(field, old_root), _resolve(after[name], new_root), old_root, new_root, f"{at}/{name}"
        )


def _field(
    old: Mapping[str, Any], new: Mapping[str, Any], old_root: Mapping[str, Any], new_root: Mapping[str, Any], at: str
) -> Iterator[str]:
    olds, news = _options(old, old_root), _options(new, new_root)
    for kind in sorted(set(olds) - set(news)):
        yield f"{at}: no longer {kind}"
    for kind in sorted(set(news) - set(olds)):
        yield f"{at}: newly {kind}"
    for kind in sorted(set(olds) & set(news)):
        before, after = olds[kind], news[kind]
        gone = set(before.get("enum", ())) - set(after.get("enum", ()))
        if gone:
            yield f"{at}: no longer one of {sorted(gone)}"
        for rule, sign in _NARROWING.items():
            if rule in after and (rule not in before or sign * (after[rule] - before[rule]) > 0):
                yield f"{at}: {rule} is narrower"
        if after.get("pattern") != before.get("pattern") and "pattern" in after:
            yield f"{at}: another pattern"
        yield from _object(before, after, old_root, new_root, at)
        if "items" in before and "items" in after:
            items = (_resolve(before["items"], old_root), _resolve(after["items"], new_root))
            yield from _field(*items, old_root, new_root, f"{at}/0")


def _options(field: Mapping[str, Any], root: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    parts = [_resolve(option, root) for option in field.get("anyOf", (field,))]
    return {str(part.get("type", "constant")): part for part in parts}


def _resolve(field: Mapping[str, Any], root: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" in field:
        found: Mapping[str, Any] = root["$defs"][field["$ref"].rsplit("/", 1)[-1]]
        return found
    return field
