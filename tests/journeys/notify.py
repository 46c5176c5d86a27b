"""`make demo-notify`: messages over every kind of provider, each of which stalls, refuses, lies and recovers in its
own way; printed with the states that a message goes through. Needs nothing but a store of its own."""

import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from deploy.local.parts import start_store
from services.notifier.heard import Complaint, Receipt, Received, Reply
from services.notifier.tests.conftest import until
from services.notifier.tests.events import EMPLOYER, OWNER, SEEKER, application, code, vacancy
from services.notifier.tests.providers.json_sms import SmsProvider
from services.notifier.tests.providers.smpp import Smsc
from services.notifier.tests.providers.whatsapp import WhatsAppProvider
from shared.contracts.application import ApplicationHired
from shared.contracts.vacancy import VacancyReturned
from tests.journeys.notifier_alone import PHONE, by_json, hired, house_at, states, told, up

MAIL = "ratna@contoh.id"
RECEIPTS: tuple[Received, ...] = ("delivered", "undelivered", "delivered")
Say = Callable[[str], None]
Place = Callable[..., Any]


async def by_mail(place: Place, say: Say) -> None:
    """A mail server puts off, takes, and says the next day that nobody is there: an SMS follows."""
    async with place() as house:
        house.mail.rule = lambda _, before: "450" if before < 2 else "accept"
        await house.knows(EMPLOYER, "employer-contact", owner=OWNER, name="Bu Ratna", email=MAIL, phone=PHONE)
        await house.plan(vacancy(VacancyReturned))
        await house.until_ended()
        say(f"the mail server said 450 twice and then took it: {await states(house)}")
        reference = house.mail.to(MAIL)[0].parsed["Message-ID"]
        bounced = Receipt(provider="smtp", state="undelivered", reference=reference, code="dsn_5.1.1")
        await told(house, bounced, bounced, Complaint(provider="smtp", address=MAIL, reason="bounced"))
        await house.until_ended()
        say(f"it bounced (told twice), so an SMS goes out once: {await states(house)}")
        assert len(house.sms.to(PHONE)) == 1


async def a_provider_that_stalls(place: Place, say: Say) -> None:
    """It takes the message and never answers: nobody else is asked, and the repeat reaches nobody twice."""
    async with AsyncExitStack() as stack:
        spare = await up(stack, SmsProvider())
        house = await stack.enter_async_context(place(lambda sms: [by_json("main", sms), by_json("spare", spare, 0)]))
        house.sms.rule = lambda _, before: "stall" if before == 0 else "accept"
        await hired(house)
        row = await until(lambda: house.store.messages.find_one({"channel": "sms", "attempts": 1}))
        say(f"no answer within 10 s: {row['state']}, stays with {row['provider']} ({row['code']})")
        await house.until_ended()
        say(f"asked again under the same key: {await states(house)}; people got {len(house.sms.sent)}, spare 0")
        assert (len(house.sms.sent), spare.tries) == (1, {})


async def a_provider_that_refuses(place: Place, say: Say) -> None:
    """It says no for certain: the spare takes the message in the same try; then it recovers."""
    async with AsyncExitStack() as stack:
        spare = await up(stack, SmsProvider())
        house = await stack.enter_async_context(place(lambda sms: [by_json("main", sms), by_json("spare", spare, 0)]))
        house.sms.rule = lambda _, before: "503" if before < 10 else "accept"
        for number in range(12):
            await hired(house, number)
        await house.until_ended()
        say(f"main said 503 ten times and is left alone, spare took {len(spare.sent)}: {await states(house)}")

        async def back() -> bool:
            await hired(house, 100 + len(spare.sent) + len(house.sms.sent))
            await house.until_ended()
            return bool(house.sms.sent)

        await until(back)
        say("a probe found main back: it takes messages again")


async def a_provider_that_lies(place: Place, say: Say) -> None:
    """Its answer is nonsense, and then it says contrary things."""
    async with place() as house:
        house.sms.rule = lambda _, before: "garbage" if before == 0 else "accept"
        await hired(house)
        await house.until_ended()
        say(f"a 200 that is no answer counts as uncertain, the repeat as the same: {await states(house)}")
        key = house.sms.requests[0].content["key"]
        for state in RECEIPTS:
            await told(house, Receipt(provider="sms", state=state, key=key))
        say(f"receipts: delivered, undelivered, delivered; it stays {await states(house)}")
        assert await states(house) == {"email": "skipped", "sms": "delivered"}


