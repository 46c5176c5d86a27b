"""F4, F12, F23 over several providers and over SMPP: who refuses is followed by the next, who may have a message
keeps it, and a sender that dies costs at most what was on its way."""

import json
from collections import Counter
from collections.abc import AsyncIterator
from typing import Any

import pytest

from services.notifier.tests.providers.smpp import Smsc
from tests.promises.sinks import SmsSink
from tests.promises.stage import API, RELAY, SENDER, Stage
from tests.promises.traps import kill
from tests.promises.waiting import until

pytestmark = pytest.mark.promises
WINDOW = 10
BIND = {"password": "p", "sender": "SICAKER", "window": WINDOW}
SEEKERS, VACANCIES = 5, 8


@pytest.fixture
async def smsc() -> AsyncIterator[Smsc]:
    server = Smsc()
    await server.start()
    yield server
    await server.stop()


def by_json(name: str, sink: SmsSink, weight: int) -> dict[str, Any]:
    url = f"http://127.0.0.1:{sink.port}/sms"
    return {"name": name, "kind": "json", "url": url, "password": "secret", "weight": weight}


async def test_f12_one_of_two_providers_fails_in_every_way(stage: Stage) -> None:
    """What one refuses the other takes; what one may have, the other never gets."""
    spare = SmsSink()
    await spare.start()
    ways = ("503 1", "hide", "drop", "garbage", "500")
    stage.sms.rule = lambda to, tried: ways[tried % len(ways)] if tried < 6 else "accept"
    stage.settings["PROVIDERS"] = json.dumps([by_json("main", stage.sms, 3), by_json("spare", spare, 1)])
    try:
        await stage.start(API, RELAY, SENDER)
        await stage.prepare(seekers=SEEKERS, vacancies=VACANCIES)
        await stage.load(rate=20)
        await until(lambda: _none_waits(stage), what="every message", seconds=120)
        both = {one.key for one in stage.sms.taken} & {one.key for one in spare.taken}
        assert not both, "told by two providers"
        assert len(stage.sms.taken) + len(spare.taken) == SEEKERS * VACANCIES
        assert spare.taken
        assert stage.sms.folded > 0, "no answer was hidden"
    finally:
        await spare.stop()


async def test_f04_f23_a_sender_killed_on_an_smpp_line_repeats_at_most_its_window(stage: Stage, smsc: Smsc) -> None:
    line = {"name": "op", "kind": "smpp", "url": f"smpp://127.0.0.1:{smsc.port}", "user": "u"}
    stage.settings["PROVIDERS"] = json.dumps([{**line, **BIND}])
    await stage.start(API, RELAY, SENDER)
    await stage.prepare(seekers=SEEKERS, vacancies=VACANCIES)
    act, killed = kill(stage.processes[SENDER].pid), False

    def rule(_: str, __: int) -> str:
        nonlocal killed
        if len(smsc.submitted) >= 12 and not killed:
            killed = True
            act()
        return "0x58" if len(smsc.submitted) % 7 == 3 and sum(smsc.tries.values()) % 2 else "accept"

    smsc.rule = rule
    await stage.load(rate=40)
    await until(lambda: killed, what="the kill")
    stage.processes[SENDER].wait(5.0)
    await stage.start(SENDER)
    await until(lambda: _none_waits(stage), what="every message", seconds=120)
    got = Counter(one.destination_addr for one in smsc.submitted)
    assert len(got) == SEEKERS
    assert min(got.values()) >= VACANCIES
    assert sum(got.values()) - SEEKERS * VACANCIES <= WINDOW
    messages = stage.database("notifier").messages
    assert await messages.count_documents({"channel": "sms", "state": "sent"}) == SEEKERS * VACANCIES


async def _none_waits(stage: Stage) -> bool:
    messages = stage.database("notifier").messages
    planned = await messages.count_documents({"channel": "sms"})
    return planned == SEEKERS * VACANCIES and not await messages.count_documents(
        {"channel": "sms", "state": "waiting"}
    )
