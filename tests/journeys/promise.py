"""The answer promise (janji kabar), told step by step: an employer is reminded, does not answer, the seekers are
told, and a new vacancy waits until it has answered."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date, timedelta

from deploy.local.demo.people import Gateway, Person, Refused, eventually, publish, sign_up_seeker
from tests.journeys.journey import Tell, apply_when_known, fresh_phone, vacancy_body, verified_employer

# Does what is due of a vacancy, as of a moment: an operator's command on the running system.
Overdue = Callable[[str, str], Awaitable[None]]


async def a_promise_that_is_not_kept(gateway: Gateway, officer: Person, tell: Tell, overdue: Overdue) -> None:
    employer, _ = await verified_employer(gateway, officer, name="Katering Lupa Contoh")
    vacancy = await publish(employer, officer, vacancy_body("Juru masak katering"))
    promised = date.fromisoformat(vacancy["answer_by"])
    tell(f"Sebuah usaha berjanji menjawab lamaran {vacancy['number']} paling lambat {promised}; dua orang melamar")
    people = await asyncio.gather(
        *(sign_up_seeker(gateway, name=name, phone=fresh_phone()) for name in ("Wati", "Joko"))
    )
    sent = await asyncio.gather(*(apply_when_known(person, vacancy["id"]) for person in people))
    await employer.post(f"/applications/{sent[0]['id']}/view")

    tell("Hari yang dijanjikan tiba: usaha diingatkan")
    await overdue(f"{promised}T02:00Z", vacancy["id"])
    mail = await gateway.message(employer.contact, lambda m: "menunggu kabar" in m["subject"])
    tell(f"  e-mail kepada usaha: {mail['subject']}")

    tell("Empat hari kemudian belum ada jawaban: kedua pelamar diberi tahu, dengan kata yang sama ramahnya")
    await overdue(f"{promised + timedelta(days=4)}T00:00Z", vacancy["id"])
    for person, application in zip(people, sent, strict=True):
        seen = await person.get(f"/applications/{application['id']}")
        assert seen["state"] == "closed_without_reply"
        sms = await gateway.message(person.contact, lambda m: "kabar baru" in m["text"])
        tell(f"  {application['number']} ditutup tanpa jawaban; SMS: {sms['text']}")

    tell("Usaha itu mengirim lowongan baru, dan diminta menjawab dulu")
    draft = await employer.post("/vacancies", vacancy_body("Pengantar katering"))
    await _held_back(employer, draft["id"])
    tell("  ditolak dengan kode owes_answers")

    tell("Usaha menjawab keduanya, satu ke daftar pilihan, satu belum terpilih: lowongan barunya diterima")
    await employer.post(f"/applications/{sent[0]['id']}/shortlist")
    await employer.post(f"/applications/{sent[1]['id']}/reject", {"reason_code": "experience"})
    assert await _let_in(employer, draft["id"]) == "submitted"
    told = await people[1].get(f"/applications/{sent[1]['id']}")
    tell(f"  pelamar membaca: {told['reason']}")


async def _held_back(employer: Person, vacancy_id: str) -> None:
    """Sending it in is refused, as soon as the news of the debt has arrived; before that it is taken back again."""

    async def once() -> bool | None:
        try:
            await employer.post(f"/vacancies/{vacancy_id}/submit")
        except Refused as refused:
            if refused.code == "owes_answers":
                return True
            raise
        await employer.post(f"/vacancies/{vacancy_id}/take-back")
        return None

    await eventually(once, what="the debt at the vacancy service")


async def _let_in(employer: Person, vacancy_id: str) -> str:
    """The state after it was sent in, as soon as the news of the answers has arrived."""

    async def once() -> str | None:
        try:
            return str((await employer.post(f"/vacancies/{vacancy_id}/submit"))["state"])
        except Refused as refused:
            if refused.code == "owes_answers":
                return None
            raise

    return str(await eventually(once, what="the answers at the vacancy service"))
