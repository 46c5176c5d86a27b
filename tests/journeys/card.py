"""The jobseeker card (AK-1): asked for, returned, mended, issued, checked by a stranger, reported on by SMS, and
ended by the word KERJA."""

import io
import re
import secrets
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import Any

from deploy.local.demo.people import PREFIX, Gateway, Json, Person, eventually, sign_up_seeker
from tests.journeys.journey import Tell, fresh_email, fresh_phone, refusal

ClockTo = Callable[[str], Awaitable[None]]  # the operators' command for what is due on a day
REPORT_OPENS_DAYS = 14


async def jobseeker_card(gateway: Gateway, officer: Person, tell: Tell, clock_to: ClockTo) -> None:
    born, nik = fresh_nik()
    mail = fresh_email("wulan")
    tell("Wulan mendaftar, mengisi profil dengan NIK, dan menulis isian AK-1")
    seeker = await sign_up_seeker(gateway, name="Wulan Sari", phone=fresh_phone())
    level = {"form": "rinci", "code": "3801"}
    profile = {"name": "Wulan Sari", "email": mail, "nik": nik, "education": level, "skills": []}
    await seeker.put("/seekers/me", profile)
    details = {
        **{"birth_place": "Madiun", "birth_date": born, "sex": "female", "address": "Jl. Contoh 2 RT 01 RW 01"},
        **{"kelurahan_code": "35.77.03.1005", "religion": "islam", "marital_status": "married"},
    }
    await seeker.put("/seekers/me/card", details)
    missing = await refusal(seeker.post("/seekers/me/card/submit"))
    tell(f"  tanpa foto belum bisa dikirim: {missing.code}")
    await send_photo(gateway, seeker)
    card = await seeker.post("/seekers/me/card/submit")
    await gateway.message(seeker.contact, lambda m: "kabar baru" in m["text"])

    tell("Petugas mengembalikannya dengan alasan; Wulan memperbaiki; petugas menerbitkan")
    await officer.post(f"/seekers/cards/{card['id']}/return", {"reason": "photo_unclear"})
    told = await gateway.message(mail, lambda m: "perbaikan" in m["subject"])
    tell(f"  e-mail: {told['subject']}")
    await send_photo(gateway, seeker)
    await seeker.post("/seekers/me/card/submit")
    issued = await officer.post(f"/seekers/cards/{card['id']}/issue")
    await gateway.message(mail, lambda m: issued["number"] in m["text"])
    tell(f"  AK-1 nomor {issued['number']} berlaku sampai {issued['valid_until']}")

    tell("Kartunya dicetak; siapa pun memeriksa kode QR-nya")
    code = await code_on_paper(gateway, seeker)
    status = await gateway.call("GET", f"/seekers/papers/{code}")
    assert (status["state"], status["number"]) == ("valid", issued["number"])
    assert "name" not in status, "a stranger sees initials only"
    tell(f"  {status['initials']}, berlaku sampai {status['valid_until']}")

    tell("Enam bulan kemudian ia ditanya, dan menjawab lewat SMS: BELUM, lalu suatu hari KERJA")
    opens = _months_later(date.fromisoformat(issued["issued_on"]), 6) - timedelta(days=REPORT_OPENS_DAYS)
    await clock_to(opens.isoformat())
    sms = await gateway.message(seeker.contact, lambda m: "lapor AK-1" in m["text"])
    id4 = re.search(r"BELUM (\w{4})", sms["text"])
    assert id4 is not None
    tell(f"  SMS: {sms['text']}")
    await _answer(gateway, seeker.contact, f"belum {id4[1]}")
    await _state(seeker, "issued", reports=1)
    await _answer(gateway, seeker.contact, f"KERJA {id4[1]}")
    await _state(seeker, "employed", reports=1)
    ended = await gateway.call("GET", f"/seekers/papers/{code}")
    assert ended["state"] != "valid"
    tell(f"  kartunya selesai: {ended['state']}")


def fresh_nik() -> tuple[str, str]:
    """A birth date, and a NIK of Madiun with it that only tests have (its serial is 0000)."""
    day = date(1970, 1, 1) + timedelta(days=secrets.randbelow(12_000))
    return day.isoformat(), f"357703{day.day + 40:02d}{day:%m%y}0000"


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + year, month + 1, 1)
    last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))


async def send_photo(gateway: Gateway, seeker: Person) -> None:
    from PIL import Image

    out = io.BytesIO()
    Image.effect_noise((600, 800), 60).convert("RGB").save(out, "JPEG")
    headers = {"Authorization": f"Bearer {seeker.token}", "Content-Type": "image/jpeg"}
    path = f"{PREFIX}/seekers/me/card/photo"
    answer = await gateway.http.put(path, content=out.getvalue(), headers=headers)
    assert answer.is_success, answer.text[:300]


async def code_on_paper(gateway: Gateway, seeker: Person) -> str:
    """What the QR of the printed card holds, read from the page's own link annotation or its text."""
    headers = {"Authorization": f"Bearer {seeker.token}"}
    answer = await gateway.http.get(f"{PREFIX}/seekers/me/card/paper", headers=headers)
    assert answer.content.startswith(b"%PDF"), "the card is a PDF"
    return link_on(answer.content)


def link_on(pdf: bytes) -> str:
    from pypdf import PdfReader

    for page in PdfReader(io.BytesIO(pdf)).pages:
        for note in page.get("/Annots", []):
            address = str(note.get_object().get("/A", {}).get("/URI", ""))
            if "/cek/" in address:
                return address.rpartition("/cek/")[2]
        found = re.search(r"/cek/(\S+)", page.extract_text())
        if found:
            return found[1]
    raise AssertionError("the paper names no address to check it")


async def _answer(gateway: Gateway, phone: str, text: str) -> None:
    answer = await gateway.http.post("/dev/inbox/reply", data={"phone": phone, "text": text})
    assert answer.status_code < 400, answer.text[:200]


async def _state(seeker: Person, state: str, *, reports: int) -> None:
    async def so() -> Json | None:
        mine: Any = (await seeker.get("/seekers/me/cards"))["items"][0]
        return dict(mine) if (mine["state"], len(mine["reports"])) == (state, reports) else None

    await eventually(so, what=f"the card {state}")
