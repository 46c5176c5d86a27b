"""Who cannot be reached over the one channel that was planned is reached over the other, once; and only then."""

import pytest

from services.notifier.addresses import address_index
from services.notifier.channels.channel import Outgoing
from services.notifier.suppression import Suppression
from services.notifier.tests.conftest import House
from services.notifier.tests.events import EMPLOYER, OWNER, SEEKER, application, saved, vacancy
from shared.contracts.application import ApplicationHired
from shared.contracts.seeker import SavedVacancyClosingSoon
from shared.contracts.vacancy import VacancyReturned
from shared.testing import TEST_KEY

LATER = "2126-11-24T10:00:00Z"
PHONE, RATNA = "+6281234567890", "ratna@contoh.id"
NEWS = "Si-Caker: ada kabar baru untuk Anda. Silakan buka akun Anda saat sempat: https://si-caker.example/lamaran"


async def by_channel(house: House) -> dict[str, tuple[str, str | None]]:
    return {row["channel"]: (row["state"], row.get("code")) async for row in house.store.messages.find({})}


async def test_an_employer_without_an_address_gets_an_sms_that_tells_nothing_but_that_there_is_news(
    house: House,
) -> None:
    await house.knows(EMPLOYER, "employer-contact", owner=OWNER, name="Bu Ratna", phone=PHONE)
    house.start()
    await house.plan(vacancy(VacancyReturned))
    await house.until_ended()
    assert await by_channel(house) == {"email": ("skipped", "channel_not_known"), "sms": ("sent", None)}
    assert house.sms.texts(PHONE) == [NEWS]


async def test_a_mail_that_is_refused_for_good_is_followed_by_one_sms_however_often_it_is_planned(
    house: House,
) -> None:
    await house.knows(EMPLOYER, "employer-contact", owner=OWNER, name="Bu Ratna", phone=PHONE, email=RATNA)
    house.mail.rule = lambda _, __: "550"
    house.start()
    event = vacancy(VacancyReturned)
    for _ in range(2):
        await house.plan(event)
        await house.until_ended()
    assert await by_channel(house) == {"email": ("failed", "smtp_550"), "sms": ("sent", None)}
    assert house.sms.texts(PHONE) == [NEWS]


async def test_whoever_cannot_be_reached_either_way_is_given_up(house: House) -> None:
    await house.knows(EMPLOYER, "employer-contact", owner=OWNER, name="Bu Ratna", phone=PHONE, email=RATNA)
    house.mail.rule = lambda _, __: "550"
    house.sms.rule = lambda _, __: "400"
    house.start()
    await house.plan(vacancy(VacancyReturned))
    assert await house.until_ended() == {"failed": 2}


async def test_news_that_people_may_do_without_and_what_goes_both_ways_anyway_have_no_stand_in(house: House) -> None:
    await house.knows(SEEKER, name="Siti", phone=PHONE, email="siti@contoh.id")
    house.mail.rule = lambda _, __: "550"
    house.start()
    await house.plan(saved(SavedVacancyClosingSoon, closes_at=LATER), application(ApplicationHired))
    assert await house.until_ended() == {"failed": 2, "sent": 1}
    assert len(house.sms.requests) == 1


@pytest.mark.parametrize(
    ("reason", "states"),
    [
        ("bounced", {"closing_soon": "skipped", "hired": "skipped"}),
        ("complained", {"closing_soon": "skipped", "hired": "sent"}),
    ],
)
async def test_an_address_that_bounced_gets_nothing_and_one_that_complained_only_its_own_affairs(
    house: House, reason: str, states: dict[str, str]
) -> None:
    await house.knows(SEEKER, name="Siti", email="Siti@Contoh.id")
    suppression = Suppression(house.store.suppressed)
    for _ in range(2):
        await suppression.add(address_index(TEST_KEY, "email", "siti@contoh.id"), reason, "email")  # type: ignore[arg-type]
    house.start()
    await house.plan(saved(SavedVacancyClosingSoon, closes_at=LATER), application(ApplicationHired))
    await house.until_ended()
    found = {row["template"]: row["state"] async for row in house.store.messages.find({"channel": "email"})}
    assert found == states
    await suppression.lift(address_index(TEST_KEY, "email", "siti@contoh.id"))
    await house.plan(saved(SavedVacancyClosingSoon, closes_at=LATER))
    await house.until_ended()
    assert len(house.mail.to("Siti@Contoh.id")) == (1 if reason == "bounced" else 2)


def test_an_address_is_the_same_however_it_is_written() -> None:
    assert address_index(TEST_KEY, "sms", "0812 3456 7890") == address_index(TEST_KEY, "sms", PHONE)
    assert address_index(TEST_KEY, "sms", PHONE) != address_index(TEST_KEY, "email", PHONE)
    assert PHONE not in repr(Outgoing(key="k", to=PHONE, text="", created_at=None))  # type: ignore[arg-type]
