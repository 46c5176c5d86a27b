"""Several providers of one channel: shared by weight, followed by the next when one refuses, held to when one may
have the message, and kept within their rate and their money."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator
from typing import Any

import pytest

from services.notifier.channels.purse import Price, Purse
from services.notifier.channels.rate import Bucket
from services.notifier.channels.segments import segments
from services.notifier.domain import Lane
from services.notifier.store import MessageStore
from services.notifier.tests.conftest import House, until
from services.notifier.tests.events import SEEKER, application, code
from services.notifier.tests.providers.json_sms import SmsProvider
from services.notifier.tests.providers.zenziva import ZenzivaProvider
from shared.contracts.application import ApplicationHired

PHONE = "+6281234567890"


@pytest.fixture
async def second() -> AsyncIterator[SmsProvider]:
    provider = SmsProvider()
    await provider.start()
    yield provider
    await provider.stop()


@pytest.fixture
async def keyless() -> AsyncIterator[ZenzivaProvider]:
    provider = ZenzivaProvider()
    await provider.start()
    yield provider
    await provider.stop()


def by_json(name: str, provider: SmsProvider, **more: Any) -> dict[str, Any]:
    url = f"http://127.0.0.1:{provider.port}/sms"
    return {"name": name, "kind": "json", "url": url, "password": "secret", **more}


def by_zenziva(provider: ZenzivaProvider, **more: Any) -> dict[str, Any]:
    url = f"http://127.0.0.1:{provider.port}/api/sendsms/"
    return {"name": "keyless", "kind": "zenziva", "url": url, "user": "u", "password": "p", **more}


async def texting(house: House, *providers: dict[str, Any], messages: int, lane: Lane = "transactional") -> None:
    """A sender with these providers, and so many SMS planned for a person with a phone."""
    house.settings = house.settings.model_copy(update={"providers": json.dumps(providers)})
    await house.knows(SEEKER, name="Siti", phone=PHONE)
    house.start()
    await house.plan(*(application(ApplicationHired, number) for number in range(messages)), lane=lane)


async def sms_states(house: House) -> Counter[tuple[str, str | None]]:
    found: Counter[tuple[str, str | None]] = Counter()
    async for row in house.store.messages.find({"channel": "sms"}):
        found[row["state"], row.get("provider")] += 1
    return found


async def all_texted(house: House, *, seconds: float = 20.0) -> Counter[tuple[str, str | None]]:
    async def ended() -> Any:
        found = await sms_states(house)
        return found if all(state != "waiting" for state, _ in found) else None

    ended_as: Counter[tuple[str, str | None]] = await until(ended, seconds=seconds)
    return ended_as


async def test_two_providers_share_by_weight(house: House, second: SmsProvider) -> None:
    await texting(house, by_json("one", house.sms, weight=9), by_json("two", second), messages=120)
    ended = await all_texted(house)
    assert ended["sent", "one"] == len(house.sms.sent) > 3 * ended["sent", "two"] > 0
    assert len(house.sms.sent) + len(second.sent) == 120


async def test_the_next_provider_takes_at_once_what_one_refuses_for_now(house: House, second: SmsProvider) -> None:
    house.sms.rule = lambda _, __: "503"
    await texting(house, by_json("one", house.sms, weight=100), by_json("two", second), messages=30)
    assert await all_texted(house) == {("sent", "two"): 30}
    assert await house.store.messages.count_documents({"channel": "sms", "attempts": 1}) == 30
    assert sum(house.sms.tries.values()) < 30, "a provider that failed ten times is left alone"


async def test_a_refusal_for_good_is_not_taken_elsewhere(house: House, second: SmsProvider) -> None:
    house.sms.rule = lambda _, __: "400"
    await texting(house, by_json("one", house.sms), by_json("two", second, weight=0), messages=3)
    assert await all_texted(house) == {("failed", None): 3}
    assert second.tries == {}


async def test_a_message_that_a_provider_may_have_stays_with_it(house: House, second: SmsProvider) -> None:
    house.sms.rule = lambda _, before: "drop" if before < 8 else "accept"
    await texting(house, by_json("one", house.sms), by_json("two", second), messages=40)
    ended = await all_texted(house)
    assert sum(ended.values()) == len(house.sms.sent) + len(second.sent) == 40
    assert not house.sms.sent.keys() & second.sent.keys(), "told by two providers"
    assert len(house.sms.requests) == len(house.sms.sent) + 8


async def test_where_no_key_is_kept_a_receipt_gets_time_before_the_same_is_sent_again(
    house: House, keyless: ZenzivaProvider, second: SmsProvider
) -> None:
    keyless.rule = lambda _, __: "drop"
    await texting(house, by_zenziva(keyless), by_json("two", second, weight=0), messages=1)
    put_off = await until(lambda: house.store.messages.find_one({"channel": "sms", "attempts": 1}))
    assert put_off["provider"] == "keyless"
    again = await house.store.messages.find_one({"_id": put_off["_id"]})
    assert again is not None
    assert (again["send_at"] - again["created_at"]).total_seconds() > 100
    assert second.requests == []
    assert len(keyless.requests) == 1


async def test_a_provider_that_comes_back_gets_its_part_again(house: House, second: SmsProvider) -> None:
    down = True
    house.sms.rule = lambda _, __: "503" if down else "accept"
    await texting(house, by_json("one", house.sms, weight=100), by_json("two", second), messages=20)
    await all_texted(house)
    down = False

    async def back() -> bool:
        number = 1000 + sum(house.sms.tries.values()) + len(second.requests)
        await house.plan(application(ApplicationHired, number))
        await all_texted(house)
        return bool(house.sms.sent)

    await until(back)


@pytest.mark.parametrize("lane", ["bulk", "transactional"])
async def test_a_rate_that_others_use_up_keeps_room_for_a_code(house: House, lane: Lane) -> None:
    await texting(house, by_json("slow", house.sms, per_second=4), messages=200, lane=lane)
    await until(lambda: len(house.sms.requests) >= 6)
    await house.plan(await code(house.vault, phone="+6281999999999"))
    await until(lambda: house.sms.to("+6281999999999"), seconds=3.0)
    assert await house.store.messages.count_documents({"channel": "sms", "lane": lane, "state": "waiting"}) > 150


async def test_what_a_day_may_cost_is_not_exceeded_and_a_code_still_goes_out(house: House) -> None:
    costly = by_json("costly", house.sms, rupiah_per_segment=300, daily_rupiah=3000)
    await texting(house, costly, messages=20)
    await until(lambda: house.store.messages.find_one({"channel": "sms", "code": "no_money"}))
    await until(lambda: len(house.sms.requests) == 9)
    await house.plan(await code(house.vault, phone="+6281999999999"))
    await until(lambda: house.sms.to("+6281999999999"))
    assert len(house.sms.requests) == 10
    costs = await house.store.costs.find_one({})
    assert costs is not None
    assert (costs["rupiah"], costs["segments"]) == (3000, 10)


async def test_what_a_provider_refused_costs_nothing(house: House, store: MessageStore) -> None:
    house.sms.rule = lambda _, before: "503" if before < 3 else "accept"
    await texting(house, by_json("costly", house.sms, rupiah_per_segment=300, daily_rupiah=10_000), messages=2)
    await all_texted(house)
    costs = await store.costs.find_one({})
    assert costs is not None
    assert costs["rupiah"] == 600


async def test_the_money_of_a_day_holds_when_many_pay_at_once(store: MessageStore) -> None:
    purses = [Purse(costs=store.costs, provider="p", price=Price(segment=100, daily=1000)) for _ in range(3)]
    paid = await asyncio.gather(*(purses[number % 3].pay(1, "code") for number in range(40)))
    assert sum(paid) <= 10
    assert await purses[0].spent() == 100 * sum(paid)


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_bucket_gives_what_its_rate_allows_and_keeps_the_last_for_codes() -> None:
    clock = Clock()
    bucket = Bucket(10.0, clock)
    assert sum(bucket.take("bulk") for _ in range(20)) == 7
    assert sum(bucket.take("transactional") for _ in range(20)) == 2
    assert sum(bucket.take("code") for _ in range(20)) == 1
    assert bucket.wait("code") == pytest.approx(0.1)
    clock.now = 0.1
    assert (bucket.take("code"), bucket.take("code")) == (True, False)
    assert bucket.wait("bulk") > bucket.wait("transactional") > bucket.wait("code")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("a" + "€" * 80, 2),
        ("[" * 76 + "a" + "[" * 76, 2),
        ("[" * 77 + "[" * 76 + "a", 3),
        ("é" * 160, 1),
        ("ą" * 70, 1),
        ("ą" * 71, 2),
        ("ą" * 134, 2),
        ("ą" * 135, 3),
        ("🙂" * 35, 1),
        ("🙂" * 36, 2),
        ("🙂" * 67, 3),
    ],
)
def test_segments_are_counted_as_providers_charge_them(text: str, count: int) -> None:
    assert segments(text) == count
