"""POST /applications of the real API against a bare FastAPI + motor insert: same server settings, same store, as many
bytes stored and answered."""

import json
from dataclasses import dataclass

from bench.figures import against, figure, p99, ratio, spread
from bench.load import hammer, post, steady
from bench.processes import Running
from bench.stand import Stand
from services.application.reactions import vacancy_shape
from services.application.tests.conftest import vacancy_event
from shared.mongo import Database
from shared.testing import envelope

SEEKERS, VACANCIES = 40, 15  # a person has 20 applications a day
FEW, MANY, RATE, SECONDS = 1_000, 100_000, 40, 10
PATH = "/api/v1/applications"


@dataclass
class People:
    """Fresh seekers for each run, signed in, and the vacancies they apply for."""

    stand: Stand
    _number: int = 0

    def requests(self, path: str, count: int = SEEKERS * VACANCIES, *, signed: bool = True) -> list[bytes]:
        """One after another each person applies once, then again: nobody sends two at the same instant."""
        seekers = range(self._number, self._number + -(-count // VACANCIES))
        self._number = seekers.stop
        headers = [self.stand.mint.headers(f"acc_{seeker}", "seeker") if signed else {} for seeker in seekers]
        pairs = [(who, number) for number in range(VACANCIES) for who in headers]
        return [post(path, {"vacancy_id": f"vac_{number}"}, who) for who, number in pairs[:count]]


async def know_vacancies(database: Database, count: int = VACANCIES) -> None:
    """As the vacancy service's events would have left them."""
    event = envelope(vacancy_event(), subject="vac_0")
    fields = {**vacancy_shape(event), "seq": 1}
    for start in range(0, count, 1000):
        numbers = range(start, min(start + 1000, count))
        await database.vacancies.insert_many([{**fields, "_id": f"vac_{number}"} for number in numbers])


async def submit(stand: Stand) -> None:
    place, people = stand.place(), People(stand)
    async with stand.client() as client, stand.process("application-api", place) as api:
        database = stand.database(client, place, "application")
        await know_vacancies(database)
        first = await _answer(api, people.requests(PATH, VACANCIES))
        stored = await database.applications.find_one({})
        size = len(json.dumps(stored, default=str))
        given = {"BARE_STORED": str(size - 80), "BARE_ANSWERED": str(len(first) - 60)}
        async with stand.process("bench.bare", place, **given) as bare:
            await _rate(bare, people.requests("/applications", 200, signed=False))
            for path, signed in (("/applications", False), ("/signed/applications", True)):

                async def ours() -> float:
                    return await _rate(api, people.requests(PATH))

                async def peer(path: str = path, signed: bool = signed) -> float:
                    return await _rate(bare, people.requests(path, signed=signed))

                rates = await against(ours, peer)
                how = "the peer checks tokens too" if signed else "ours checks tokens, the peer does not"
                ratio(f"submit against FastAPI + motor insert of {size} bytes; {how}", *rates, goal=0.85)


async def growth(stand: Stand) -> None:
    """The p99 of a submit where few and where many vacancies are known, at the same steady rate."""
    seconds: dict[int, list[float]] = {}
    for number in (FEW, MANY):
        place, people = stand.place(), People(stand)
        async with stand.client() as client, stand.process("application-api", place) as api:
            await know_vacancies(stand.database(client, place, "application"), number)
            await _rate(api, people.requests(PATH, 5 * VACANCIES))
            answers = (await steady(api.port, people.requests(PATH, RATE * SECONDS), rate=RATE)).must_be(201)
            seconds[number] = list(answers.seconds.values())
            print(f"         submit with {number:,} vacancies at {RATE}/s: {spread(seconds[number])}")
    times = p99(seconds[MANY]) / p99(seconds[FEW])
    figure(f"p99 of submit from {FEW:,} to {MANY:,} vacancies", times, most=1.5, unit="x ")


async def _answer(api: Running, requests: list[bytes]) -> bytes:
    answers = (await hammer(api.port, requests)).must_be(201)
    return answers.bodies[0]


async def _rate(api: Running, requests: list[bytes]) -> float:
    return (await hammer(api.port, requests)).must_be(201).rate
