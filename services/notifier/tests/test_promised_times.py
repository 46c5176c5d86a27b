"""What counts as late: by the event, by the morning, by an officer's word; never what was meant to wait."""

from datetime import UTC, datetime, timedelta

import pytest

from services.notifier import measures
from services.notifier.domain import ChannelName, Lane, wanted_since
from services.notifier.tests.conftest import House
from services.notifier.tests.events import SEEKER, application, code
from shared.contracts.application import ApplicationRejected

NOW = datetime.now(UTC)
LONG_AGO = NOW - timedelta(hours=9)


def missed(channel: ChannelName = "sms", lane: Lane = "transactional") -> float:
    return float(measures.missed.labels(channel, lane)._value.get())


@pytest.mark.parametrize(
    ("row", "since"),
    [
        ({"event_time": NOW}, NOW),
        ({"event_time": LONG_AGO, "awake_at": NOW}, NOW),
        ({"event_time": LONG_AGO, "again": {"at": NOW}}, NOW),
        ({"event_time": LONG_AGO, "again": {"at": LONG_AGO}, "awake_at": NOW}, NOW),
    ],
)
def test_a_message_is_wanted_from_when_it_could_have_been_told(row: dict[str, object], since: datetime) -> None:
    assert wanted_since(row) == since


async def test_a_message_that_came_late_is_counted_and_one_in_time_is_not(house: House) -> None:
    await house.knows(SEEKER, name="Siti", phone="+6281234567890", email="siti@contoh.id")
    before = missed(), missed("email")
    await house.plan(application(ApplicationRejected))
    house.start()
    await house.until_ended()
    assert (missed(), missed("email")) == before
    await house.plan(application(ApplicationRejected, 2), event_time=LONG_AGO)
    await house.until_ended()
    assert (missed(), missed("email")) == (before[0] + 1, before[1] + 1)


async def test_bulk_is_promised_no_time(house: House) -> None:
    await house.knows(SEEKER, name="Siti", phone="+6281234567890", email="siti@contoh.id")
    before = missed(lane="bulk")
    await house.plan(application(ApplicationRejected), event_time=LONG_AGO, lane="bulk")
    house.start()
    assert await house.until_ended() == {"sent": 2}
    assert missed(lane="bulk") == before


async def test_a_code_that_died_before_anybody_took_it_was_late(house: House) -> None:
    before = missed(lane="code")
    await house.plan(await code(house.vault, seconds=-1))
    house.start()
    assert await house.until_ended() == {"expired": 1}
    assert missed(lane="code") == before + 1


async def test_what_waited_for_the_morning_is_not_late(house: House) -> None:
    await house.knows(SEEKER, name="Siti", phone="+6281234567890", email="siti@contoh.id")
    before = missed()
    await house.plan(application(ApplicationRejected), event_time=LONG_AGO)
    await house.store.messages.update_many({}, {"$set": {"awake_at": datetime.now(UTC)}})
    house.start()
    assert await house.until_ended() == {"sent": 2}
    assert missed() == before
