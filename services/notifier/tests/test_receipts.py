"""What became of a message is known from receipts that come early, late, twice and in any order: it only goes
forward."""

import pytest

from services.notifier.addresses import address_index
from services.notifier.heard import Receipt, Received
from services.notifier.main import intake
from services.notifier.tests.conftest import House, until
from services.notifier.tests.events import EMPLOYER, OWNER, SEEKER, application, vacancy
from shared.contracts.application import ApplicationHired
from shared.contracts.vacancy import VacancyReturned
from shared.testing import TEST_KEY

PHONE, RATNA = "+6281234567890", "ratna@contoh.id"


async def told(house: House, *receipts: Receipt) -> None:
    await intake(house.settings, house.client, house.store).take(receipts)


async def sent_sms(house: House) -> str:
    """An SMS that was taken; its id."""
    await house.knows(SEEKER, name="Siti", phone=PHONE)
    house.start()
    ids = await house.plan(application(ApplicationHired))
    await house.until_ended()
    return next(id for id in ids if ":sms:" in id)


def receipt(state: Received, *, reference: str | None = None, key: str | None = None) -> Receipt:
    return Receipt(provider="sms", state=state, reference=reference, key=key)


async def state(house: House, id: str) -> str:
    found = await house.store.messages.find_one({"_id": id})
    assert found is not None
    return str(found["state"])


@pytest.mark.parametrize("first", ["delivered", "undelivered"])
async def test_a_receipt_counts_once_and_nothing_steps_back(house: House, first: Received) -> None:
    id = await sent_sms(house)
    for one in (first, first, "undelivered", "delivered"):
        await told(house, receipt(one, reference="sms-1"))
        assert await state(house, id) == first


async def test_a_sent_message_keeps_who_took_it_and_a_hash_of_where_it_went(house: House) -> None:
    id = await sent_sms(house)
    row = await house.store.messages.find_one({"_id": id})
    assert row is not None
    assert (row["state"], row["provider"], row["receipt"]) == ("sent", "sms", "sms:sms-1")
    assert row["address"] == address_index(TEST_KEY, "sms", PHONE)
    assert PHONE[1:] not in str(row)


async def test_a_receipt_under_our_key_that_comes_before_the_answer_ends_the_message(house: House) -> None:
    await house.knows(SEEKER, name="Siti", phone=PHONE)
    house.sms.rule = lambda _, __: "stall"
    house.start()
    (id,) = [id for id in await house.plan(application(ApplicationHired)) if ":sms:" in id]
    await until(lambda: house.sms.requests)
    await told(house, receipt("delivered", key=id))
    assert await state(house, id) == "delivered"
    await house.sms.stop()  # now the sender hears that its answer never comes
    await house.sms.start()
    house.sms.rule = lambda _, __: "accept"
    await house.plan(application(ApplicationHired, 2))
    await house.until_ended()
    assert [text["key"] for text in (one.content for one in house.sms.requests)].count(id) == 1
    assert await state(house, id) == "delivered"


async def test_a_receipt_that_was_faster_than_our_own_mark_is_not_lost(house: House) -> None:
    await told(house, receipt("delivered", reference="sms-1"), receipt("delivered", reference="sms-1"))
    id = await sent_sms(house)

    async def moved() -> bool:
        return await state(house, id) == "delivered"

    await until(moved)


async def test_a_provider_cannot_speak_of_what_another_one_took(house: House) -> None:
    id = await sent_sms(house)
    other = Receipt(provider="other", state="undelivered", reference="sms-1", key=id)
    await told(house, other, Receipt(provider="other", state="undelivered", reference="sms-1"))
    assert await state(house, id) == "sent"


async def test_a_receipt_for_nothing_that_we_know_is_taken_and_forgotten(house: House) -> None:
    await told(house, receipt("delivered", reference="never"), receipt("delivered", key="never"))
    assert await house.states() == {}


async def test_a_mail_that_bounced_later_is_followed_by_an_sms_once(house: House) -> None:
    await house.knows(EMPLOYER, "employer-contact", owner=OWNER, name="Bu Ratna", phone=PHONE, email=RATNA)
    house.start()
    await house.plan(vacancy(VacancyReturned))
    await house.until_ended()
    reference = house.mail.to(RATNA)[0].parsed["Message-ID"]
    for _ in range(2):
        await told(house, Receipt(provider="smtp", state="undelivered", reference=reference, code="dsn_5.1.1"))
    assert await house.until_ended() == {"undelivered": 1, "sent": 1}
    assert len(house.sms.to(PHONE)) == 1
