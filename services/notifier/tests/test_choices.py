"""What people chose, held to when a message is about to go: by day and by night."""

from datetime import UTC, datetime, timedelta
from email.message import Message
from typing import Any

import httpx2
import pytest

from services.notifier.choices import Choices, MayNotBeSwitchedOff, choose
from services.notifier.domain import wanted_since
from services.notifier.people import seeker_facts
from services.notifier.planner import KINDS, TABLE
from services.notifier.store import MessageStore
from services.notifier.tests.conftest import House, until
from services.notifier.tests.events import EMPLOYER, OWNER, SEEKER, application, match, saved, vacancy
from services.notifier.withdrawing import Withdrawing
from shared.clock import WIB
from shared.contracts.application import ApplicationHired, ApplicationRejected, ApplicationVacancyRecalled
from shared.contracts.seeker import SeekerProfileChanged, VacanciesMatched
from shared.contracts.vacancy import VacancyReturned
from shared.errors import StaleVersion
from shared.testing import TokenMint, envelope

SITI, PHONE, RATNA = "siti@contoh.id", "+6281234567890", "ratna@contoh.id"
AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


@pytest.fixture
async def known(house: House) -> House:
    await house.knows(SEEKER, name="Siti", phone=PHONE, email=SITI)
    await house.knows(EMPLOYER, "employer-contact", owner=OWNER, name="Bu Ratna", email=RATNA)
    return house


def chosen(**given: Any) -> Choices:
    known: dict[str, Any] = {"language": "id", "off": (), "news": False, "work_kinds": (), "at": AT}
    return choose(Choices(), **{**known, **given})


def said(part: Message) -> str:
    body = part.get_payload(decode=True)
    return body.decode() if isinstance(body, bytes) else ""


def night_around_now() -> str:
    hour = datetime.now(WIB).hour
    return f"{(hour - 1) % 24}-{(hour + 2) % 24}"


def day_now() -> str:
    hour = datetime.now(WIB).hour
    return f"{(hour + 12) % 24}-{(hour + 13) % 24}"


async def states(house: House) -> dict[tuple[str, str], tuple[str, str | None]]:
    found = house.store.messages.find({})
    return {(row["template"], row["channel"]): (row["state"], row.get("code")) async for row in found}


async def test_what_was_switched_off_is_not_sent_and_all_else_is(known: House) -> None:
    off = [("receipts", "sms"), ("searches", "email")]
    await known.store.people.save(SEEKER, chosen(off=off))
    await known.store.people.save(OWNER, chosen(off=[("applicants", "email")]))
    known.start()
    search = saved(VacanciesMatched, channel="email", vacancies=[match()], total=1)
    await known.plan(application(), application(ApplicationRejected, 2), search)
    await known.until_ended()
    skipped = ("skipped", "switched_off")
    assert await states(known) == {
        ("application_received", "email"): ("sent", None),
        ("application_received", "sms"): skipped,
        ("new_application", "email"): skipped,
        ("rejected", "email"): ("sent", None),
        ("rejected", "sms"): ("sent", None),
        ("job_digest", "email"): skipped,
    }


async def test_whoever_chose_english_reads_english(known: House) -> None:
    await known.store.people.save(SEEKER, chosen(language="en"))
    known.start()
    await known.plan(application(number=7))
    await known.until_ended()
    (mail,) = known.mail.to(SITI)
    assert mail.parsed["Subject"] == "We have received what you sent"
    assert b"Hello Siti," in mail.raw
    assert known.sms.to(PHONE)[0].content["text"].startswith("Si-Caker: we have received what you sent. Number")
    assert known.mail.to(RATNA)[0].parsed["Subject"] == "Ada lamaran baru untuk Anda"


async def test_on_a_shared_phone_no_mail_names_a_job_or_an_employer_and_a_warning_still_warns(known: House) -> None:
    await known.store.people.save(SEEKER, chosen(shared_phone=True))
    known.start()
    for event in (application(number=7), application(ApplicationRejected), application(ApplicationVacancyRecalled)):
        await known.plan(event)
    await known.until_ended()
    mails = known.mail.to(SITI)
    subjects = {mail.parsed["Subject"] for mail in mails}
    assert subjects == {"Ada kabar untuk Anda", "PENTING: mohon dibaca sekarang"}
    bodies = [said(part) for mail in mails for part in mail.parsed.walk() if not part.is_multipart()]
    assert not [each for each in bodies if any(name in each for name in ("Penjahit", "Konveksi", "Lamaran"))]
    assert any("Jangan kirim uang" in each for each in bodies)
    assert all("Buka di Si-Caker" in each for each in bodies)
    assert any("Penjahit" in said(part) for part in known.mail.to(RATNA)[0].parsed.walk()), "an employer's is whole"


