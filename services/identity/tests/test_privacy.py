"""Personal data stays sealed: not readable in the store, in an event, in the log, or in a refusal."""

from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from shared import log
from shared.contracts.identity import LoginCodeIssued
from shared.events import decode
from shared.kafka import Headers
from shared.relay import Relay

NAME, PHONE, EMAIL = "Kenari Canary", "+6283900004242", "kenari@sangkar.example"
PASSWORD = "burung kenari terbang"
TRACES = (NAME, "83900004242", "0839 0000 4242", "kenari@", PASSWORD)


@pytest.fixture
def logging_as_served() -> Iterator[None]:
    log.configure(service="identity", role="api", level="DEBUG")
    yield
    structlog.reset_defaults()


async def journey(identity: Any) -> list[str]:
    """Everything that can be done with personal data, right and wrong; returns the codes."""
    fields = {"name": NAME, "email": EMAIL, "password": PASSWORD}
    await identity.register_seeker(PHONE, **fields)
    await identity.register_seeker(PHONE, **fields)
    await identity.register_seeker(PHONE, **{**fields, "email": "kenari@"})
    request_id = await identity.ask_code("0839 0000 4242")
    code: str = await identity.sent_code(request_id)
    await identity.post(f"/login/codes/{request_id}", {"code": "000000" if code != "000000" else "111111"})
    await identity.post(f"/login/codes/{request_id}", {"code": code})
    await identity.post("/login", {"email": EMAIL, "password": "salah sekali"})
    tokens = (await identity.post("/login", {"email": EMAIL, "password": PASSWORD})).json()
    await identity.me(tokens)
    await identity.refresh(tokens["refresh_token"])
    identity.clock.advance(seconds=11)
    await identity.refresh(tokens["refresh_token"])
    return [tokens["refresh_token"].split(".")[1], tokens["access_token"].split(".")[2]]


async def test_nothing_personal_is_readable_in_the_store_or_in_an_event(identity: Any) -> None:
    secrets = await journey(identity)
    database = identity.parts.store.accounts.collection.database
    stored = ""
    for name in await database.list_collection_names():
        async for row in database[name].find({}):
            stored += str(row)
    assert "AccountContactChanged" in stored
    assert "LoginCodeIssued" in stored
    assert [trace for trace in (*TRACES, *secrets) if trace in stored] == []


async def test_nothing_personal_is_logged(
    identity: Any, logging_as_served: None, capsys: pytest.CaptureFixture[str]
) -> None:
    secrets = await journey(identity)
    printed = capsys.readouterr()
    output = printed.out + printed.err
    assert "/api/v1/login/codes/{request_id}" in output
    assert "refresh_token_reused" in output
    assert [trace for trace in (*TRACES, *secrets) if trace in output] == []


async def test_a_refusal_does_not_repeat_what_was_typed(identity: Any) -> None:
    body = {"role": "seeker", "name": NAME, "phone": "0351 462011 99", "email": "kenari@", "password": "12345678"}
    answer = await identity.post("/accounts", body)
    assert answer.status_code == 422
    assert [typed for typed in body.values() if typed != "seeker" and typed in answer.text] == []


class Broker:
    """Stands where the broker is, to see what the relay sends."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str, bytes]] = []

    async def send(self, topic: str, *, key: str, value: bytes, headers: Headers = ()) -> None:
        self.sent.append((topic, key, value))


async def test_the_relay_sends_a_code_under_its_request_with_the_account_to_open_it_with(identity: Any) -> None:
    await identity.register_seeker()
    request_id = await identity.ask_code()
    await identity.ask_code("+6283900007777")
    broker = Broker()
    relay = Relay(identity.parts.store.codes.collection, broker, topic_prefix="")  # type: ignore[arg-type]
    await relay.relay_batch()
    [(topic, key, value)] = broker.sent
    event = decode(value)
    assert event is not None
    assert isinstance(event.data, LoginCodeIssued)
    assert (topic, key) == ("identity-code", request_id)
    opened = await identity.parts.vault.open(event.data.account_id, "code", event.data.sealed)
    assert (opened["phone"], len(opened["code"])) == ("+6283900000001", 6)
    assert await identity.parts.store.codes.collection.count_documents({"relay_at": {"$exists": True}}) == 0


async def test_a_code_whose_reply_is_relayed_already_still_works(identity: Any) -> None:
    await identity.register_seeker()
    request_id = await identity.ask_code()
    code = await identity.sent_code(request_id)
    await Relay(identity.parts.store.codes.collection, Broker()).relay_batch()  # type: ignore[arg-type]
    assert (await identity.post(f"/login/codes/{request_id}", {"code": code})).status_code == 200
