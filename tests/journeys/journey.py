"""The journey that Si-Caker exists for: an employer finds a seeker. Told step by step, so that `make demo` prints
what the tests check."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from deploy.local.demo.people import (
    Gateway,
    Json,
    Person,
    Refused,
    eventually,
    publish,
    sign_up_employer,
    sign_up_seeker,
)

Tell = Callable[[str], None]
PASSWORD = "sandi-yang-panjang-sekali"


def fresh_phone() -> str:
    """A test number that nobody owns (+62839 00…, never sent to)."""
    return f"+62839{secrets.randbelow(10**8):08d}"


def fresh_email(name: str) -> str:
    return f"{name}-{secrets.token_hex(4)}@si-caker.example"


def vacancy_body(title: str = "Penjahit rumahan", **changes: Any) -> Json:
    """A complete vacancy."""
    today = datetime.now(UTC).date()
    return {
        "title": title,
        "kind": "full_time",
        "workplace": "onsite",
        "kelurahan_code": "35.77.01.1008",
        "openings": 2,
        "hours": {"days": ["mon", "tue", "wed", "thu", "fri"], "start": "08:00", "end": "15:00"},
        "wage": {"min": 2_000_000, "max": 2_600_000, "per": "month"},
        "description": "Menjahit pakaian jadi sesuai pola. Bahan dan mesin disediakan usaha.",
        "conditions": "Bisa mesin jahit dan obras. Boleh sambil belajar.",
        "skills": ["menjahit", "obras"],
        "closes_on": (today + timedelta(days=30)).isoformat(),
        **changes,
    }


async def refusal(call: Awaitable[Any]) -> Refused:
    """How the API refuses `call`, which it must."""
    try:
        await call
    except Refused as refused:
        return refused
    raise AssertionError("this should have been refused")


async def verified_employer(gateway: Gateway, officer: Person, *, name: str) -> tuple[Person, Json]:
    """An employer who may publish."""
    person = await sign_up_employer(gateway, name="Bu Ratna", email=fresh_email("usaha"), password=PASSWORD)
    body = {"name": name, "size": "small", "kelurahan_code": "35.77.01.1008", "address": "Jl. Contoh No. 1"}
    employer = await person.post("/employers", body)
    await officer.post(f"/employers/{employer['id']}/verify")
    return person, employer


async def apply_when_known(seeker: Person, vacancy_id: str, note: str | None = None) -> Json:
    """Apply; a vacancy published a moment ago may not have arrived yet, which the API says and a client retries."""

    async def once() -> Json | None:
        try:
            body = {"vacancy_id": vacancy_id} | ({"note": note} if note else {})
            found: Json = await seeker.post("/applications", body)
            return found
        except Refused as refused:
            if refused.code == "vacancy_not_known_yet":
                return None
            raise

    found: Json = await eventually(once, what="the vacancy at the application service")
    return found


async def found_by_search(gateway: Gateway, words: str, vacancy_id: str) -> Json:
    """The vacancy among the results of a search, as soon as it is there."""

    async def once() -> Json | None:
        page = await gateway.call("GET", f"/vacancies?q={words}&limit=50&sort=newest")
        return next((item for item in page["items"] if item["id"] == vacancy_id), None)

    found: Json = await eventually(once, what=f"the vacancy in a search for {words}")
    return found


async def whole_journey(gateway: Gateway, officer: Person, tell: Tell) -> None:
    """From two strangers to a hire, with every message on the way; raises where anything is not as promised."""
    tell("Bu Ratna mendaftarkan usahanya; petugas memeriksa dan menyetujuinya")
    employer, company = await verified_employer(gateway, officer, name="Konveksi Melati Contoh")
    tell(f"  usaha {company['name']} terverifikasi")

    tell("Ia menulis lowongan yang belum lengkap dan diminta melengkapinya")
    draft = await employer.post("/vacancies", {"title": "Penjahit seragam"})
    refused = await refusal(employer.post(f"/vacancies/{draft['id']}/submit"))
    assert refused.status == 422, "an incomplete vacancy is refused"
    tell(f"  ditolak dengan kode {refused.code}")

    tell("Ia melengkapi, mengirim; petugas mengembalikan dengan alasan; ia memperbaiki; petugas menayangkan")
    body = vacancy_body("Penjahit seragam")
    changed = await employer.gateway.call(
        "PATCH", f"/vacancies/{draft['id']}", body, token=employer.token, if_match=draft["version"]
    )
    await employer.post(f"/vacancies/{draft['id']}/submit", if_match=changed["version"])
    await officer.post(f"/vacancies/{draft['id']}/return", {"reason": "Mohon tulis jam istirahat."})
    mail = await gateway.message(employer.contact, lambda m: "perbaikan" in m["subject"])
    tell(f"  e-mail kepada usaha: {mail['subject']}")
    await employer.post(f"/vacancies/{draft['id']}/submit")
    vacancy = await officer.post(f"/vacancies/{draft['id']}/publish")
    await gateway.message(employer.contact, lambda m: vacancy["number"] in m["text"] or "tayang" in m["text"].lower())
    tell(f"  {vacancy['number']} tayang sampai {vacancy['closes_at']}")

    tell("Sari mendaftar dengan nomor HP saja, masuk dengan kode dari SMS, dan melengkapi profilnya")
    seeker = await sign_up_seeker(gateway, name="Sari", phone=fresh_phone())
    mine = fresh_email("sari")
    profile = {"name": "Sari", "kelurahan_code": "35.77.03.1007", "skills": ["menjahit"], "email": mine}
    await seeker.put("/seekers/me", profile)
    tell("  profil tersimpan")

    tell("Ia mencari «penjahit» dan menemukan lowongan itu, lalu melamar")
    await found_by_search(gateway, "penjahit", vacancy["id"])
    application = await apply_when_known(seeker, vacancy["id"], "Saya biasa menjahit seragam.")
    again = await seeker.post("/applications", {"vacancy_id": vacancy["id"]})
    assert again["id"] == application["id"], "a repeated application must be the same one"
    tell(f"  lamaran {application['number']} diterima; mengirim lagi tidak menggandakannya")

    sms = await gateway.message(seeker.contact, lambda m: application["number"] in m["text"])
    mail = await gateway.message(mine, lambda m: application["number"] in m["text"])
    told = await gateway.message(employer.contact, lambda m: application["number"] in m["text"])
    tell(f"  SMS: {sms['text']}")
    tell(f"  e-mail kepada Sari: {mail['subject']}; kepada usaha: {told['subject']}")

    tell("Usaha membuka lamaran, menaruhnya di daftar pilihan, dan mengundang Sari")
    applicants = await employer.get(f"/applications?vacancy_id={vacancy['id']}")
    assert [row["id"] for row in applicants["items"]] == [application["id"]]
    assert applicants["items"][0]["applicant"]["name"] == "Sari"
    path = f"/applications/{application['id']}"
    for command, state in (("view", "viewed"), ("shortlist", "shortlisted")):
        after = await employer.post(f"{path}/{command}")
        assert (after["state"], after["applicant"]["phone"]) == (state, None)
    await _agree(gateway, employer, seeker, path, mine=mine, tell=tell)
    mail = await gateway.message(mine, lambda m: "Selamat bekerja" in m["text"])
    sms = await gateway.message(seeker.contact, lambda m: "kabar baru" in m["text"])
    assert "Penjahit" not in sms["text"], "an SMS names no job"
    tell(f"  e-mail: {mail['subject']}; SMS: {sms['text']}")

    tell("Sari melihat perjalanan lamarannya; menariknya sekarang sudah tidak bisa")
    seen = await seeker.get(f"/applications/{application['id']}")
    tell("  " + " → ".join(step["state"] for step in seen["history"]))
    assert (await refusal(seeker.post(f"/applications/{application['id']}/withdraw"))).status == 409
    notes = await seeker.get("/notifications")
    assert len(notes["items"]) >= 3
    tell(f"  kotak kabar berisi {len(notes['items'])} kabar")

    await _withdraw_and_close(gateway, officer, employer, tell)


async def _agree(gateway: Gateway, employer: Person, seeker: Person, path: str, *, mine: str, tell: Tell) -> None:
    """Invited, another time, met, offered, accepted, hired."""
    meets = datetime.now(UTC).replace(microsecond=0) + timedelta(days=4)
    invitation = {"starts_at": meets.isoformat(), "place": "Jl. Contoh No. 1", "contact": "Bu Ratna"}
    invited = await employer.post(f"{path}/offer-interview", invitation)
    assert invited["applicant"]["phone"] == seeker.contact, "from now on the two can reach each other"
    sms = await gateway.message(seeker.contact, lambda m: "menunggu jawaban" in m["text"])
    tell(f"  SMS: {sms['text']}")
    await seeker.post(f"{path}/reschedule", {"wish": "Sesudah pukul 13."})
    await gateway.message(employer.contact, lambda m: "meminta waktu wawancara" in m["text"])
    again = {**invitation, "starts_at": (meets + timedelta(days=1)).isoformat()}
    await employer.post(f"{path}/offer-interview", again)
    assert (await seeker.post(f"{path}/accept"))["state"] == "interview_accepted"
    tell("  Sari meminta waktu lain, diundang lagi, dan bisa datang")
    starts = (meets.date() + timedelta(days=10)).isoformat()
    job = {"wage": {"amount": 2_500_000}, "hours": "Senin sampai Jumat, 08.00 sampai 15.00", "start_date": starts}
    await employer.post(f"{path}/offer-job", job)
    mail = await gateway.message(mine, lambda m: "menawari Anda pekerjaan" in m["text"])
    tell(f"Usaha menawari pekerjaan; e-mail: {mail['subject']}. Sari menerimanya, dan usaha mencatatnya bekerja")
    assert (await seeker.post(f"{path}/accept"))["state"] == "offer_accepted"
    hired = await employer.post(f"{path}/hire")
    assert (hired["state"], hired["start_date"]) == ("hired", starts)


async def _withdraw_and_close(gateway: Gateway, officer: Person, employer: Person, tell: Tell) -> None:
    tell("Lowongan kedua: satu pelamar menarik diri, satu masih menunggu ketika lowongan ditutup")
    vacancy = await publish(employer, officer, vacancy_body("Tukang potong kain"))
    one, two = await asyncio.gather(
        *(sign_up_seeker(gateway, name=name, phone=fresh_phone()) for name in ("Wati", "Joko"))
    )
    first = await apply_when_known(one, vacancy["id"])
    await apply_when_known(two, vacancy["id"])
    await one.post(f"/applications/{first['id']}/withdraw", {"reason": "Terlalu jauh dari rumah"})
    mail = await gateway.message(employer.contact, lambda m: first["number"] in m["text"] and "tarik" in m["text"])
    tell(f"  e-mail kepada usaha: {mail['subject']}")
    await employer.post(f"/vacancies/{vacancy['id']}/close", {"reason": "Sudah terisi"})
    sms = await gateway.message(two.contact, lambda m: "kabar baru" in m["text"])
    tell(f"  SMS kepada Joko: {sms['text']}")
    late = await sign_up_seeker(gateway, name="Tono", phone=fresh_phone())
    assert (await refusal(late.post("/applications", {"vacancy_id": vacancy["id"]}))).code == "vacancy_closed"
    tell("  pelamar yang terlambat ditolak dengan ramah: vacancy_closed")