async def test_at_night_only_a_warning_goes_out_and_the_rest_waits_for_the_morning(known: House) -> None:
    known.settings = known.settings.model_copy(update={"quiet_hours": night_around_now()})
    known.start()
    await known.plan(
        application(ApplicationHired), application(ApplicationVacancyRecalled, 2), vacancy(VacancyReturned)
    )

    async def put_off() -> bool:
        later = {"send_at": {"$gt": datetime.now(UTC) + timedelta(minutes=1)}, "lease": {"$exists": False}}
        return await known.store.messages.count_documents(later) == 3

    await until(put_off)

    async def sent() -> dict[tuple[str, str], Any]:
        return {name: row for name, row in (await states(known)).items() if row[0] == "sent"}

    async def warned() -> bool:
        return len(await sent()) >= 2

    await until(warned)
    assert set(await sent()) == {("recalled", "email"), ("recalled", "sms")}
    waiting = [row async for row in known.store.messages.find({"state": "waiting"})]
    assert {row["attempts"] for row in waiting} == {0}
    assert {row["send_at"].astimezone(WIB).minute for row in waiting} == {0}
    assert all(wanted_since(row) == row["send_at"] for row in waiting), "from the morning on it is late"
    await known.stop_senders()
    known.settings = known.settings.model_copy(update={"quiet_hours": day_now()})
    await known.store.messages.update_many({"state": "waiting"}, {"$set": {"send_at": AT}})
    known.start()
    assert await known.until_ended() == {"sent": 5}


async def test_what_would_be_too_late_in_the_morning_is_sent_at_night_and_bulk_is_dropped(known: House) -> None:
    known.settings = known.settings.model_copy(update={"quiet_hours": night_around_now()})
    known.start()
    soon = datetime.now(UTC) + timedelta(seconds=1.5)
    await known.plan(application(ApplicationHired), not_after=soon)
    await known.plan(vacancy(VacancyReturned), not_after=soon, lane="bulk")
    assert await known.until_ended() == {"sent": 2, "expired": 1}


@pytest.mark.parametrize("off", [("safety", "sms"), ("decisions", "email"), ("nonsense", "sms"), ("receipts", "app")])
def test_what_must_arrive_cannot_be_switched_off(off: tuple[str, Any]) -> None:
    with pytest.raises(MayNotBeSwitchedOff):
        chosen(off=[off])


def test_news_is_for_those_who_agreed_and_the_consent_keeps_its_dates() -> None:
    nobody = Choices()
    assert not nobody.wants("news", "email")
    agreed = chosen(news=True)
    assert agreed.wants("news", "email")
    again = choose(agreed, language="en", off=[], news=True, work_kinds=(), at=AT + timedelta(days=1))
    assert again.news is not None
    assert again.news.given_at == AT
    gone = choose(again, language="en", off=[], news=False, work_kinds=(), at=AT + timedelta(days=2))
    assert not gone.wants("news", "email")
    assert gone.news is not None
    assert (gone.news.given_at, gone.news.withdrawn_at) == (AT, AT + timedelta(days=2))


def test_a_row_of_the_table_names_a_kind_that_people_know_and_sends_only_over_its_channels() -> None:
    for rows in TABLE.values():
        for row in rows:
            assert set(row.channels) - {"app"} <= set(KINDS[row.kind].channels), row.template


async def test_of_two_who_choose_at_once_one_is_told_to_read_again(house: House) -> None:
    people = house.store.people
    await people.save(SEEKER, chosen(language="en"))
    with pytest.raises(StaleVersion):
        await people.save(SEEKER, chosen(language="id"))
    second = await people.save(SEEKER, (await people.choices(SEEKER)).model_copy(update={"language": "id"}))
    assert second.version == 2
    with pytest.raises(StaleVersion):
        await people.save(SEEKER, second.model_copy(update={"version": 1}))


async def test_a_profile_that_comes_later_leaves_the_choices_as_they_are(house: House) -> None:
    people = house.store.people
    await people.save(SEEKER, chosen(language="en", off=[("receipts", "sms")]))
    event = SeekerProfileChanged(
        kelurahan_code="35.77.01.1008", education=None, graduation_year=None, skills=("menjahit",)
    )
    shape = seeker_facts(envelope(event, subject=SEEKER))
    assert shape == {"kelurahan_code": "35.77.01.1008", "education": None}
    await people.collection.update_one({"_id": SEEKER}, {"$set": {**shape, "seq": 3}})
    found = await people.choices(SEEKER)
    assert (found.language, found.off, found.version) == ("en", frozenset({"receipts:sms"}), 1)


async def test_whoever_takes_a_consent_back_is_told_so_once(
    http: httpx2.AsyncClient, mint: TokenMint, store: MessageStore
) -> None:
    await store.prepare()
    telling = Withdrawing(store)
    headers = mint.headers("acc_1", "seeker")

    async def put(news: bool, version: int | None) -> None:
        sent = {**headers, **({"If-Match": f'"{version}"'} if version else {})}
        answer = await http.put("/api/v1/notifications/preferences", json={"news": news}, headers=sent)
        assert answer.status_code == 200

    await put(True, None)
    await telling.tell()
    assert await store.messages.count_documents({}) == 0
    await put(False, 1)
    await put(False, 2)  # again changes nothing
    untold = await store.people.collection.find_one({"_id": "acc_1"})
    await telling.tell()
    assert untold is not None
    await store.people.collection.update_one(  # as after a kill between planning and crossing off
        {"_id": "acc_1"}, {"$set": {"withdrawn_untold": untold["withdrawn_untold"]}}
    )
    await telling.tell()
    await telling.tell()
    (row,) = [row async for row in store.messages.find({})]
    assert (row["template"], row["channel"], row["recipient"]) == ("consent_withdrawn", "email", "acc_1")
    assert row["not_after"] - row["event_time"] == timedelta(days=3)
