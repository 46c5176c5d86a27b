"""Records that should not be: each a value (and perhaps headers or a key) that some program, some day, will put on a
topic."""

import json
from dataclasses import dataclass
from typing import Any

from shared.events import encode
from shared.testing import envelope

Headers = tuple[tuple[str, bytes | None], ...]


@dataclass(frozen=True)
class Poison:
    """`dead`: it must end among the dead letters; otherwise it is to be skipped, or is harmless."""

    name: str
    value: bytes | None
    key: bytes | None = b"vac_poison"
    headers: Headers = ()
    dead: bool = True


def corpus(event: Any) -> list[Poison]:
    """`event` is a good one of a type that the reader knows."""
    good: dict[str, Any] = json.loads(encode(envelope(event, subject="vac_poison", sequence=1)))

    def changed(**fields: Any) -> bytes:
        return json.dumps({**good, **fields}).encode()

    def told(**fields: Any) -> bytes:
        return changed(data={**good["data"], **fields})

    binary: Headers = (
        ("ce_id", b"evt_b"),
        ("ce_source", b"/x"),
        ("ce_subject", b"vac_poison"),
        ("ce_type", good["type"].encode()),
    )
    data = json.dumps(good["data"]).encode()
    return [
        Poison("no utf-8", b"\xff\xfe" + b"\x80" * 50),
        Poison("no json", b"hello"),
        Poison("json cut short", changed()[:100]),
        Poison("empty", b""),
        Poison("a tombstone", None, dead=False),
        Poison("json null", b"null"),
        Poison("a number", b"7"),
        Poison("a list", b"[]"),
        Poison("200,000 deep", b"[" * 200_000 + b"]" * 200_000),
        Poison("deep in a field", changed()[:-1] + b',"x":' + b"[" * 100_000 + b"]" * 100_000 + b"}"),
        Poison("900 KB integer", changed()[:-1] + b',"sequence":' + b"9" * 900_000 + b"}"),
        Poison("an integer beyond 64 bits", changed(sequence=2**70)),
        Poison("a wrong type", told(title=7)),
        Poison("a field missing", changed(data={"title": "x"})),
        Poison("an enum grown", told(state="frozen"), dead=False),
        Poison("sequence zero", changed(sequence=0)),
        Poison("sequence as text", changed(sequence="1")),
        Poison("a time without a zone", changed(time="2026-11-24T10:00:00")),
        Poison("a time at the end of time", changed(time="9999-12-31T23:59:59Z"), dead=False),
        Poison("no subject", changed(subject="")),
        Poison("a lone surrogate", told(title="x").replace(b'"x"', b'"\\ud800"')),
        Poison("a future version", changed(type="VacancyPublished.v99"), dead=False),
        Poison("an unknown type", changed(type="MoonLanded.v1"), dead=False),
        Poison("unknown fields", changed(**{"extra": 1}), dead=False),
        Poison("no key", changed(), key=None, dead=False),
        Poison("a key that is no text", b"hello", key=b"\xff\xfe\x00"),
        Poison(
            "binary, time without a zone", data, headers=(*binary, ("ce_sequence", b"1"), ("ce_time", b"2026-11-24"))
        ),
        Poison("binary, no number", data, headers=(*binary, ("ce_sequence", b"x"), ("ce_time", b"2026-11-24"))),
        Poison("binary, a header without a value", data, headers=(*binary, ("ce_sequence", None))),
        Poison("a header without a value", b"hello", headers=(("traceparent", None),)),
        Poison("as big as a record may be", b"x" * 1_048_400),
    ]
