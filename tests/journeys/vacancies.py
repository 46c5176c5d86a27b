"""The whole life of a vacancy: warned while typing, returned with a stock reason, paused, extended, filled, opened
again, and one that is recalled. Told step by step, so that `make demo-vacancies` prints what the tests check."""

import asyncio
from datetime import UTC, datetime, timedelta

from deploy.local.demo.people import Gateway, Json, Person, Refused, eventually, publish, sign_up_seeker
from tests.journeys.journey import (
    Tell,
    apply_when_known,
    found_by_search,
    fresh_phone,
    refusal,
    vacancy_body,
    verified_employer,
)


def _in_days(days: int) -> str:
    return (datetime.now(UTC).date() + timedelta(days=days)).isoformat()


async def life_of_a_vacancy(gateway: Gateway, officer: Person, tell: Tell) -> None:
    """Every step that its employer and an officer can take; raises where anything is not as promised."""
    employer, _ = await verified_employer(gateway, officer, name="Sambal Bu Ratna Contoh")
    tell("Bu Ratna menulis lowongan; selagi mengetik ia diberi tahu kata yang tidak adil, lengkap dengan gantinya")
    checked = await employer.post("/vacancies/check", {"title": "Penjaga toko wanita berpenampilan menarik"})
    assert {finding["rule"] for finding in checked["findings"]} == {"M6"}
    for finding in checked["findings"]:
        tell(f"  {finding['rule']} «{finding['text']}»: {finding['suggestion'] or finding['message']}")

    tell("Borongan di rumah: upah per jam tampil di samping UMK, dan uang jaminan tidak punya tempat")
    home = await publish(employer, officer, _piecework())
    tell(f"  {home['number']}: Rp{home['hourly_pay']} per jam, pembanding UMK/173 Rp{home['hourly_yardstick']}")
    assert home["hourly_pay"] == 12_000

    tell("Lowongan biasa: dijeda, dilanjutkan, diperpanjang, terisi, lalu dibuka lagi")
    vacancy = await publish(employer, officer, vacancy_body("Pengemas sambal", openings=1))
    path = f"/vacancies/{vacancy['id']}"
    seeker = await sign_up_seeker(gateway, name="Wati", phone=fresh_phone())
    await found_by_search(gateway, "pengemas sambal", vacancy["id"])
    assert (await employer.post(f"{path}/pause"))["state"] == "paused"
    assert (await employer.post(f"{path}/resume"))["state"] == "published"
    assert (await employer.post(f"{path}/extend", {"closes_on": _in_days(45)}))["extensions"] == 1
    application = await _apply_when_resumed(seeker, vacancy["id"])
    assert (await employer.post(f"{path}/fill"))["state"] == "filled"
    reopened = await employer.post(f"{path}/reopen", {"closes_on": _in_days(20), "openings": 2})
    assert reopened["state"] == "published"
    tell("  " + " → ".join(step["state"] for step in reopened["history"]) + f"; lamaran {application['number']}")

    await _recall(gateway, officer, employer, tell)


async def _apply_when_resumed(seeker: Person, vacancy_id: str) -> Json:
    """Apply; the news of the resumption may still be on its way."""

    async def once() -> Json | None:
        try:
            return await apply_when_known(seeker, vacancy_id)
        except Refused as refused:
            if refused.code == "vacancy_closed":
                return None
            raise

    found: Json = await eventually(once, what="the resumed vacancy at the application service")
    return found


def _piecework() -> Json:
    return vacancy_body(
        "Membungkus keripik di rumah",
        kind="piecework_home",
        workplace="home",
        wage=None,
        hours=None,
        piecework={
            "rate": 200,
            "minutes_per_piece": 1,
            "sample_tested": True,
            "materials_by": "employer",
            "collected_by": "employer",
            "pay_day": "weekly",
        },
    )


async def _recall(gateway: Gateway, officer: Person, employer: Person, tell: Tell) -> None:
    tell("Sebuah lowongan ternyata palsu: petugas menariknya, dan kedua pelamar diperingatkan")
    false = await publish(employer, officer, vacancy_body("Admin gudang"))
    people = await asyncio.gather(
        *(sign_up_seeker(gateway, name=name, phone=fresh_phone()) for name in ("Joko", "Sri"))
    )
    await asyncio.gather(*(apply_when_known(person, false["id"]) for person in people))
    await officer.post(f"/vacancies/{false['id']}/recall", {"reason": "Meminta uang seragam di luar lowongan."})
    for person in people:
        sms = await gateway.message(person.contact, lambda m: "jangan kirim uang" in m["text"])
        tell(f"  SMS kepada {person.contact}: {sms['text']}")
    gone = await refusal(gateway.call("GET", f"/vacancies/{false['id']}"))
    assert gone.status == 410, "whoever looks it up is warned"
    tell(f"  halamannya kini memperingatkan: {gone.code}")
