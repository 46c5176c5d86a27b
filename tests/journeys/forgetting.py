"""Somebody wants to be forgotten: asked on one page, released by an officer, and then found nowhere, neither in the
store nor on the topics nor in the logs."""

import secrets
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from deploy.local.demo.people import Gateway, Json, Person, Refused, eventually, publish, sign_up_seeker
from tests.journeys.card import fresh_nik, send_photo
from tests.journeys.journey import Tell, apply_when_known, fresh_email, fresh_phone, vacancy_body, verified_employer
from tests.journeys.remains import remains
from tests.journeys.workshop import workshop_body

KEY_SECONDS, PROJECTION_SECONDS = 60.0, 300.0


async def forgotten(
    gateway: Gateway, officer: Person, tell: Tell, *, folder: Path, environment: Mapping[str, str]
) -> None:
    """`folder` is where the system keeps everything; `environment` of a service says where its servers are."""
    mark = secrets.token_hex(4)
    employer, _ = await verified_employer(gateway, officer, name="Katering Contoh")
    vacancy = await publish(employer, officer, vacancy_body("Juru masak katering"))
    tell("Zubaidah mendaftar, mengisi profil dan AK-1, ikut pelatihan, menyimpan pencarian dan draf, dan melamar")
    seeker, marks = await _somebody(gateway, officer, mark)
    note, about, help = f"rumahdekat{mark}", f"cekatan{mark}", f"bahasaisyarat{mark}"
    await seeker.put("/seekers/me/disability", {"help": help})
    application = await apply_when_known(seeker, vacancy["id"], note)
    shared = f"/applications/{application['id']}/disability"
    await seeker.put(
        shared, {"help": help, "text_version": (await seeker.get("/applications/disability/text"))["text_version"]}
    )
    assert (await employer.get(shared))["help"] == help
    await employer.post(f"/applications/{application['id']}/notes", {"text": about})
    await employer.get(f"/applications?vacancy_id={vacancy['id']}")
    assert (await seeker.get("/applications/readers"))["items"], "she sees who looked"
    marks += [note, about, help, await _draft(employer, officer, seeker, mark)]
    mail = marks[0]
    await gateway.message(mail, lambda m: application["number"] in m["text"])

    tell("Ia minta semua datanya dihapus; petugas memeriksa dan menyetujui")
    wish = {"kind": "erasure", "words": f"pindahkota{mark}"}
    marks.append(wish["words"])
    request = await seeker.post("/accounts/me/requests", wish)
    tell(f"  permintaan {request['id'][:12]}…, dijawab paling lambat {request['due_at']}")
    started = time.monotonic()
    await officer.post(f"/accounts/requests/{request['id']}/erase")
    last = await gateway.message(seeker.contact, lambda m: "hapus" in m["text"])
    tell(f"  SMS terakhir: {last['text']}")

    async def gone() -> bool:
        try:
            await seeker.get("/accounts/me")
        except Refused as refused:
            return refused.status == 404
        return False

    await eventually(gone, what="the end of the account", seconds=KEY_SECONDS)
    tell(f"  akun dan kunci hilang setelah {time.monotonic() - started:.0f} detik")

    async def cancelled() -> bool:
        found = await employer.get(f"/applications/{application['id']}")
        applicant = found["applicant"] or {}
        return found["state"] == "cancelled" and found["note"] is None and not applicant.get("name")

    await eventually(cancelled, what="the end of the application", seconds=PROJECTION_SECONDS)
    tell(f"  lamarannya dibatalkan, tanpa nama dan catatan, setelah {time.monotonic() - started:.0f} detik")
    left, looked = await remains(marks, folder=folder, environment=environment)
    assert left == [], f"something is left: {left}"
    tell(f"  dicari di {looked} berkas, catatan topik dan dokumen: tidak ada yang tersisa")


async def _somebody(gateway: Gateway, officer: Person, mark: str) -> tuple[Person, list[str]]:
    """A person with everything that one can have here, and the words by which to find it again: the address first."""
    name, phone, mail = f"Zubaidah{mark}", fresh_phone(), fresh_email(f"zubaidah{mark}")
    born, nik = fresh_nik()
    search, home = f"katering{mark}", f"Jalan Rahasia {mark}"
    seeker = await sign_up_seeker(gateway, name=name, phone=phone)
    profile: Json = {"name": name, "kelurahan_code": "35.77.03.1007", "skills": [], "email": mail, "nik": nik}
    profile["education"] = {"form": "rinci", "code": "3801"}
    await seeker.put("/seekers/me", profile)
    await seeker.post("/seekers/me/saved-searches", {"q": search, "channel": "email"})
    details = {"birth_place": "Madiun", "birth_date": born, "sex": "female", "address": home, "religion": "islam"}
    await seeker.put("/seekers/me/card", {**details, "kelurahan_code": "35.77.03.1005", "marital_status": "married"})
    await send_photo(gateway, seeker)
    card = await seeker.post("/seekers/me/card/submit")
    await officer.post(f"/seekers/cards/{card['id']}/issue")
    training = await officer.post("/trainings", workshop_body(datetime.now(UTC) + timedelta(days=9)))
    await officer.post(f"/trainings/{training['id']}/publish")
    await seeker.post(f"/trainings/{training['id']}/enrolments", {"follow_up": True})
    return seeker, [mail, name, phone, phone[1:], f"0{phone[3:]}", nik, search, home]


async def _draft(employer: Person, officer: Person, seeker: Person, mark: str) -> str:
    """Something begun for another vacancy, and never sent: its words."""
    other, words = await publish(employer, officer, vacancy_body("Penyaji katering")), f"belumselesai{mark}"

    async def saved() -> Json | None:
        try:
            kept: Json = await seeker.put(f"/applications/drafts/{other['id']}", {"note": words})
            return kept
        except Refused as refused:
            if refused.code == "vacancy_not_known_yet":
                return None
            raise

    await eventually(saved, what="the vacancy at the application service")
    return words
