"""Records in, events out: what is readable, what is skipped, what is put aside."""

import json
from datetime import UTC, datetime

import pytest

from shared.contracts.identity import AccountRegistered
from shared.events import Unreadable, decode, encode, new_id
from shared.testing import envelope

EVENT = envelope(AccountRegistered(role="seeker", registered_at=datetime.now(UTC)), subject="acc_1", sequence=3)


def test_an_event_comes_back_as_it_went() -> None:
    back = decode(encode(EVENT).encode())
    assert back is not None
    assert (back.id, back.subject, back.sequence, back.data) == (EVENT.id, "acc_1", 3, EVENT.data)


def test_binary_mode_is_read_too() -> None:
    headers = [
        ("ce_id", b"e-1"),
        ("ce_source", b"/elsewhere"),
        ("ce_type", b"AccountRegistered.v1"),
        ("ce_subject", b"acc_1"),
        ("ce_time", b"2026-11-24T10:00:00+00:00"),
        ("ce_sequence", b"4"),
    ]
    back = decode(EVENT.data.model_dump_json().encode(), headers)
    assert back is not None
    assert (back.id, back.sequence, back.data.role) == ("e-1", 4, "seeker")


def test_a_type_that_nobody_knows_is_skipped() -> None:
    assert decode(_changed(type="SomethingElse.v9")) is None


def test_a_future_field_is_ignored() -> None:
    body = json.loads(encode(EVENT))
    body["data"]["added_later"] = 1
    assert decode(json.dumps(body).encode()) is not None


@pytest.mark.parametrize(
    "value",
    [
        None,
        b"",
        b"\xff\xfe\x00",
        b"not json",
        b"[" * 200_000,
        b"1" * 1_000_000,
        b"{}",
        b"null",
        json.dumps({**json.loads(encode(EVENT)), "sequence": "3"}).encode(),
        json.dumps({**json.loads(encode(EVENT)), "data": {"role": "king"}}).encode(),
        json.dumps({**json.loads(encode(EVENT)), "subject": ""}).encode(),
        json.dumps({**json.loads(encode(EVENT)), "time": "yesterday"}).encode(),
        json.dumps({**json.loads(encode(EVENT)), "time": "2026-11-24T10:00:00"}).encode(),
        json.dumps({**json.loads(encode(EVENT)), "sequence": 2**70}).encode(),
    ],
    ids=str.split(
        "null empty not-utf8 not-json 200000-deep long-number no-fields json-null text-sequence bad-data no-subject"
        " bad-time no-zone beyond-64-bits"
    ),
)
def test_what_should_have_been_an_event_and_is_not_is_unreadable(value: bytes | None) -> None:
    with pytest.raises(Unreadable):
        decode(value)


def test_a_header_without_a_value_counts_as_none() -> None:
    with pytest.raises(Unreadable):
        decode(b"{}", [("ce_id", b"e-1"), ("ce_type", None)])


def test_an_unreadable_record_is_described_without_its_content() -> None:
    with pytest.raises(Unreadable) as caught:
        decode(_changed(data={"role": "seeker", "registered_at": "3577010101900001"}))
    assert "3577010101900001" not in str(caught.value)
    assert "registered_at" in str(caught.value)


def test_ids_sort_by_birth() -> None:
    made = [new_id("app") for _ in range(100)]
    assert made == sorted(made)
    assert len(set(made)) == 100


def _changed(**fields: object) -> bytes:
    return json.dumps({**json.loads(encode(EVENT)), **fields}).encode()
