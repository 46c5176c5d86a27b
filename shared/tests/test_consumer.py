"""The consumer on real Kafka and the real store: nothing lost, nothing twice, poison put aside with its bytes."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from shared import handling as module
from shared.consumer import Consumer
from shared.contracts.identity import AccountRegistered, RegistrationRepeated
from shared.deadletters import Poisoned
from shared.effects import Projection, Reactions
from shared.events import Envelope
from shared.kafka import Publisher
from shared.mongo import Client, Collection
from shared.redrive import redrive
from shared.testing import Bus, envelope

Start = Callable[..., Awaitable[asyncio.Task[None]]]
BORN = AccountRegistered(role="seeker", registered_at=datetime.now(UTC))
AGAIN = RegistrationRepeated(role="seeker")


@pytest.fixture
def copies(client: Client, prefix: str) -> Collection:
    return client[f"{prefix}_reader"].copies


@pytest.fixture
async def start(kafka_url: str, prefix: str, make_topics: Callable[..., Awaitable[None]]) -> AsyncIterator[Start]:
    """Start a member of the group `seeker` with the given reactions; stopped at the end."""
    await make_topics("identity", "seeker.retry", "seeker.dead")
    publisher, running, stopping = Publisher(kafka_url, client_id="test"), list[asyncio.Task[None]](), asyncio.Event()

    async def begin(reactions: Reactions) -> asyncio.Task[None]:
        member = Consumer(
            url=kafka_url, group="seeker", reactions=reactions, publisher=publisher, topic_prefix=prefix
        )
        running.append(asyncio.create_task(member.run(stopping)))
        return running[-1]

    yield begin
    stopping.set()
    for task in running:
        with contextlib.suppress(Poisoned, asyncio.CancelledError):
            await asyncio.wait_for(task, 15)
    await publisher.stop()


async def until(check: Callable[[], Awaitable[Any]], *, seconds: float = 20.0) -> Any:
    """What `check` finds, as soon as it finds something."""
    async with asyncio.timeout(seconds):
        while not (found := await check()):
            await asyncio.sleep(0.02)
        return found


def role_of(event: Envelope[Any]) -> dict[str, Any]:
    return {"role": event.data.role}


async def test_a_projection_follows_and_an_old_or_repeated_event_changes_nothing(
    bus: Bus, copies: Collection, start: Start
) -> None:
    officer = AccountRegistered(role="officer", registered_at=BORN.registered_at)
    await bus.publish(
        envelope(BORN, subject="a", sequence=1),
        envelope(officer, subject="a", sequence=2),
        envelope(BORN, subject="a", sequence=1),
        envelope(officer, subject="a", sequence=2),
        envelope(BORN, subject="b", sequence=1),
    )
    await start({AccountRegistered: Projection(collection=copies, shape=role_of)})
    await until(lambda: copies.find_one({"_id": "b"}))
    assert await copies.find_one({"_id": "a"}) == {"_id": "a", "role": "officer", "seq": 2}


async def test_poison_goes_aside_with_its_bytes_and_the_rest_goes_through(
    bus: Bus, copies: Collection, start: Start
) -> None:
    poison = b'{"type": "AccountRegistered.v1", \xff'
    await bus.publish_raw("identity", b"p", poison, [("traceparent", b"00-1")])
    await bus.publish(envelope(BORN, subject="a"))
    await start({AccountRegistered: Projection(collection=copies, shape=role_of)})
    await until(lambda: copies.find_one({"_id": "a"}))
    dead = (await until(lambda: bus.records("seeker.dead")))[0]
    headers = dict(dead.headers)
    assert (dead.value, dead.key, headers["traceparent"]) == (poison, b"p", b"00-1")
    assert headers["dead-topic"].decode().endswith("identity")
    assert headers["dead-error"].startswith(b"unreadable")


async def test_a_reaction_that_fails_for_a_while_is_tried_again_and_keeps_the_order(bus: Bus, start: Start) -> None:
    seen: list[int] = []

    async def react(event: Envelope[Any]) -> None:
        if len(seen) == 1 and not failed.is_set():
            failed.set()
            raise RuntimeError("once")
        seen.append(event.sequence)

    failed = asyncio.Event()
    await bus.publish(*(envelope(BORN, subject="a", sequence=number) for number in (1, 2, 3)))
    await start({AccountRegistered: react})

    async def all_seen() -> bool:
        return len(seen) == 3

    await until(all_seen)
    assert seen == [1, 2, 3]
    assert failed.is_set()


async def test_a_reaction_that_never_works_goes_aside_and_redrive_brings_it_back(
    bus: Bus, start: Start, kafka_url: str, prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.handling.RETRY_BUDGET", 0.3)
    healed, seen = asyncio.Event(), list[str]()

    async def react(event: Envelope[Any]) -> None:
        if not healed.is_set():
            raise RuntimeError("broken deploy")
        seen.append(event.id)

    sent = envelope(BORN, subject="a")
    await bus.publish(sent)
    await start({AccountRegistered: react})
    await until(lambda: bus.records("seeker.dead"))
    healed.set()
    assert await redrive(url=kafka_url, group="seeker", topic_prefix=prefix) == 1
    async with asyncio.timeout(20):
        while not seen:
            await asyncio.sleep(0.02)
    assert seen == [sent.id]


async def test_too_many_dead_in_a_row_stop_the_worker_instead_of_draining_the_topic(bus: Bus, start: Start) -> None:
    for number in range(40):
        await bus.publish_raw("identity", b"p", b"poison %d" % number)
    running = await start({AccountRegistered: role_only})
    with pytest.raises(Poisoned):
        await asyncio.wait_for(running, 20)
    assert len(await bus.records("seeker.dead")) < 40


async def test_a_type_without_a_reaction_is_passed_over(bus: Bus, copies: Collection, start: Start) -> None:
    await bus.publish(envelope(AGAIN, subject="a", sequence=1), envelope(BORN, subject="a", sequence=2))
    await start({AccountRegistered: Projection(collection=copies, shape=role_of)})
    found = await until(lambda: copies.find_one({"_id": "a"}))
    assert found["seq"] == 2


async def test_a_second_member_goes_on_where_the_first_stopped(
    bus: Bus, start: Start, kafka_url: str, prefix: str
) -> None:
    seen: list[str] = []

    async def react(event: Envelope[Any]) -> None:
        seen.append(event.subject)

    publisher, stopping = Publisher(kafka_url, client_id="first"), asyncio.Event()
    first = Consumer(
        url=kafka_url,
        group="seeker",
        reactions={AccountRegistered: react},
        publisher=publisher,
        topic_prefix=prefix,
    )
    running = asyncio.create_task(first.run(stopping))
    await bus.publish(envelope(BORN, subject="a"))
    async with asyncio.timeout(20):
        while seen != ["a"]:
            await asyncio.sleep(0.02)
    stopping.set()
    await running
    await publisher.stop()
    await bus.publish(envelope(BORN, subject="b"))
    await start({AccountRegistered: react})
    async with asyncio.timeout(60):  # a first that could not say goodbye is given up after its session timeout
        while seen[-1] != "b":
            await asyncio.sleep(0.02)
    assert seen == ["a", "b"]


async def role_only(event: Envelope[Any]) -> None:
    role_of(event)


async def test_a_try_that_ends_at_its_deadline_while_the_store_is_away_is_no_fault_of_the_record(
    kafka_url: str,
    prefix: str,
    bus: Bus,
    make_topics: Callable[..., Awaitable[None]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A store that takes questions and answers none looks like a handler that is too slow."""
    monkeypatch.setattr(module, "HANDLER_DEADLINE", 0.1)
    monkeypatch.setattr(module, "RETRY_BUDGET", 0.3)
    monkeypatch.setattr(module, "PROBE_SECONDS", 0.1)
    await make_topics("identity", "seeker.retry", "seeker.dead")
    answers, done, tries = asyncio.Event(), list[str](), list[str]()

    async def react(event: Envelope[Any]) -> None:
        tries.append(event.id)
        await answers.wait()
        done.append(event.subject)

    publisher, stopping = Publisher(kafka_url, client_id="test"), asyncio.Event()
    member = Consumer(
        url=kafka_url,
        group="seeker",
        reactions={AccountRegistered: react},
        publisher=publisher,
        topic_prefix=prefix,
        probe=answers.wait,
    )
    running = asyncio.create_task(member.run(stopping))
    await bus.publish(envelope(BORN, subject="a"))
    await until(_true_when(lambda: member.waiting_for == "store"))
    tried = len(tries)
    await until(_true_when(lambda: len(tries) > tried))  # its budget is spent, and it is tried all the same
    answers.set()
    await until(_true_when(lambda: done == ["a"]))
    stopping.set()
    await asyncio.wait_for(running, 15)
    await publisher.stop()
    assert await bus.records("seeker.dead") == []


def _true_when(check: Callable[[], bool]) -> Callable[[], Awaitable[bool]]:
    async def ask() -> bool:
        return check()

    return ask


async def test_a_record_that_only_just_fits_its_topic_is_put_aside_without_its_bytes(bus: Bus, start: Start) -> None:
    """Our headers do not fit in beside it; they say where it lies, and those behind it go on."""
    await bus.publish_raw("identity", b"a", b"x" * 1_048_400)
    await bus.publish(envelope(BORN, subject="a"))
    seen: list[str] = []

    async def react(event: Envelope[Any]) -> None:
        seen.append(event.subject)

    await start({AccountRegistered: react})
    await until(_true_when(lambda: seen == ["a"]))
    [aside] = await bus.records("seeker.dead")
    headers = dict(aside.headers)
    assert (aside.value, headers["dead-offset"], "dead-too-big" in headers) == (b"", b"0", True)
