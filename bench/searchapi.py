"""The whole vacancy API with 200,000 vacancies, on one core: how long it is getting ready, what a search with facets
and a suggestion take over HTTP, and what the process keeps in memory."""

from datetime import UTC, datetime, timedelta
from itertools import islice
from statistics import median
from urllib.parse import quote

from bench.figures import figure, p99, spread
from bench.load import get, steady
from bench.searchspeed import MANY, NOW, TOWNS, TRADES, vacancies
from bench.stand import Stand
from services.vacancy.store.database import VacancyStore
from services.vacancy.store.documents import vacancy_fields
from services.vacancy.tests.making import standing
from shared.mongo import Database, Document

SEARCHES, WARM, CHUNK = 400, 40, 2_000
RATE = 10  # each second: one visitor after the other
_OWN = ("_id", "title", "description", "conditions", "skills", "employer_name", "kind", "workplace", "wage")
_PLACE = ("kelurahan_code", "location_text")


async def searchapi(stand: Stand) -> None:
    place = stand.place()
    async with stand.client() as client:
        await _know(stand.database(client, place, "vacancy"))
    async with stand.process("vacancy-api", place) as api:
        api.keep_to_core(0)
        figure(f"the API is ready with {MANY:,} vacancies that it had not seen", api.ready_in, most=60.0, unit="s ")
        words = [f"{trade} {town.split()[-1]}" for trade in TRADES for town in TOWNS]
        took = await _timed(api.port, [f"/api/v1/vacancies?q={quote(said)}&limit=20" for said in words])
        print(f"         two words, with facets, over HTTP: {spread(took)}")
        figure("median of a search at the API", median(took) * 1e3, most=15.0, unit="ms")
        figure("p99 of a search at the API", p99(took) * 1e3, most=60.0, unit="ms")
        begun = [trade[:length] for trade in TRADES for length in (2, 3, 5)]
        took = await _timed(api.port, [f"/api/v1/vacancies/suggestions?q={quote(said)}" for said in begun])
        print(f"         suggestions, over HTTP: {spread(took)}")
        figure("median of a suggestion at the API", median(took) * 1e3, most=5.0, unit="ms")
        figure("resident memory of the API, all of it", api.megabytes, most=300.0, unit="MB")
        print(f"         of that {api.megabytes_of_files:.0f} MB are pages of files, which the system takes back")


async def _timed(port: int, paths: list[str]) -> list[float]:
    """Seconds of each of so many requests, one at a time, after some to warm up."""
    requests = [get(paths[number % len(paths)]) for number in range(WARM + SEARCHES)]
    answers = (await steady(port, requests, rate=RATE, connections=1)).must_be(200)
    return [answers.seconds[number] for number in range(WARM, len(requests))]


async def _know(database: Database) -> None:
    await VacancyStore(database).prepare()
    row: Document = vacancy_fields(standing("published"), changed_at=datetime.now(UTC))
    now, made = datetime.now(UTC), vacancies(MANY)
    while some := list(islice(made, CHUNK)):
        await database.vacancies.insert_many([_stored(row, own, now) for own in some])


def _stored(row: Document, own: Document, now: datetime) -> Document:
    times = {"published_at": own["published_at"] + (now - NOW), "closes_at": now + timedelta(days=30)}
    told = {"number": f"LWK-2026-{own['_id'][4:]}", "version": 3, "outbox": [], "changed_at": now - timedelta(days=1)}
    return {**row, **{name: own[name] for name in (*_OWN, *_PLACE)}, **times, **told}
