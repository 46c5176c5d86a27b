"""Kafka's replies with another error in them: taken apart and put together again by the client's own protocol."""

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from aiokafka.protocol import admin, commit, coordination, fetch, group, metadata, offset, produce, transaction
from aiokafka.protocol.api import RequestStruct
from aiokafka.protocol.types import Array, Schema

from tests.promises.frames import Frame

_MODULES = (admin, commit, coordination, fetch, group, metadata, offset, produce, transaction)


def _requests() -> Iterator[type[RequestStruct]]:
    for module in _MODULES:
        for found in vars(module).values():
            if isinstance(found, type) and issubclass(found, RequestStruct) and found is not RequestStruct:
                yield found


REQUESTS = {(one.API_KEY, one.API_VERSION): one for one in _requests() if hasattr(one, "API_KEY")}


@dataclass
class Rewrite:
    """Puts `code` into every error field of each reply to a call named `api`; counts them in `hits`. `most` bounds
    how many (0: all)."""

    api: str
    code: int
    most: int = 0
    hits: int = field(default=0)

    def __call__(self, frame: Frame) -> bytes:
        if frame.way != "reply" or frame.name.split()[0] != self.api or (self.most and self.hits >= self.most):
            return frame.data
        self.hits += 1
        return with_error(frame.data, frame.asked, self.code)


def both(*rewrites: Rewrite) -> Callable[[Frame], bytes]:
    """Each in its turn; a frame answers one call, so at most one of them changes it."""

    def apply(frame: Frame) -> bytes:
        return next((data for one in rewrites if (data := one(frame)) is not frame.data), frame.data)

    return apply


def with_error(reply: bytes, asked: bytes, code: int) -> bytes:
    key, version = struct.unpack_from(">hh", asked, 4)
    request = REQUESTS[key, version]
    head = 8 + (1 if request.FLEXIBLE_VERSION else 0)  # length, correlation id, and no tags
    schema: Schema = request.RESPONSE_TYPE.SCHEMA
    body: bytes = schema.encode(_changed(schema, schema.decode(BytesIO(reply[head:])), code))
    return bytes(struct.pack(">i", head - 4 + len(body)) + reply[4:head] + body)


def _changed(kind: Any, value: Any, code: int) -> Any:
    if isinstance(kind, Schema):
        return tuple(
            code if name == "error_code" else _changed(part, one, code)
            for name, part, one in zip(kind.names, kind.fields, value, strict=True)
        )
    if isinstance(kind, Array) and value is not None:
        return [_changed(kind.array_of, one, code) for one in value]
    return value