async def by_smpp(place: Place, say: Say) -> None:
    """Throttled, taken, and the line breaks; the receipt comes over the next one."""
    async with AsyncExitStack() as stack:
        smsc = await up(stack, Smsc())
        line = {"name": "operator", "kind": "smpp", "url": f"smpp://127.0.0.1:{smsc.port}", "user": "u"}
        line |= {"password": "p", "sender": "SICAKER"}
        house = await stack.enter_async_context(place(lambda _: [line]))
        smsc.rule = lambda _, before: "0x58" if before < 2 else "accept"
        await until(lambda: smsc.binds)
        await hired(house)
        await house.until_ended()
        say(f"throttled twice, then taken as {smsc.tries}: {await states(house)}")
        smsc.hang_up()
        await until(lambda: len(smsc.binds) == 2)
        number = smsc.receipt("m1", "DELIVRD")
        await until(lambda: number in smsc.acknowledged)
        say(f"the line broke and was bound again; a receipt came over it: {await states(house)}")


async def by_whatsapp(place: Place, say: Say) -> None:
    """A number without WhatsApp gets an SMS in the same try."""
    async with AsyncExitStack() as stack:
        cloud = await up(stack, WhatsAppProvider())
        wa: dict[str, Any] = {
            "name": "wa",
            "kind": "whatsapp",
            "url": f"http://127.0.0.1:{cloud.port}/v21.0/1",
            "password": "p",
        }
        wa |= {"template": "kabar", "weight": 100}
        house = await stack.enter_async_context(place(lambda sms: [wa, by_json("sms", sms, 0)]))
        cloud.rule = lambda _, before: "131026" if before == 0 else "accept"
        await hired(house)
        await house.until_ended()
        say(f"not on WhatsApp, so by SMS: {await states(house)} (SMS {len(house.sms.sent)}, WhatsApp 0)")
        await hired(house, 2)
        await house.until_ended()
        say(f"the next one by WhatsApp: SMS {len(house.sms.sent)}, WhatsApp {len(cloud.requests)}")


async def a_code_beside_bulk(place: Place, say: Say) -> None:
    """A provider of 5 messages a second with 2,000 bulk messages before it."""
    async with place(lambda sms: [{**by_json("slow", sms), "per_second": 5}]) as house:
        await house.knows(SEEKER, name="Siti", phone=PHONE)
        await house.plan(*(application(ApplicationHired, number) for number in range(2000)), lane="bulk")
        await until(lambda: len(house.sms.requests) >= 5)
        begun = time.monotonic()
        await house.plan(await code(house.vault, phone="+6281999999999"))
        await until(lambda: house.sms.to("+6281999999999"))
        waiting = await house.store.messages.count_documents({"channel": "sms", "state": "waiting"})
        say(f"a code went out after {time.monotonic() - begun:.2f} s, before {waiting} bulk messages")


async def replies(place: Place, say: Say) -> None:
    """What people answer by SMS."""
    async with place() as house:
        await hired(house)
        await house.until_ended()
        for number, text in enumerate(("blm. 12ab", "Belum", "brhenti", "apa kabar semua di sana", "mulai")):
            before = len(house.sms.texts(PHONE))
            await told(house, Reply(provider="sms", id=f"mo-{number}", phone="081234567890", text=text))
            await house.until_ended()
            answer = house.sms.texts(PHONE)[before:]
            say(f'"{text}" -> {answer[0] if answer else "published for whoever asked"}')


SCENES: tuple[Callable[[Place, Say], Awaitable[None]], ...] = (
    by_mail,
    a_provider_that_refuses,
    a_provider_that_stalls,
    a_provider_that_lies,
    by_smpp,
    by_whatsapp,
    a_code_beside_bulk,
    replies,
)


async def demo(store_url: str) -> None:
    begun = time.monotonic()
    for number, scene in enumerate(SCENES):
        print(f"\n{scene.__name__.replace('_', ' ')}: {(scene.__doc__ or '').strip()}")

        def place(providers: Any = None, number: int = number) -> Any:
            return house_at(store_url, number, providers)

        await scene(place, lambda line: print(f"{time.monotonic() - begun:7.2f} s  {line}", flush=True))


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="si-caker-demo-") as folder:
        store = start_store(Path(folder))
        try:
            asyncio.run(demo(store.url))
        except (AssertionError, TimeoutError) as error:
            sys.exit(f"the demo failed: {error}")
        finally:
            store.stop()


if __name__ == "__main__":
    main()
