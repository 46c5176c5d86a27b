"""Somebody wants to be forgotten: asked on one page, released by an officer, and then found nowhere, neither in the
store nor on the topics nor in the logs."""

import mmap
import secrets
import time
from pathlib import Path

from deploy.local.demo.people import Gateway, Person, Refused, eventually, publish, sign_up_seeker
from tests.journeys.journey import Tell, apply_when_known, fresh_email, fresh_phone, vacancy_body, verified_employer

KEY_SECONDS, PROJECTION_SECONDS = 60.0, 300.0


async def forgotten(gateway: Gateway, officer: Person, tell: Tell, *, folder: Path) -> None:
    """`folder` is where the system keeps everything."""
    mark = secrets.token_hex(4)
    name, phone, mail = f"Zubaidah{mark}", fresh_phone(), fresh_email(f"zubaidah{mark}")
    note, wish = f"rumahdekat{mark}", f"katering{mark}"
    employer, _ = await verified_employer(gateway, officer, name="Katering Contoh")
    vacancy = await publish(employer, officer, vacancy_body("Juru masak katering"))

    tell("Zubaidah mendaftar, mengisi profil, menyimpan pencarian, dan melamar")
    seeker = await sign_up_seeker(gateway, name=name, phone=phone)
    await seeker.put("/seekers/me", {"name": name, "kelurahan_code": "35.77.03.1007", "skills": [], "email": mail})
    await seeker.post("/seekers/me/saved-searches", {"q": wish, "channel": "email"})
    application = await apply_when_known(seeker, vacancy["id"], note)
    await gateway.message(mail, lambda m: application["number"] in m["text"])

    tell("Ia minta semua datanya dihapus; petugas memeriksa dan menyetujui")
    request = await seeker.post("/accounts/me/requests", {"kind": "erasure"})
    tell(f"  permintaan {request['id'][:12]}…, dijawab paling lambat {request['due_at']}")
    started = time.monotonic()
    await officer.post(f"/accounts/requests/{request['id']}/erase")
    last = await gateway.message(phone, lambda m: "hapus" in m["text"])
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
    marks = [name, phone, phone[1:], mail, note, wish]
    left = [f"{path.relative_to(folder)}: {what}" for path in _files(folder) for what in marks if _in(path, what)]
    assert left == [], f"something is left: {left}"
    tell(f"  dicari di {len(_files(folder))} berkas (penyimpanan, topik, log): tidak ada yang tersisa")


def _files(folder: Path) -> list[Path]:
    """All but the messages that left the system: the inbox stands for the world outside."""
    found = [path for path in folder.rglob("*") if path.is_file() and path.name != "inbox.jsonl"]
    return [path for path in found if path.stat().st_size]


def _in(path: Path, what: str) -> bool:
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            return content.find(what.encode()) >= 0
    except (OSError, ValueError):
        return False  # a segment that was rolled away meanwhile
