"""GET /vacancies through the API: against a handler that returns as many ready bytes, and how it grows with the
number of vacancies."""

from datetime import UTC, datetime, timedelta

from bench.figures import against, figure, p99, ratio, spread
from bench.load import get, hammer, steady
from bench.stand import Stand
from services.vacancy.store.database import VacancyStore
from services.vacancy.store.documents import vacancy_fields
from services.vacancy.tests.making import standing
from shared.mongo import Database, Document

FEW, MANY = 1_000, 100_000
REQUESTS, RATE, MOST = 400, 40, 1.5
TRADES = ("penjahit", "kasir", "sopir", "juru masak", "perawat", "guru", "satpam", "montir", "tukang", "barista")
PLACES = ("Taman", "Kartoharjo", "Manguharjo", "Klegen", "Winongo", "Josenan", "Banjarejo")


def searches(count: int) -> list[bytes]:
    words = [f"{TRADES[n % len(TRADES)].replace(' ', '%20')}%20{PLACES[n // 3 % len(PLACES)]}" for n in range(count)]
    return [get(f"/api/v1/vacancies?q={word}&limit=20") for word in words]


async def search(stand: Stand) -> None:
    at_rate: dict[int, list[float]] = {}
    for number in (FEW, MANY):
        place = stand.place()
        async with stand.client() as client:
            await know_vacancies(stand.database(client, place, "vacancy"), number)
        async with stand.process("vacancy-api", place) as api:
            first = (await hammer(api.port, searches(200))).must_be(200)
            at_rate[number] = list(
                (await steady(api.port, searches(REQUESTS), rate=RATE)).must_be(200).seconds.values()
            )
            print(f"         search among {number:,} at {RATE}/s: {spread(at_rate[number])}")
            if number == FEW:
                size = sum(map(len, first.bodies.values())) // len(first.bodies)
                async with stand.process("bench.bare", place, BARE_STORED="0", BARE_ANSWERED=str(size)) as bare:

                    async def ours() -> float:
                        return (await hammer(api.port, searches(REQUESTS))).must_be(200).rate

                    async def peer() -> float:
                        return (await hammer(bare.port, [get("/ready")] * (5 * REQUESTS))).must_be(200).rate

                    ratio(f"search against a handler with {size:,} ready bytes", *await against(ours, peer), goal=0)
    growth = p99(at_rate[MANY]) / p99(at_rate[FEW])
    figure(f"p99 of search from {FEW:,} to {MANY:,} vacancies", growth, most=MOST, unit="x ")


async def know_vacancies(database: Database, count: int) -> None:
    """Published ones, alike but for what a search looks at."""
    await VacancyStore(database).prepare()
    row: Document = vacancy_fields(standing("published"), changed_at=datetime.now(UTC))
    now = datetime.now(UTC)
    for start in range(0, count, 2000):
        made = []
        for number in range(start, min(start + 2000, count)):
            title = f"{TRADES[number % len(TRADES)]} {PLACES[number // 7 % len(PLACES)]} {number}"
            times = {"published_at": now - timedelta(seconds=number), "closes_at": now + timedelta(days=30)}
            own = {"_id": f"vac_{number:07}", "number": f"LWK-2026-{number:07}", "version": 3, "outbox": []}
            made.append({**row, **times, **own, "title": title, "changed_at": now - timedelta(days=1)})
        await database.vacancies.insert_many(made)
