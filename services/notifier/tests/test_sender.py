"""From a stored message to a provider: each one once, in time, and by its own lane, whatever the providers do."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.notifier import measures
from services.notifier.channels.email import CONNECTIONS
from services.notifier.delivery import Delivery
from services.notifier.domain import EXPIRED, PACES, Again
from services.notifier.held import Held
from services.notifier.main import sender
from services.notifier.planner import account_contact
from services.notifier.tests.conftest import House, until
from services.notifier.tests.events import EMPLOYER, OWNER, SEEKER, application, code, match, saved, vacancy
from shared.claims import DUE
from shared.contracts.application import ApplicationHired, ApplicationWithdrawn
from shared.contracts.identity import RegistrationRepeated
from shared.contracts.seeker import VacanciesMatched
from shared.contracts.vacancy import VacancyReturned
from shared.testing import envelope

BREAKER = measures.breaker.labels("email", "transactional")
SITI, PHONE, RATNA = "siti@contoh.id", "+6281234567890", "ratna@contoh.id"


@pytest.fixture
async def known(house: House) -> House:
    """The notifier, with contacts of the seeker and of the employer."""
    await house.knows(SEEKER, name="Siti Aminah", phone=PHONE, email=SITI)
    await house.knows(EMPLOYER, "employer-contact", owner=OWNER, name="Bu Ratna", email=RATNA)
    return house


async def rows(house: House) -> list[dict[str, Any]]:
    return [row async for row in house.store.messages.find({}).sort("_id", 1)]


def delivery(house: House, channel: str) -> Delivery:
    """The transactional delivery without its loop: to stop it wherever a kill might."""
    post = sender(house.settings, house.client, house.store)
    house.senders.append(post)
    return post._queues["transactional", channel].delivery  # type: ignore[index]


async def test_a_digest_goes_out_by_the_chosen_way_and_a_mail_says_how_to_stop_it(known: House) -> None:
    known.start()
    found = {"vacancies": [match()], "total": 1, "stop_token": "srch_1.proof"}
    await known.plan(*(saved(VacanciesMatched, channel=channel, **found) for channel in ("email", "sms")))
    assert await known.until_ended() == {"sent": 2}
    (mail,) = known.mail.to(SITI)
    stop = "https://si-caker.example/kabar/henti?t=srch_1.proof"
    assert mail.parsed["List-Unsubscribe"] == f"<{stop}>"
    assert mail.parsed["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert stop.encode() in mail.raw
    assert known.sms.texts(PHONE) == [
        "Si-Caker: ada kabar baru untuk Anda. Silakan buka akun Anda saat sempat: https://si-caker.example/kabar"
    ]


async def test_an_application_is_told_to_both_sides_once(known: House) -> None:
    known.start()
    await known.plan(application(number=123))
    assert await known.until_ended() == {"sent": 3}
    (mine,) = known.mail.to(SITI)
    assert mine.parsed["Subject"] == "Kiriman Anda sudah kami terima"
    assert b"Halo Siti Aminah," in mine.raw
    assert b"LMR-2026-000123" in mine.raw
    (theirs,) = known.mail.to(RATNA)
    assert theirs.parsed["Subject"] == "Ada lamaran baru untuk Anda"
    assert known.sms.texts(PHONE) == [
        "Si-Caker: kiriman Anda sudah kami terima. Nomor LMR-2026-000123, mohon disimpan. "
        "Rinciannya di https://si-caker.example/lamaran"
    ]
    assert await known.store.messages.count_documents({"send_at": {"$exists": True}}) == 0


async def test_a_code_arrives_and_its_seal_is_not_kept(known: House) -> None:
    known.start()
    await known.plan(await code(known.vault, digits="246810"))
    await known.until_ended()
    (text,) = known.sms.texts(PHONE)
    assert text.startswith("Si-Caker: kode masuk Anda 246810, berlaku 5 menit.")
    (kept,) = await rows(known)
    assert "sealed" not in kept
    assert "246810" not in str(kept)


async def test_two_senders_at_once_send_each_message_once_over_few_connections(known: House) -> None:
    await known.plan(*(application(number=number) for number in range(150)), lane="transactional")
    known.start()
    known.start()
    assert await known.until_ended(seconds=60) == {"sent": 450}
    assert len(known.mail.accepted) == 300
    assert len({mail.parsed["Message-ID"] for mail in known.mail.accepted}) == 300
    assert len(known.sms.requests) == len(known.sms.sent) == 150
    assert known.mail.most_open <= 8


@pytest.mark.parametrize("channel", ["email", "sms"])
async def test_a_kill_between_acceptance_and_mark_costs_exactly_one_more_under_the_same_key(
    known: House, channel: str
) -> None:
    await known.plan(application())
    dying = delivery(known, channel)
    held = await dying.take(10)
    assert held is not None
    ready, _ = await dying._write(held.claim.documents, held)
    for outgoing in ready.values():
        await dying.pool.providers[0].channel.send(outgoing)  # accepted; and here it is killed
    await known.store.messages.update_many({"lease": held.claim.token}, {"$set": {"send_at": DUE}})  # the lease ends
    known.start()
    assert await known.until_ended() == {"sent": 3}
    if channel == "email":
        letters = known.mail.to(SITI)
        assert len(letters) == 2
        assert letters[0].raw == letters[1].raw
    else:
        assert len(known.sms.to(PHONE)) == 2
        assert len(known.sms.sent) == 1
    # A zombie comes back with the token of its lost lease: nothing of what it says counts.
    assert await known.store.mark(held.claim.token, dict.fromkeys(ready, EXPIRED)) == {EXPIRED: 0}
    assert await known.states() == {"sent": 3}


async def test_a_sender_that_lost_its_lease_sends_nothing(known: House) -> None:
    await known.plan(application())
    late = delivery(known, "sms")
    held = await late.take(10)
    assert held is not None
    await known.store.messages.update_many({"lease": held.claim.token}, {"$set": {"lease": "somebody else"}})
    await late.deliver(held)
    too_late = Held(claim=held.claim, taken_at=held.taken_at - 25, lease=held.lease)
    await known.store.messages.update_many({"channel": "sms"}, {"$set": {"lease": held.claim.token}})
    await late.deliver(too_late)
    assert known.sms.requests == []
    ours = [row["_id"] for row in held.claim.documents]
    assert await known.store.mark("an old token", dict.fromkeys(ours, EXPIRED)) == {EXPIRED: 0}
    assert await known.states() == {"waiting": 3}


async def test_an_ended_message_never_moves_again(known: House) -> None:
    known.start()
    ids = await known.plan(application())
    await known.until_ended()
    before = await rows(known)
    for token in ("", "deadbeef"):
        await known.store.mark(token, dict.fromkeys(ids, EXPIRED))
        await known.store.mark(token, dict.fromkeys(ids, Again(seconds=0.0, code="x")))
    assert await rows(known) == before


async def test_a_refusal_for_now_is_tried_again_and_one_for_good_is_not(known: House) -> None:
    known.mail.rule = lambda to, before: "550" if to == RATNA else ("450" if before == 0 else "accept")
    known.sms.rule = lambda _, before: "500" if before == 0 else "accept"
    known.start()
    await known.plan(application())
    assert await known.until_ended() == {"sent": 2, "failed": 1}
    assert known.mail.tries == {SITI: 2, RATNA: 1}
    assert len(known.mail.to(SITI)) == len(known.sms.to(PHONE)) == 1
    failed = await known.store.messages.find_one({"state": "failed"})
    assert failed is not None
    assert failed["code"] == "smtp_550"


async def test_a_message_whose_answer_never_came_is_sent_again_as_the_same_one(known: House) -> None:
    known.mail.rule = lambda to, before: "drop" if to == SITI and before == 0 else "accept"
    known.sms.rule = lambda _, before: "drop" if before == 0 else "accept"
    known.start()
    await known.plan(application())
    assert await known.until_ended() == {"sent": 3}
    assert len(known.mail.to(SITI)) == 2
    assert len({mail.raw for mail in known.mail.to(SITI)}) == 1
    assert len(known.sms.requests) == 2
    assert len(known.sms.sent) == 1


async def test_a_provider_that_never_answers_is_given_up_at_the_deadline_and_asked_again(
    known: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(PACES, "transactional", replace(PACES["transactional"], deadline=0.3, first=0.1))
    known.mail.rule = lambda _, before: "stall" if before == 0 else "accept"
    known.sms.rule = lambda _, before: "stall" if before == 0 else "accept"
    known.start()
    await known.plan(application(ApplicationHired))
    assert await known.until_ended() == {"sent": 2}
    assert known.mail.tries == {SITI: 2}
    assert len({mail.raw for mail in known.mail.to(SITI)}) == 1
    assert (len(known.sms.requests), len(known.sms.sent)) == (2, 1)


async def test_a_provider_that_asks_us_to_wait_is_left_in_peace(known: House) -> None:
    known.sms.rule = lambda _, __: "429 600"
    known.start()
    await known.plan(application())
    put_off = await until(lambda: known.store.messages.find_one({"channel": "sms", "attempts": 1}))
    assert put_off["send_at"] - datetime.now(UTC) > timedelta(seconds=590)
    assert known.sms.tries == {PHONE: 1}


async def test_an_expired_code_is_never_sent(known: House) -> None:
    known.start()
    await known.plan(await code(known.vault, seconds=-1))
    assert await known.until_ended() == {"expired": 1}
    assert known.sms.tries == {}


async def test_a_code_that_expires_while_the_provider_is_away_is_not_sent_afterwards(known: House) -> None:
    await known.sms.stop()
    known.start()
    await known.plan(await code(known.vault, seconds=1.5))
    assert await known.until_ended() == {"expired": 1}
    await known.sms.start()
    await known.plan(await code(known.vault, digits="777777"))
    assert await known.until_ended() == {"expired": 1, "sent": 1}
    assert ["777777" in text for text in known.sms.texts(PHONE)] == [True]


async def test_a_message_to_somebody_who_never_becomes_known_ends_with_its_time(house: House) -> None:
    house.start()
    await house.plan(application(ApplicationHired), not_after=datetime.now(UTC) + timedelta(seconds=0.5))
    assert await house.until_ended() == {"expired": 2}


@pytest.mark.parametrize("lane", ["bulk", "transactional"])
async def test_a_lane_that_is_stuck_delays_no_code(known: House, lane: str) -> None:
    await known.knows("acc_stuck", name="Macet", phone="+6281111111111", email="macet@contoh.id")
    known.sms.rule = lambda to, _: "stall" if to != PHONE else "accept"
    known.mail.rule = lambda to, _: "stall"
    known.start()
    await known.plan(*(application(number=n, seeker_id="acc_stuck") for n in range(300)), lane=lane)
    await until(lambda: len(known.sms.requests) >= 8 and len(known.mail.accepted) >= 4)
    await known.plan(await code(known.vault))
    await until(lambda: known.sms.to(PHONE), seconds=3.0)
    assert await known.store.messages.count_documents({"lane": lane, "state": "waiting"}) == 900


async def test_mail_that_waits_for_a_server_arrives_once_when_it_is_back(known: House) -> None:
    BREAKER.set(0)
    await known.mail.stop()
    known.start()
    await known.plan(*(application(number=number) for number in range(40)))
    await until(opened)
    assert known.mail.accepted == []
    await known.mail.start()
    assert await known.until_ended(seconds=60) == {"sent": 120}
    assert len({mail.parsed["Message-ID"] for mail in known.mail.accepted}) == len(known.mail.accepted) == 80
    assert len(known.sms.requests) == 40


def opened() -> bool:
    return bool(BREAKER._value.get())


async def test_a_message_waits_for_a_contact_that_is_late(house: House) -> None:
    house.start()
    await house.plan(application(ApplicationHired))
    await until(lambda: house.store.messages.find_one({"code": "contact_not_known", "attempts": {"$gte": 2}}))
    await house.knows(SEEKER, name="Siti", phone=PHONE, email=SITI)
    assert await house.until_ended() == {"sent": 2}


@pytest.mark.parametrize(
    ("contact", "states"),
    [
        ({"phone": PHONE}, {"email": ("skipped", "channel_not_known"), "sms": ("sent", None)}),
        ({"email": SITI}, {"email": ("sent", None), "sms": ("skipped", "channel_not_known")}),
        ({}, {"email": ("failed", "no_address"), "sms": ("failed", "no_address")}),
        ({"email": "siti@contoh.id\r\nBcc: x@y.id"}, {"email": ("failed", "bad_address")}),
    ],
)
async def test_only_what_a_person_has_is_used(
    house: House, contact: dict[str, str], states: dict[str, tuple[str, str | None]]
) -> None:
    await house.knows(SEEKER, name="Siti", **contact)
    house.start()
    await house.plan(application(ApplicationHired))
    await house.until_ended()
    found = {row["channel"]: (row["state"], row.get("code")) for row in await rows(house)}
    assert {channel: found[channel] for channel in states} == states


async def test_an_address_that_arrives_just_after_what_it_is_needed_for_is_used(house: House) -> None:
    await house.knows(SEEKER, name="Siti", phone=PHONE)
    house.start()
    await house.plan(application(ApplicationHired))
    await until(lambda: house.store.messages.find_one({"channel": "email", "code": "channel_not_known"}))
    await house.knows(SEEKER, name="Siti", phone=PHONE, email=SITI)
    assert await house.until_ended() == {"sent": 2}
    assert len(house.mail.to(SITI)) == 1


async def test_an_erased_person_is_told_nothing_and_holds_up_nobody(known: House) -> None:
    await known.knows("acc_gone", name="Tono", phone="+6281111111111", email="tono@contoh.id")
    await known.vault.destroy("acc_gone")
    await known.plan(await code(known.vault))
    await known.plan(*(application(ApplicationHired, n, seeker_id=("acc_gone", SEEKER)[n % 2]) for n in range(6)))
    known.start()
    assert await known.until_ended() == {"sent": 7, "skipped": 6}
    assert known.mail.to("tono@contoh.id") == []
    assert known.sms.to("+6281111111111") == []


async def test_whoever_registers_again_is_told_by_the_accounts_own_contact(house: House) -> None:
    await house.knows(account_contact(OWNER), "contact", name="Ratna", email=RATNA)
    house.start()
    await house.plan(envelope(RegistrationRepeated(role="employer"), subject=OWNER))
    assert await house.until_ended() == {"sent": 1, "skipped": 1}
    assert house.mail.to(RATNA)[0].parsed["Subject"] == "Anda sudah punya akun"


async def test_what_no_hint_told_of_is_found_by_the_sweep(known: House) -> None:
    await known.plan(application())
    known.start(deaf=True)
    await known.until_ended()
    await known.plan(application(number=2))
    assert await known.until_ended() == {"sent": 6}


async def test_a_stop_finishes_what_is_on_its_way(known: House) -> None:
    await known.plan(*(application(number=number) for number in range(50)))
    known.start()
    await until(lambda: known.mail.accepted)
    await known.stop_senders()
    states = await known.states()
    assert states["sent"] == len(known.mail.accepted) + len(known.sms.requests)
    known.start()
    assert await known.until_ended() == {"sent": 150}
    assert len(known.mail.accepted) == 100


async def test_a_stop_hands_nothing_more_to_a_slow_provider(known: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PACES, "transactional", replace(PACES["transactional"], deadline=1.0, first=0.1))
    known.mail.rule = lambda _, before: "stall" if before < CONNECTIONS else "accept"
    await known.plan(*(application(number=number) for number in range(30)), lane="transactional")
    known.start()
    await until(lambda: sum(known.mail.tries.values()) == CONNECTIONS)
    await known.stop_senders()
    assert sum(known.mail.tries.values()) == CONNECTIONS
    known.start()
    assert await known.until_ended() == {"sent": 90}
    assert len({mail.parsed["Message-ID"] for mail in known.mail.accepted}) == 60


async def test_nothing_personal_is_logged_whatever_goes_wrong(
    known: House, capfd: pytest.CaptureFixture[str]
) -> None:
    known.mail.rule = lambda to, before: "550" if to == RATNA else ("drop" if before == 0 else "accept")
    known.sms.rule = lambda _, before: ("500", "400")[min(before, 1)]
    known.start()
    await known.plan(application(), vacancy(VacancyReturned), application(ApplicationWithdrawn, 2))
    await known.plan(await code(known.vault, digits="246810"))
    await known.plan(await code(known.vault, digits="135791", seconds=-1))
    await known.until_ended()
    printed = "".join(capfd.readouterr())
    assert "message_failed" in printed
    for secret in (SITI, RATNA, PHONE, PHONE[1:], "246810", "135791", "Siti", "Ratna"):
        assert secret not in printed
