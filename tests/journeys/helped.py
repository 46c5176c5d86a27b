"""Somebody without an account is helped at the desk: a code read aloud, a profile, what stays shut, and the end."""

import re

from deploy.local.demo.people import Gateway, Person, sign_in_by_code
from tests.journeys.journey import Tell, fresh_phone, refusal


async def helped(gateway: Gateway, officer: Person, tell: Tell) -> None:
    tell("Bu Tumini datang ke loket; petugas membuatkan akun dan meminta kode bantuan")
    phone = fresh_phone()
    await gateway.call("POST", "/accounts", {"role": "seeker", "name": "Tumini", "phone": phone})
    asked = await officer.post("/mandates/codes", {"phone": phone})
    sms = await gateway.message(phone, lambda message: "kode bantuan" in message["text"])
    tell(f"  SMS: {sms['text']}")
    code = re.search(r"\b(\d{6})\b", sms["text"])
    assert code is not None
    mandate = await officer.post("/mandates", {"request_id": asked["request_id"], "code": code.group(1)})
    helper = Person(gateway, (await officer.post(f"/mandates/{mandate['id']}/token"))["access_token"], phone)

    tell("Petugas mengisi profilnya; data akun dan dokumen tetap tertutup")
    await helper.put("/seekers/me", {"name": "Tumini", "skills": ["menjahit"]})
    shut = await refusal(helper.get("/accounts/me"))
    assert shut.code == (await refusal(helper.get("/seekers/me/documents"))).code == "only_in_person"
    tell(f"  {shut.code}")

    told = await gateway.message(phone, lambda message: "membantu akun Anda" in message["text"])
    tell(f"  SMS: {told['text']}")
    tell("Di rumah ia menghentikan bantuan itu dengan kode dari SMS")
    await gateway.call("POST", "/accounts/recoveries/stop", {"token": told["text"].split()[-1]})
    over = await refusal(officer.post(f"/mandates/{mandate['id']}/token"))
    assert over.code == "mandate_over"
    person = await sign_in_by_code(gateway, phone=phone)
    (kept,) = (await person.get("/mandates"))["items"]
    assert (kept["ended_by"], (await person.get("/seekers/me"))["skills"]) == ("person", ["menjahit"])
    tell(f"  {over.code}; ia membaca siapa yang membantu: {kept['name']}")
