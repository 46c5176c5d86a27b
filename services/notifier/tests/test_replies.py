"""What people answer by SMS: each answer once, whose it is, and what comes back."""

import json
from typing import Any

import pytest

from services.notifier.heard import Reply
from services.notifier.main import intake
from services.notifier.tests.conftest import House
from services.notifier.tests.events import EMPLOYER, OWNER, SEEKER, application, code, saved, vacancy
from shared.contracts.application import ApplicationHired
from shared.contracts.seeker import VacanciesMatched
from shared.contracts.vacancy import VacancyReturned

PHONE = "+6281234567890"


@pytest.fixture
async def written(house: House) -> House:
    """The seeker was written to by SMS."""
    await house.knows(SEEKER, name="Siti", phone=PHONE)
    house.start()
    await house.plan(application(ApplicationHired))
    await house.until_ended()
    return house


async def answers(house: House, text: str, *, id: str = "mo-1", phone: str = "0812 3456 7890") -> list[str]:
    """What came back to the number since."""
    before = len(house.sms.texts(PHONE))
    await intake(house.settings, house.client, house.store).take(
        [Reply(provider="sms", id=id, phone=phone, text=text)]
    )
    await house.until_ended()
    return house.sms.texts(PHONE)[before:]


async def published(house: House) -> list[dict[str, Any]]:
    found = []
    async for row in house.store.replies.find({"outbox": {"$exists": True}}):
        found += [json.loads(entry["value"])["data"] for entry in row["outbox"]]
    return found


async def news(house: House) -> int:
    """How many of the news that people may do without went out."""
    found = {"vacancies": [], "total": 1, "stop_token": "srch_1.proof"}
    ids = await house.plan(saved(VacanciesMatched, channel="sms", **found))
    await house.until_ended()
    return await house.store.messages.count_documents({"_id": {"$in": ids}, "state": "sent"})


async def test_berhenti_stops_what_people_may_do_without_and_mulai_begins_it_again(written: House) -> None:
    assert await news(written) == 1
    (said,) = await answers(written, "berhenti")
    assert said.startswith("Si-Caker: baik, nomor ini hanya kami kirimi kode masuk dan hal penting.")
    assert await news(written) == 0
    sms = await code(written.vault, digits="246810")
    await written.plan(sms)
    await written.until_ended()
    assert any("246810" in text for text in written.sms.texts(PHONE)), "a code still comes"
    (said,) = await answers(written, "MULAI", id="mo-2")
    assert "kembali menerima kabar" in said
    assert await news(written) == 1


async def test_bantuan_is_answered_once_a_day_so_that_two_machines_do_not_talk_for_ever(written: House) -> None:
    (said,) = await answers(written, "bantuan")
    assert "BERHENTI" in said
    assert await answers(written, "bantuan", id="mo-2") == []
    (said,) = await answers(written, "apa ini kok bisa begini ya", id="mo-3")
    assert said.startswith("Si-Caker: maaf, balasan Anda belum kami mengerti.")
    assert await answers(written, "siapa ini sebenarnya", id="mo-4") == []
    kept = [row async for row in written.store.messages.find({"recipient": {"$regex": "^number:"}})]
    assert len(kept) == 2
    assert all("sealed" not in row and PHONE[1:] not in str(row) for row in kept)


async def test_an_answer_to_a_question_is_published_by_account_and_once(written: House) -> None:
    for _ in range(2):
        assert await answers(written, "Belum") == []
    (event,) = await published(written)
    assert (event["account_id"], event["word"], event["id4"]) == (SEEKER, "belum", None)
    assert event["message"] == "hired"
    assert PHONE[1:] not in json.dumps(event)
    stored = [row async for row in written.store.replies.find({})]
    assert len(stored) == 1
    assert "belum" not in str(stored[0]["_id"])


async def test_on_a_shared_phone_the_code_says_whose_answer_it_is(written: House) -> None:
    await written.knows("acc_budi", name="Budi", phone=PHONE)
    ids = await written.plan(application(ApplicationHired, 2, seeker_id="acc_budi"), params={"id4": "7K2M"})
    await written.until_ended()
    assert len(ids) == 2
    (said,) = await answers(written, "KERJA")
    assert "kode 4 huruf" in said
    assert await published(written) == []
    assert await answers(written, "kerja 7k2m", id="mo-2") == []
    (event,) = await published(written)
    assert (event["account_id"], event["word"], event["id4"]) == ("acc_budi", "kerja", "7K2M")


async def test_a_code_that_was_never_sent_to_a_number_moves_nothing(written: House) -> None:
    assert len(await answers(written, "KERJA 9Z9Z")) == 1
    assert await published(written) == []


async def test_an_answer_from_a_number_that_we_never_wrote_to_is_asked_back_and_not_published(house: House) -> None:
    house.start()
    assert len(await answers(house, "YA")) == 1
    assert await published(house) == []


async def test_an_employers_answer_is_its_owners(house: House) -> None:
    await house.store.employers.insert_one({"_id": EMPLOYER, "owner_id": OWNER, "seq": 1})
    await house.knows(EMPLOYER, "employer-contact", owner=OWNER, name="Bu Ratna", phone=PHONE)
    house.start()
    await house.plan(vacancy(VacancyReturned))
    await house.until_ended()
    assert await answers(house, "ya") == []
    assert [event["account_id"] for event in await published(house)] == [OWNER]


async def test_nothing_of_an_answer_is_logged(written: House, capfd: pytest.CaptureFixture[str]) -> None:
    await answers(written, "rahasia saya 0812")
    printed = "".join(capfd.readouterr())
    assert "rahasia" not in printed
    assert PHONE[1:] not in printed
