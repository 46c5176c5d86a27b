"""The language of the bus: what an event is, how it becomes bytes, and back (CloudEvents 1.0).

A contract declares `class VacancyClosed(VacancyFacts, topic="vacancy", version=1)`; the class, the wire type
`VacancyClosed.v1`, the schema file and the samples all carry that one name.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar, Generic, TypeVar

import uuid_utils
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from shared.tolerance import tolerant

REGISTRY: dict[str, type["Event"]] = {}
MAX_SEQUENCE = 2**53 - 1  # what JSON carries everywhere, and the store too


def new_id(prefix: str) -> str:
    """A sortable id such as `app_019…` (UUIDv7, RFC 9562)."""
    return f"{prefix}_{uuid_utils.uuid7().hex}"


class Event(BaseModel):
    """A fact that a service publishes. It carries the current value of every public field of its aggregate,
    so that a reader who missed one is healed by the next. Readers ignore fields that they do not know."""

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True, hide_input_in_errors=True)
    type: ClassVar[str]
    topic: ClassVar[str]

    def __init_subclass__(cls, *, topic: str | None = None, version: int | None = None, **rest: Any) -> None:
        super().__init_subclass__(**rest)
        if topic and version:
            cls.topic, cls.type = topic, f"{cls.__name__}.v{version}"
            REGISTRY[cls.type] = cls


@dataclass(frozen=True)
class Tombstone:
    """The end of an aggregate on a compacted `topic`: a record without a value, after which the broker forgets the
    others of its key."""

    topic: str


E = TypeVar("E", bound=BaseModel)


class Attributes(BaseModel):
    """The CloudEvents context attributes: `subject` is the aggregate's id and the Kafka key, `sequence` the
    version that the event makes."""

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True, hide_input_in_errors=True)
    specversion: str = "1.0"
    id: str = Field(min_length=1, max_length=200)
    source: str
    type: str
    subject: str = Field(min_length=1, max_length=200)
    time: AwareDatetime
    sequence: int = Field(ge=1, le=MAX_SEQUENCE)
    correlationid: str | None = None
    causationid: str | None = None
    mandateid: str | None = Field(None, description="somebody acted for the person, under this mandate (ADR 23)")


class Envelope(Attributes, Generic[E]):
    """One event as it travels: structured JSON."""

    datacontenttype: str = "application/json"
    dataschema: str
    data: E


class Unreadable(Exception):
    """Bytes that are no event, or a known type whose data breaks its contract: a dead letter at once.
    Says which field, never its value."""


def seal_envelope(
    event: Event,
    *,
    source: str,
    subject: str,
    sequence: int,
    correlation: str | None,
    causation: str | None,
    mandate: str | None = None,
) -> Envelope[Event]:
    """Give `event` its identity: the id is born here, once, and stays through every resend."""
    return Envelope[Event].model_construct(
        specversion="1.0",
        id=new_id("evt"),
        source=f"/si-caker/{source}",
        type=event.type,
        subject=subject,
        time=datetime.now(UTC),
        sequence=sequence,
        correlationid=correlation,
        causationid=causation,
        mandateid=mandate,
        datacontenttype="application/json",
        dataschema=f"/schemas/{event.type}.json",
        data=event,
    )


def encode(envelope: Envelope[Any]) -> str:
    return envelope.model_dump_json(exclude_none=False, serialize_as_any=True)


def decode(value: bytes | None, headers: Iterable[tuple[str, bytes | None]] = ()) -> Envelope[Any] | None:
    """Read one record in structured or binary mode. `None` for a type that nobody here knows; raises
    `Unreadable` for everything that should have been an event and is not."""
    if value is None:
        raise Unreadable("empty record")
    binary = {name.lower(): data for name, data in headers if name.lower().startswith("ce_")}
    try:
        attributes = _from_headers(binary) if binary else Attributes.model_validate_json(value)
        known = REGISTRY.get(attributes.type)
        if known is None:
            return None
        if not binary:
            return _structured(known, value)
        data = _data(known, value)
        return _envelope(known).model_construct(**attributes.model_dump(), dataschema="", data=data)
    except ValidationError as error:
        first = error.errors(include_input=False, include_context=False, include_url=False)[0]
        raise Unreadable(f"{'.'.join(map(str, first['loc']))}: {first['type']}") from None
    except (UnicodeDecodeError, RecursionError, ValueError) as error:
        raise Unreadable(type(error).__name__) from None


def _structured(known: type[Event], value: bytes) -> Envelope[Any]:
    try:
        return _envelope(known).model_validate_json(value)
    except ValidationError as error:
        if not _only_grown(error):
            raise
    event: Envelope[Any] = Envelope[tolerant(known)].model_validate_json(value)  # type: ignore[misc]
    return event.model_copy(update={"data": known.model_construct(**dict(event.data))})


def _data(known: type[Event], value: bytes) -> Event:
    try:
        return known.model_validate_json(value)
    except ValidationError as error:
        if not _only_grown(error):
            raise
    return known.model_construct(**dict(tolerant(known).model_validate_json(value)))


def _only_grown(error: ValidationError) -> bool:
    """Nothing is wrong except what a newer writer may do within a version."""
    return {one["type"] for one in error.errors(include_input=False)} <= {"literal_error", "extra_forbidden"}


_ENVELOPES: dict[type[Event], type[Envelope[Any]]] = {}


def _envelope(kind: type[Event]) -> type[Envelope[Any]]:
    """The parametrised model of one event type: built once, since building is a thousand times a parse."""
    found = _ENVELOPES.get(kind)
    if found is None:
        found = _ENVELOPES[kind] = Envelope[kind]  # type: ignore[valid-type]
    return found


def _from_headers(headers: Mapping[str, bytes | None]) -> Attributes:
    """A header may have no value on the wire: it counts as none."""
    plain: dict[str, object] = {name[3:]: data.decode() for name, data in headers.items() if data is not None}
    plain["sequence"] = int(str(plain.get("sequence", "0")))
    plain["time"] = datetime.fromisoformat(str(plain.get("time")))
    return Attributes.model_validate(plain)
