"""Many new applications, few mails: each application told once, whoever dies in between."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.notifier.gathering import Gatherer
from services.notifier.planner import plan
from services.notifier.store import MessageStore
from services.notifier.tests.conftest import House
from services.notifier.tests.events import EMPLOYER, OWNER, SEEKER, application
from shared.mongo import Client

RATNA = "ratna@contoh.id"


class Clock:
    """The time as a test has it."""

    def __init__(self) -> None:
        self.at = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
async def office(house: House, client: Client) -> House:
    """A notifier that gathers, with the employer known."""
    house.store = MessageStore(client[house.settings.database], gathers=True)
    await house.knows(EMPLOYER, "employer-contact", owner=OWNER, name="Bu Ratna", email=RATNA)
    await house.knows(SEEKER, name="Siti", email="siti@contoh.id")
    return house


async def told(house: House, *numbers: int) -> None:
    """Applications come in."""
    for number in numbers:
        await house.store.add([one for one in plan(application(number=number)) if one.template == "new_application"])


async def again_due(house: House) -> None:
    """The hour is over by the store's clock."""
    waiting = {"gather_at": {"$exists": True}}
    await house.store.messages.update_many(waiting, {"$set": {"gather_at": datetime(1970, 1, 1, tzinfo=UTC)}})


def text(mail: Any) -> str:
    payload = mail.parsed.get_payload()[0].get_payload(decode=True)
    return str(payload.decode())


async def test_the_first_comes_at_once_and_those_of_the_next_hour_in_one_mail(office: House) -> None:
    clock = Clock()
    gatherer = Gatherer(office.store, seconds=3600, now=clock)
    office.start()
    await told(office, 1)
    await gatherer.gather()
    await office.until_ended()
    assert [mail.parsed["Subject"] for mail in office.mail.to(RATNA)] == ["Ada lamaran baru untuk Anda"]
    await told(office, 2, 3, 4)
    await gatherer.gather()
    waiting = [row async for row in office.store.messages.find({"state": "waiting"})]
    assert {row["gather_at"] - clock.at > timedelta(minutes=59) for row in waiting} == {True}
    clock.at += timedelta(hours=1, seconds=1)
    await again_due(office)
    await gatherer.gather()
    assert await office.until_ended() == {"sent": 2, "gathered": 2}
    second = office.mail.to(RATNA)[1]
    assert second.parsed["Subject"] == "3 lamaran baru untuk Anda"
    said = text(second)
    assert all(f"LMR-2026-00000{number}" in said for number in (2, 3, 4))
    assert "Baca semua lamaran: https://si-caker.example/pelamar\r\n" in said


async def test_two_employers_do_not_wait_for_each_other(office: House) -> None:
    await office.knows("emp_other", "employer-contact", owner="acc_other", name="Pak Joko", email="joko@contoh.id")
    gatherer = Gatherer(office.store, seconds=3600)
    office.start()
    await told(office, 1)
    await office.store.add(
        [one for one in plan(application(number=2, employer_id="emp_other")) if one.template == "new_application"]
    )
    await gatherer.gather()
    assert await office.until_ended() == {"sent": 2}
    assert len(office.mail.to("joko@contoh.id")) == 1


async def test_whoever_dies_between_the_steps_leaves_nothing_untold_and_tells_nothing_twice(office: House) -> None:
    events = [application(number=number) for number in (1, 2, 3)]
    planned = [one for event in events for one in plan(event) if one.template == "new_application"]
    await office.store.add(planned)
    rows = [row async for row in office.store.messages.find({}).sort("event_time", 1)]
    leader, follower = rows[0]["_id"], rows[1]["_id"]
    dead = {"$set": {"state": "gathered", "into": leader}, "$unset": {"gather_at": ""}}
    await office.store.messages.update_one({"_id": follower}, dead)
    await office.store.add(planned)  # the events come again
    office.start()
    await Gatherer(office.store, seconds=3600).gather()
    assert await office.until_ended() == {"sent": 1, "gathered": 2}
    (mail,) = office.mail.to(RATNA)
    assert all(f"LMR-2026-00000{number}" in text(mail) for number in (1, 2, 3))


async def test_of_very_many_the_first_are_named_and_the_rest_counted(office: House) -> None:
    await told(office, *range(10, 35))
    office.start()
    await Gatherer(office.store, seconds=3600).gather()
    await office.until_ended()
    (mail,) = office.mail.to(RATNA)
    assert "Dan 15 lagi." in text(mail)


async def test_a_message_that_waited_too_long_is_not_sent(office: House) -> None:
    old = application(number=1)
    old = old.model_copy(update={"time": old.time - timedelta(days=2)})
    await office.store.add([one for one in plan(old) if one.template == "new_application"])
    office.start()
    await Gatherer(office.store, seconds=3600).gather()
    assert await office.until_ended() == {"expired": 1}
