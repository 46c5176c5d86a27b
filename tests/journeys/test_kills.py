"""Workers die while people apply: nothing accepted is lost, nobody is told twice (V1, V2, V8)."""

import asyncio
from collections import Counter

from deploy.local.beside import RunningSystem
from deploy.local.demo.people import Gateway, Person, eventually, publish, sign_up_seeker
from tests.journeys.journey import apply_when_known, fresh_phone, vacancy_body, verified_employer

SEEKERS, VACANCIES = 10, 20


async def test_each_worker_is_killed_in_turn_while_200_apply_and_each_is_stored_and_told_once(
    system: RunningSystem, gateway: Gateway, officer: Person
) -> None:
    employer, _ = await verified_employer(gateway, officer, name="Pabrik Contoh")
    vacancies = [await publish(employer, officer, vacancy_body(f"Operator {n}")) for n in range(VACANCIES)]
    seekers = [await sign_up_seeker(gateway, name=f"Pelamar {n}", phone=fresh_phone()) for n in range(SEEKERS)]
    accepted: list[str] = []

    async def apply_to(vacancy_id: str) -> None:
        made = await asyncio.gather(*(apply_when_known(seeker, vacancy_id) for seeker in seekers))
        accepted.extend(row["number"] for row in made)

    for number, vacancy in enumerate(vacancies):
        await apply_to(vacancy["id"])
        victim = ("application-worker", "notifier-worker", "vacancy-worker", "seeker-worker", "identity-worker")
        if number % 3 == 1 and number // 3 < len(victim):
            system.kill(victim[number // 3])

    stored = [row["number"] for seeker in seekers for row in await _applications(seeker)]
    assert sorted(stored) == sorted(accepted)
    assert len(set(stored)) == SEEKERS * VACANCIES

    async def receipts() -> Counter[str]:
        found = Counter[str]()
        for seeker in seekers:
            texts = [message["text"] for message in await gateway.inbox(seeker.contact)]
            found.update(number for number in stored for text in texts if number in text)
        return found

    async def all_told() -> bool:
        return len(await receipts()) == len(stored)

    await eventually(all_told, what="a receipt for each application", seconds=90)
    assert set((await receipts()).values()) == {1}


async def _applications(seeker: Person) -> list[dict[str, str]]:
    page = await seeker.get("/applications?limit=100")
    items: list[dict[str, str]] = page["items"]
    return items
