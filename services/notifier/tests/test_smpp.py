"""SMS over SMPP 3.4, against an SMSC on a real socket."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from services.notifier.channels.channel import Accepted, Outgoing, Refused, Unsure
from services.notifier.channels.smpp import session
from services.notifier.channels.smpp.channel import SmppSms
from services.notifier.channels.smpp.line import Line
from services.notifier.domain import Lane
from services.notifier.heard import Heard, Receipt, Reply
from services.notifier.tests.conftest import until
from services.notifier.tests.providers.smpp import Smsc

PHONE = "+6281234567890"


def text(content: str = "Si-Caker: halo", key: str = "evt_1:x:sms:a", to: str = PHONE) -> Outgoing:
    return Outgoing(key=key, to=to, text=content, created_at=datetime(2026, 11, 24, tzinfo=UTC))


@dataclass
class Bound:
    """A line that is kept bound to an SMSC, and what came over it."""

    smsc: Smsc
    heard: list[Heard] = field(default_factory=list)
    broken: bool = False
    stopping: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        url = f"smpp://127.0.0.1:{self.smsc.port}"
        self.line = Line(name="op", url=url, user="caker", password="rahasia", window=10, hear=self.hear)
        self.running = asyncio.create_task(self.line.run(self.stopping))

    async def hear(self, found: Sequence[Heard]) -> None:
        if self.broken:
            raise OSError("the store is away")
        self.heard += found

    def sms(self, lane: Lane = "transactional", sender: str = "SICAKER") -> SmppSms:
        return SmppSms(self.line, lane=lane, sender=sender)

    async def ready(self) -> SmppSms:
        await until(lambda: self.line._session and not self.line._session.ended.done())
        return self.sms()

    async def stop(self) -> None:
        self.stopping.set()
        async with asyncio.timeout(10):
            await self.running


@pytest.fixture
async def smsc() -> AsyncIterator[Smsc]:
    server = Smsc()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def bound(smsc: Smsc) -> AsyncIterator[Bound]:
    found = Bound(smsc)
    yield found
    await found.stop()


async def test_a_message_is_submitted_over_one_bound_line_and_the_line_is_left_in_order(
    bound: Bound, smsc: Smsc
) -> None:
    sms = await bound.ready()
    assert await sms.send(text()) == Accepted(reference="m1")
    assert await sms.send(text(key="evt_2")) == Accepted(reference="m2")
    first = smsc.submitted[0]
    assert smsc.binds == [("caker", "rahasia")]
    assert (first.source_addr, first.source_addr_ton) == (b"SICAKER", 5)
    assert (first.destination_addr, first.dest_addr_ton, first.dest_addr_npi) == (b"6281234567890", 1, 1)
    assert (first.data_coding, first.esm_class, first.registered_delivery) == (0, 0, 1)
    assert first.short_message == b"Si-Caker: halo"
    await bound.stop()
    assert smsc.unbound == 1


@pytest.mark.parametrize(
    ("sender", "ton"),
    [("SICAKER", 5), ("+6281500000000", 1), ("93777", 0)],
)
async def test_people_see_the_sender_that_was_set(bound: Bound, smsc: Smsc, sender: str, ton: int) -> None:
    await bound.ready()
    await bound.sms(sender=sender).send(text())
    assert (smsc.submitted[0].source_addr.decode(), smsc.submitted[0].source_addr_ton) == (sender.lstrip("+"), ton)


async def test_a_long_text_goes_in_parts_that_a_phone_puts_together_and_one_receipt_is_asked(
    bound: Bound, smsc: Smsc
) -> None:
    sms = await bound.ready()
    content = "[Kabar] " * 40
    accepted = await sms.send(text(content))
    parts = sorted(smsc.submitted, key=lambda part: part.short_message[5])
    assert len(parts) == 3
    headers = {part.short_message[:5] for part in parts}
    assert len(headers) == 1
    assert next(iter(headers))[:3] == bytes((5, 0, 3))
    assert [part.registered_delivery for part in parts] == [0, 0, 1]
    assert {part.esm_class for part in parts} == {0x40}
    joined = b"".join(part.short_message[6:] for part in parts)
    assert joined.replace(b"\x1b\x3c", b"[").replace(b"\x1b\x3e", b"]") == content.encode()
    assert all(not part.short_message.endswith(b"\x1b") for part in parts)
    assert accepted.reference is not None
    before = [part.short_message for part in parts]
    smsc.submitted.clear()
    await sms.send(text(content))
    assert sorted(part.short_message for part in smsc.submitted) == sorted(before), "a repeat has the same parts"


async def test_what_gsm7_cannot_say_goes_as_ucs2(bound: Bound, smsc: Smsc) -> None:
    sms = await bound.ready()
    await sms.send(text("Selamat 🎉 ą"))
    assert smsc.submitted[0].data_coding == 8
    assert smsc.submitted[0].short_message.decode("utf-16-be") == "Selamat 🎉 ą"


@pytest.mark.parametrize(
    ("status", "means"),
    [
        ("0x58", (False, False, True)),
        ("0x14", (False, False, True)),
        ("0x8", (False, True, True)),
        ("0x45", (False, True, True)),
        ("0xb", (True, False, False)),
        ("0x33", (True, False, False)),
    ],
)
async def test_a_status_is_understood_and_the_next_message_goes_through(
    bound: Bound, smsc: Smsc, status: str, means: tuple[bool, bool, bool]
) -> None:
    sms = await bound.ready()
    smsc.rule = lambda _, before: status if before == 0 else "accept"
    with pytest.raises(Refused) as refusal:
        await sms.send(text())
    said = refusal.value
    assert (said.permanent, said.provider, said.elsewhere) == means
    assert isinstance(await sms.send(text()), Accepted)


async def test_a_line_that_breaks_leaves_its_messages_uncertain_and_is_bound_again(bound: Bound, smsc: Smsc) -> None:
    sms = await bound.ready()
    smsc.rule = lambda _, before: "drop" if before == 0 else "accept"
    with pytest.raises(Unsure):
        await sms.send(text())
    await bound.ready()
    assert isinstance(await sms.send(text()), Accepted)
    assert len(smsc.binds) == 2


async def test_a_text_that_was_taken_in_part_is_to_be_sent_again_as_the_same(bound: Bound, smsc: Smsc) -> None:
    sms = await bound.ready()
    smsc.rule = lambda _, before: "0x58" if before == 1 else "accept"
    with pytest.raises(Unsure):
        await sms.send(text("a" * 200))


async def test_an_smsc_that_is_away_or_refuses_us_took_nothing_for_certain() -> None:
    smsc = Smsc(bind_status=0x0E)
    await smsc.start()
    bound = Bound(smsc)
    try:
        await until(lambda: smsc.binds)
        with pytest.raises(Refused) as refusal:
            await bound.sms().send(text())
        assert (refusal.value.provider, refusal.value.permanent) == (True, False)
        smsc.bind_status = 0
        await bound.ready()
        assert isinstance(await bound.sms().send(text()), Accepted)
    finally:
        await bound.stop()
        await smsc.stop()


async def test_silence_is_noticed_and_ends_the_line(
    bound: Bound, smsc: Smsc, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "ENQUIRE_SECONDS", 0.05)
    monkeypatch.setattr(session, "ANSWER_SECONDS", 0.3)
    await bound.ready()
    smsc.hang_up()
    await until(lambda: smsc.enquiries >= 2)
    smsc.deaf = True
    hanging = asyncio.create_task(bound.sms().send(text()))
    with pytest.raises((Unsure, Refused)):
        await asyncio.wait_for(hanging, 10)
    smsc.deaf = False
    await bound.ready()
    assert isinstance(await bound.sms().send(text()), Accepted)


async def test_the_window_is_kept_and_bulk_leaves_room_in_it_for_a_code(bound: Bound, smsc: Smsc) -> None:
    await bound.ready()
    smsc.rule = lambda to, _: "accept" if to == "+62899" else "stall"
    bulk = [asyncio.create_task(bound.sms("bulk").send(text(key=f"b{n}"))) for n in range(30)]
    others = [asyncio.create_task(bound.sms("transactional").send(text(key=f"t{n}"))) for n in range(30)]
    await until(lambda: smsc.unanswered == 9)
    assert isinstance(await asyncio.wait_for(bound.sms("code").send(text(to="+62899")), 3), Accepted)
    assert smsc.most_unanswered <= 10
    for task in (*bulk, *others):
        task.cancel()
    await asyncio.gather(*bulk, *others, return_exceptions=True)


@pytest.mark.parametrize(
    ("stat", "state"),
    [("DELIVRD", "delivered"), ("UNDELIV", "undelivered"), ("EXPIRED", "undelivered"), ("REJECTD", "undelivered")],
)
async def test_a_receipt_is_heard_and_acknowledged_when_it_is_stored(
    bound: Bound, smsc: Smsc, stat: str, state: str
) -> None:
    await bound.ready()
    number = smsc.receipt("m7", stat)
    await until(lambda: number in smsc.acknowledged)
    assert bound.heard == [Receipt(provider="op", reference="m7", state=state)]  # type: ignore[arg-type]
    assert smsc.acknowledged[number] == 0


async def test_a_receipt_by_its_fields_counts_and_one_under_way_tells_nothing(bound: Bound, smsc: Smsc) -> None:
    await bound.ready()
    smsc.deliver(esm_class=4, receipted_message_id="m9", message_state=2, short_message=b"?", source_addr="1")
    last = smsc.receipt("m9", "ACCEPTD")
    await until(lambda: last in smsc.acknowledged)
    assert bound.heard == [Receipt(provider="op", reference="m9", state="delivered")]


async def test_what_cannot_be_stored_is_to_be_told_again(bound: Bound, smsc: Smsc) -> None:
    await bound.ready()
    bound.broken = True
    number = smsc.receipt("m1", "DELIVRD")
    await until(lambda: number in smsc.acknowledged)
    assert smsc.acknowledged[number] != 0


@pytest.mark.parametrize(
    ("coding", "content", "said"),
    [
        (0, b"BERHENTI", "BERHENTI"),
        (8, "belum 1234 🙂".encode("utf-16-be"), "belum 1234 🙂"),
        (3, "sudah é".encode("latin-1"), "sudah é"),
    ],
)
async def test_a_reply_is_heard_the_same_when_it_is_told_twice(
    bound: Bound, smsc: Smsc, coding: int, content: bytes, said: str
) -> None:
    await bound.ready()
    for _ in range(2):
        last = smsc.deliver(source_addr="6281234567890", data_coding=coding, esm_class=0, short_message=content)
    await until(lambda: last in smsc.acknowledged)
    first, second = bound.heard
    assert isinstance(first, Reply)
    assert (first.phone, first.text) == ("6281234567890", said)
    assert first == second
    assert PHONE[1:] not in repr(first)


async def test_nonsense_ends_the_line_and_it_is_bound_again(bound: Bound, smsc: Smsc) -> None:
    await bound.ready()
    smsc._writers[-1].write(b"\xff" * 64)
    await until(lambda: len(smsc.binds) == 2)
    assert isinstance(await (await bound.ready()).send(text()), Accepted)
