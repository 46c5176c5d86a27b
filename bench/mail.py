"""From the 201 of an application to the e-mail at the provider, at a steady rate."""

import asyncio
import time
from datetime import datetime
from functools import partial

from bench.figures import spread
from deploy.local.beside import RunningSystem
from deploy.local.demo.people import Gateway, Json, Person, eventually, publish, sign_in, sign_up_seeker
from deploy.local.seed import OFFICER
from tests.journeys.journey import apply_when_known, fresh_email, fresh_phone, vacancy_body, verified_employer

RATE, SEEKERS, VACANCIES = 20, 30, 15  # 450 applications in 22 s


async def application_to_mail(system: RunningSystem) -> None:
    """Print the median and the 99th percentile of 201 → e-mail accepted, at 20 applications per second."""
    async with Gateway(system.url) as gateway:
        vacancies, seekers = await _people(gateway)
        answered: dict[str, float] = {}

        async def apply(seeker: Person, vacancy_id: str) -> None:
            made = await seeker.post("/applications", {"vacancy_id": vacancy_id})
            answered[made["number"]] = time.time()

        running, started = [], time.monotonic()
        pairs = [(seeker, vacancy) for vacancy in vacancies for seeker, _ in seekers]
        for number, (seeker, vacancy) in enumerate(pairs):
            await asyncio.sleep(max(started + number / RATE - time.monotonic(), 0))
            running.append(asyncio.create_task(apply(seeker, vacancy)))
        await asyncio.gather(*running)
        accepted = await _accepted(gateway, [mail for _, mail in seekers], set(answered))
    seconds = [accepted[number] - at for number, at in answered.items()]
    print(f"201 → e-mail at the provider, {RATE}/s, {len(seconds)} times: {spread(seconds)} (goal 50 / 300 ms)")


async def _people(gateway: Gateway) -> tuple[list[str], list[tuple[Person, str]]]:
    officer = await sign_in(gateway, email=OFFICER[0], password=OFFICER[1])
    employer, _ = await verified_employer(gateway, officer, name="Usaha Uji Contoh")
    vacancies = [(await publish(employer, officer, vacancy_body(f"Uji {n}")))["id"] for n in range(VACANCIES)]
    seekers = []
    for number in range(SEEKERS):
        mail = fresh_email("pelamar")
        seeker = await sign_up_seeker(gateway, name=f"Pelamar {number}", phone=fresh_phone())
        await seeker.put("/seekers/me", {"name": f"Pelamar {number}", "email": mail})
        seekers.append((seeker, mail))
    warm = await verified_employer(gateway, officer, name="Usaha Pemanasan Contoh")
    first = await publish(warm[0], officer, vacancy_body("Pemanasan"))
    for seeker, mail in seekers:
        number = (await apply_when_known(seeker, first["id"]))["number"]
        await gateway.message(mail, partial(_names, number))
    scout = seekers.pop(0)[0]  # goes first, so that the measured ones meet no vacancy that has not arrived yet
    for vacancy in vacancies:
        await apply_when_known(scout, vacancy)
    return vacancies, seekers


def _names(number: str, message: Json) -> bool:
    return number in message["text"]


async def _accepted(gateway: Gateway, addresses: list[str], numbers: set[str]) -> dict[str, float]:
    found: dict[str, float] = {}

    async def all_there() -> bool:
        for address in addresses:
            for message in await gateway.inbox(address):
                at = datetime.fromisoformat(message["at"]).timestamp()
                for number in numbers - set(found):
                    if number in message["text"]:
                        found[number] = at
        return len(found) == len(numbers)

    await eventually(all_there, what="every receipt", seconds=60)
    return found
