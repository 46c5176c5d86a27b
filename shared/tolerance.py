"""Reading what a newer writer sends within a version: unknown fields also inside, and new values of an enum as text.

Only what the contract itself refuses comes here, so the usual event pays nothing for it.
"""

from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, cast, get_args, get_origin

from pydantic import BaseModel, ConfigDict, create_model


@cache
def tolerant(kind: type[BaseModel]) -> type[BaseModel]:
    """`kind` with `str` for each enum of texts, ignoring what it does not know; types stay as strict as they were."""
    fields: dict[str, Any] = {
        name: (_open(field.annotation), field._copy()) for name, field in kind.model_fields.items()
    }
    for annotation, field in fields.values():
        field.annotation = annotation
    config = cast(ConfigDict, {**kind.model_config, "extra": "ignore"})
    return create_model(f"Tolerant{kind.__name__}", __config__=config, **fields)


def _open(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return tolerant(annotation)
    origin, inside = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return str if all(isinstance(value, str) for value in inside) else annotation
    if origin in (Union, UnionType):
        return Union[tuple(one if one is NoneType else _open(one) for one in inside)]  # noqa: UP007
    return origin[tuple(_open(one) for one in inside)] if origin in (tuple, list, dict) else annotation
