"""A workshop from its first idea to a certificate that anybody can check: it fills, its line moves, people come."""

import asyncio
import io
import re
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from deploy.local.demo.people import Gateway, Json, Person, Refused, eventually, sign_up_seeker
from tests.journeys.journey import Tell, fresh_email, fresh_phone, refusal

BEFORE = timedelta(seconds=15)  # for everybody to enrol, and for the line to move, before the workshop begins


def workshop_body(begins: datetime, **changes: Any) -> Json:
    """A training with one short session."""
    return {
        "title": "Menjual lewat HP untuk pemula",
        "field": "Digital",
        "description": "Belajar memotret barang, menulis keterangan, dan melayani pembeli lewat HP sendiri.",
        "kelurahan_code": "35.77.02.1007",
        "place": "Balai Kota, Jl. Pahlawan 37",
        "sessions": [
            {"starts_at": begins.isoformat(), "ends_at": (begins + timedelta(seconds=1)).isoformat()},
        ],
        "capacity": 2,
        **changes,
    }


async def learner(gateway: Gateway, name: str) -> tuple[Person, str]:
    """Somebody with a mail address in the profile."""
    person, mail = await sign_up_seeker(gateway, name=name, phone=fresh_phone()), fresh_email(name.split()[0].lower())
    profile = {"name": name, "kelurahan_code": "35.77.03.1007", "skills": ["memasak"], "email": mail}
    await person.put("/seekers/me", profile)
    return person, mail


async def workshop(gateway: Gateway, officer: Person, tell: Tell) -> None:
    """Raises where anything is not as promised."""
    names = ("Rini", "Yanti", "Dewi")
    people = await asyncio.gather(*(learner(gateway, name) for name in names))
    begins = datetime.now(UTC) + BEFORE
    tell("Petugas membuat pelatihan dengan 2 kursi dan menayangkannya")
    draft = await officer.post("/trainings", workshop_body(begins))
    assert (await refusal(people[0][0].post(f"/trainings/{draft['id']}/enrolments", {}))).status == 404
    training = await officer.post(f"/trainings/{draft['id']}/publish")
    tell(f"  {training['number']} tayang; semua orang melihatnya di /pelatihan")

    tell("Tiga orang mendaftar: dua mendapat kursi, yang ketiga masuk daftar tunggu")
    places = [
        await person.post(f"/trainings/{training['id']}/enrolments", {"follow_up": True}) for person, _ in people
    ]
    assert [place["state"] for place in places] == ["confirmed", "confirmed", "waiting"]
    again = await people[0][0].post(f"/trainings/{training['id']}/enrolments", {})
    assert again["id"] == places[0]["id"], "enrolling again is the same place"
    await gateway.message(people[0][1], lambda mail: "terdaftar di pelatihan" in mail["text"])
    mail = await gateway.message(people[2][1], lambda mail: "daftar tunggu" in mail["text"])
    tell(f"  e-mail kepada Dewi: {mail['subject']}")

    tell("Rini melepas kursinya; kursi itu untuk Dewi, yang menunggu paling lama")
    await people[0][0].post(f"/enrolments/{places[0]['id']}/cancel")
    seated = await _take_seat(people[2][0], places[2]["id"])
    assert seated["state"] == "confirmed"
    await gateway.message(people[2][1], lambda mail: "terdaftar di pelatihan" in mail["text"])
    late, _ = await learner(gateway, "Tono")
    assert (await late.post(f"/trainings/{training['id']}/enrolments", {}))["state"] == "waiting"
    tell("  kursi Dewi pasti; Tono yang datang kemudian menunggu")

    tell("Pelatihan berlangsung; Dewi datang, Yanti tidak; petugas mencatat dan menutup pelatihan")
    body = {"present": [places[2]["id"]], "absent": [places[1]["id"]]}
    await gateway.call("PUT", f"/trainings/{training['id']}/sessions/1/attendance", body, token=officer.token)
    await eventually(lambda: _finish(officer, training["id"]), what="the end of the workshop", seconds=60)
    mail = await gateway.message(people[2][1], lambda mail: "SRT-" in mail["text"], seconds=60)
    tell(f"  e-mail kepada Dewi: {mail['subject']}")
    await _check(gateway, people[2][0], places[2]["id"], tell)
    assert (await people[1][0].get(f"/enrolments/{places[1]['id']}"))["state"] == "missed"

    await _sell(gateway, people[2], places[2]["id"], asker=people[1][0], tell=tell)
    tell("Dewi menceritakan penjualan pertamanya; petugas melihat hasilnya sebagai angka")
    await people[2][0].post(f"/enrolments/{places[2]['id']}/outcome", {"outcome": "first_sale"})
    results = await officer.get(f"/trainings/{training['id']}/results")
    assert (results["completed"], results["missed"], results["outcomes"]) == (1, 1, {"first_sale": 1})
    tell(f"  mendaftar {results['enrolled']}, lulus 1, kurang hadir 1, penjualan pertama 1")


