"""The demos of the Makefile: journeys against the running system, printed; exit 0 when everything was as promised."""

import asyncio
import os
import sys
import time

from deploy.local import environment
from deploy.local.demo.people import Gateway, Person, Refused, sign_in
from deploy.local.places import LOCAL, ROOT
from deploy.local.seed import OFFICER
from tests.journeys.card import jobseeker_card
from tests.journeys.forgetting import forgotten
from tests.journeys.helped import helped
from tests.journeys.journey import Tell, whole_journey
from tests.journeys.promise import a_promise_that_is_not_kept
from tests.journeys.province import exchange_with_the_province
from tests.journeys.vacancies import life_of_a_vacancy
from tests.journeys.workshop import workshop


async def overdue(at: str, vacancy_id: str) -> None:
    """The operators' command, beside the running system."""
    await _operators("application", "services.application.overdue", "--at", at, "--vacancy", vacancy_id)


async def cards_due(day: str) -> None:
    """The same of the seeker service."""
    await _operators("seeker", "services.seeker.cards_due", "--at", day)


async def _operators(service: str, *command: str) -> None:
    env = {**os.environ, **environment.load(service)}
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", *command, env=env, cwd=ROOT)
    async with asyncio.timeout(60):
        assert await process.wait() == 0, "what was due was not done"


async def people(gateway: Gateway, officer: Person, tell: Tell) -> None:
    await whole_journey(gateway, officer, tell)
    await helped(gateway, officer, tell)
    await jobseeker_card(gateway, officer, tell, cards_due)
    await workshop(gateway, officer, tell)
    await forgotten(gateway, officer, tell, folder=LOCAL, environment=environment.load("seeker"))


async def vacancies(gateway: Gateway, officer: Person, tell: Tell) -> None:
    await life_of_a_vacancy(gateway, officer, tell)
    await a_promise_that_is_not_kept(gateway, officer, tell, overdue)
    await exchange_with_the_province(gateway, officer, tell, environment=environment.load("vacancy"))


JOURNEYS = {"journey": whole_journey, "vacancies": vacancies, "workshop": workshop, "people": people}


async def demo(url: str, name: str) -> None:
    started = time.monotonic()

    def tell(line: str) -> None:
        print(f"{time.monotonic() - started:6.2f} s  {line}", flush=True)

    async with Gateway(url) as gateway:
        officer = await sign_in(gateway, email=OFFICER[0], password=OFFICER[1])
        await JOURNEYS[name](gateway, officer, tell)
    print(f"{time.monotonic() - started:6.2f} s  selesai")


def main() -> None:
    url = environment.load("portal")["CAKER_PUBLIC_URL"]
    print(f"demo at {url}")
    try:
        asyncio.run(demo(url, sys.argv[1] if len(sys.argv) > 1 else "journey"))
    except (AssertionError, Refused, TimeoutError) as error:
        sys.exit(f"the demo failed: {error}")


if __name__ == "__main__":
    main()
