"""One record of a province, read strictly: what it says in our terms, or which field of it is not as agreed."""

import json
import re
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from services.vacancy.domain.province import Offer, Tombstone
from services.vacancy.domain.terms import Terms
from shared.contracts.province import (
    PROVINCES,
    ProvinceResendAsked,
    ProvinceVacancyEnded,
    ProvinceVacancyOffered,
)
from shared.events import MAX_SEQUENCE, Event, Unreadable, decode
from shared.kafka import Record

_TOPIC = re.compile(r"(?:^|\.)province\.(\d{2})\.(vacancy|request)$")
_INBOUND = {"vacancy": (ProvinceVacancyOffered, ProvinceVacancyEnded), "request": (ProvinceResendAsked,)}


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where the province wrote it. A record that is tried again says in our own headers where it first lay."""

    topic: str
    province: str
    kind: str
    partition: int
    offset: int


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What could be read: `event` is None where `code` says why not."""

    place: Place
    event: Event | None = None
    event_id: str | None = None
    origin_id: str | None = None
    revision: int | None = None
    code: str | None = None
    field: str | None = None
    rule: str | None = None


def place(record: Record) -> Place:
    """The province is in the name of the topic, which an ACL protects; raises `ValueError` for any other topic."""
    topic, partition, offset = record.topic, record.partition, record.offset
    if topic.endswith("province.retry"):
        first = {name: value.decode() for name, value in record.headers if name.startswith("dead-") and value}
        topic = first.get("dead-topic", topic)
        partition, offset = int(first.get("dead-partition", partition)), int(first.get("dead-offset", offset))
    found = _TOPIC.search(topic)
    if found is None or found[1] not in PROVINCES:
        raise ValueError("no topic of a province")
    return Place(topic=topic, province=found[1], kind=found[2], partition=partition, offset=offset)


def read(record: Record) -> Letter:
    """Never raises for what the record says."""
    letter = Letter(place=place(record), **_said(record.value))
    try:
        envelope = decode(record.value, record.headers)
    except Unreadable as error:
        field, rule = _split(str(error))
        return replace(letter, code="invalid_field" if field else "unreadable", field=field, rule=rule)
    if envelope is None:
        return replace(letter, code="unknown_type")
    event = envelope.data
    letter = replace(letter, event_id=envelope.id)
    if not isinstance(event, _INBOUND[letter.place.kind]):
        return replace(letter, code="wrong_type")
    try:
        # Within a version a reader takes values that it does not know; what is to be shown here must be known.
        event = type(event).model_validate_json(event.model_dump_json(warnings=False))
    except ValidationError as error:
        first = error.errors(include_input=False, include_context=False, include_url=False)[0]
        field = "/" + "/".join(map(str, first["loc"]))
        return replace(letter, code="invalid_field", field=field, rule=first["type"])
    origin, revision = getattr(event, "origin_id", None), getattr(event, "revision", None)
    return replace(letter, event=event, origin_id=origin, revision=revision)


def offer(event: ProvinceVacancyOffered, province: str) -> Offer:
    terms = {name: getattr(event, name) for name in Terms.model_fields if name in type(event).model_fields}
    return Offer(
        province=province,
        origin_id=event.origin_id,
        revision=event.revision,
        employer_name=event.employer_name.strip(),
        terms=Terms(**terms),
        url=event.url,
    )


def tombstone(event: ProvinceVacancyEnded, province: str) -> Tombstone:
    return Tombstone(province, event.origin_id, event.revision, event.reason, event.ended_at)


def _said(value: bytes | None) -> dict[str, Any]:
    """What a receipt may repeat of a record, however broken the rest is: ids, in bounds."""
    try:
        found = json.loads(value or b"")
        data = found.get("data") or {}
        origin, revision, id = data.get("origin_id"), data.get("revision"), found.get("id")
    except (ValueError, RecursionError, AttributeError):
        return {}
    whole = type(revision) is int and 0 < revision <= MAX_SEQUENCE
    return {"event_id": _text(id, 200), "origin_id": _text(origin, 100), "revision": revision if whole else None}


def _text(value: object, most: int) -> str | None:
    """JSON may hold half a character, which nobody can send on."""
    return value[:most].encode(errors="replace").decode() or None if isinstance(value, str) else None


def _split(told: str) -> tuple[str | None, str | None]:
    """`data.wage.min: greater_than_equal` as pointer and rule; attributes of the envelope stand without `data`."""
    path, colon, rule = told.partition(": ")
    if not colon or not path:
        return None, (rule or path)[:60] or None
    return "/" + path.removeprefix("data.").replace(".", "/"), rule[:60]