async def _sell(gateway: Gateway, seller: tuple[Person, str], id: str, *, asker: Person, tell: Tell) -> None:
    """A product on a page of its own, and a question that goes through us alone."""
    tell("Dewi memajang produknya; Yanti bertanya lewat Si-Caker, tanpa melihat kontak Dewi")
    body = {"name": "Keripik tempe", "description": "Renyah, tanpa pengawet.", "price": 15_000, "unit": "bungkus"}
    product = await seller[0].put(f"/enrolments/{id}/product", {**body, "kelurahan_code": "35.77.02.1007"})
    found = await gateway.call("GET", f"/products/{product['id']}")
    assert seller[0].contact not in str(found)
    question = {"text": "Bisa pesan 20 bungkus?", "reply_to": asker.contact}
    await asker.post(f"/products/{product['id']}/questions", question)
    mail = await gateway.message(seller[1], lambda mail: "Keripik tempe" in mail["text"])
    asked = await seller[0].get(f"/enrolments/{id}/product/questions")
    assert asked["items"][0]["text"] == question["text"]
    tell(f"  e-mail kepada Dewi: {mail['subject']}")


async def _take_seat(person: Person, id: str) -> Json:
    """Whoever enrolled a moment ago has the seat at once; whoever waited longer answers the offer."""
    place: Json = await person.get(f"/enrolments/{id}")
    if place["state"] == "offered":
        place = await person.post(f"/enrolments/{id}/accept")
    return place


async def _finish(officer: Person, id: str) -> Json | None:
    try:
        found: Json = await officer.post(f"/trainings/{id}/finish")
        return found
    except Refused as refused:
        if refused.code == "training_not_over":
            return None
        raise


async def _check(gateway: Gateway, person: Person, id: str, tell: Tell) -> None:
    """Print the certificate, and check its code as a stranger would."""
    from pypdf import PdfReader

    headers = {"Authorization": f"Bearer {person.token}"}
    pdf = await gateway.http.get(f"/api/v1/enrolments/{id}/certificate", headers=headers)
    page = PdfReader(io.BytesIO(pdf.raise_for_status().content)).pages[0]
    number = re.search(r"SRT-\d{4}-\d{6}", page.extract_text())
    assert number is not None
    assert "Dewi" in page.extract_text()
    refused = await refusal(gateway.call("GET", f"/trainings/papers/{number[0]}"))
    assert refused.status == 404, "a number alone tells a stranger nothing"
    link = next(str(one.get_object()["/A"]["/URI"]) for one in page.get("/Annots", []))  # as the QR code
    checked = await gateway.call("GET", f"/trainings/papers/{link.rpartition('/')[2]}")
    assert (checked["state"], checked["number"]) == ("valid", number[0])
    shown = await gateway.http.get(urlsplit(link).path)
    assert (shown.status_code, number[0] in shown.text) == (200, True)
    tell(f"  sertifikat {number[0]} sebagai PDF; kode QR-nya membuktikan keasliannya di /cek, nomornya saja tidak")
