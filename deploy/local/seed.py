"""First data of a fresh local system: a demo officer, employer and seeker, and some synthetic vacancies, all through
the public API."""

import asyncio
import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from typing import Any

from deploy.local import environment
from deploy.local.demo.people import Gateway, Person, Refused, publish, sign_in, sign_up_employer, sign_up_seeker

OFFICER = ("petugas@si-caker.example", "petugas-kota-madiun")
EMPLOYER = ("usaha@si-caker.example", "usaha-kota-madiun")
SEEKER = "+6283900000999"


def make_officer(email: str, password: str) -> None:
    """Make the officer with the command that operators use."""
    env = {**os.environ, **environment.load("identity"), "CAKER_OFFICER_PASSWORD": password}
    command = [sys.executable, "-m", "services.identity.officer", email]
    subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL, timeout=30)


async def seed(url: str) -> int:
    """Fill an empty system; returns how many vacancies were published. Safe to repeat."""
    make_officer(*OFFICER)
    async with Gateway(url) as gateway:
        officer = await sign_in(gateway, email=OFFICER[0], password=OFFICER[1])
        await sign_up_seeker(gateway, name="Sari", phone=SEEKER)
        rows = json.loads(files("deploy.local.demo").joinpath("employers.json").read_text())["employers"]
        return sum([await _employer(gateway, officer, number, row) for number, row in enumerate(rows)])


async def _employer(gateway: Gateway, officer: Person, number: int, row: dict[str, Any]) -> int:
    email = EMPLOYER[0] if number == 0 else f"usaha{number}@si-caker.example"
    person = await sign_up_employer(gateway, name=row["contact_name"], email=email, password=EMPLOYER[1])
    fields = {key: row[key] for key in ("name", "size", "nib", "kelurahan_code", "address") if row[key]}
    try:
        employer = await person.post("/employers", fields)
    except Refused as refused:
        if refused.code == "employer_exists":
            return 0
        raise
    await officer.post(f"/employers/{employer['id']}/verify")
    for order, vacancy in enumerate(row["vacancies"]):
        await publish(person, officer, complete(vacancy, days=14 + 3 * order + number))
    return len(row["vacancies"])


def complete(vacancy: dict[str, Any], *, days: int) -> dict[str, Any]:
    """A vacancy of the synthetic file with what the form asks besides."""
    today = datetime.now(UTC).date()
    wage = {key: value for key, value in vacancy["wage"].items() if value is not None}
    hours = {"days": ["mon", "tue", "wed", "thu", "fri", "sat"], "start": "08:00", "end": "16:00"}
    return {
        **vacancy,
        "wage": wage,
        "hours": {"flexible": True} if vacancy["workplace"] == "home" else hours,
        "closes_on": (today + timedelta(days=days)).isoformat(),
    }


def main() -> None:
    url = environment.load("portal")["CAKER_PUBLIC_URL"]
    count = asyncio.run(seed(url))
    print(f"demo logins ({count} made-up vacancies were published):")
    print(f"  petugas       {OFFICER[0]}   kata sandi {OFFICER[1]}")
    print(f"  usaha         {EMPLOYER[0]}     kata sandi {EMPLOYER[1]}")
    print(f"  pencari kerja {SEEKER}    kode masuk datang di {url}/dev/inbox")


if __name__ == "__main__":
    main()
