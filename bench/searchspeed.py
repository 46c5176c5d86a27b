"""The search among 200,000 vacancies in one process: how long a search, a suggestion and a new index take, and how
much memory they need."""

import random
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import psutil

from bench.figures import figure, p99, spread
from services.vacancy.search.disk import Disk
from services.vacancy.search.query import SearchQuery
from services.vacancy.search.searching import search
from services.vacancy.search.suggesting import Suggester
from services.vacancy.search.synonyms import built_in, load_synonyms
from shared.reference.tables import kelurahan

MANY, CHUNK, SEARCHES = 200_000, 1_000, 400
NOW = datetime(2026, 3, 2, tzinfo=UTC)
TOWNS = ("Surabaya", "Kab. Magetan", "Ponorogo", "Kab. Ngawi", "Sidoarjo", "Jakarta Selatan", "Malang", "Kab. Madiun")
TRADES = """penjahit|kasir|sopir|juru masak|perawat|guru|satpam|montir|staff gudang|barista|admin|marketing|kurir
pramuniaga|operator produksi|cleaning service|resepsionis|desain grafis|programmer|akuntan|teknisi ac
tukang las""".replace("\n", "|").split("|")
SAYS = """Menjaga kebersihan dan kerapian tempat kerja|Melayani pelanggan dengan ramah|Minimal SMA/SMK sederajat
Pengalaman 1 tahun diutamakan|Jam kerja: 08.00-16.00|Bersedia shift malam|Lulusan SMP boleh|Jujur dan teliti
Punya motor dan SIM C|Mencatat barang masuk dan keluar|Pendidikan minimal S1|Bisa mengoperasikan komputer""".replace(
    "\n", "|"
).split("|")
TYPED = ("kasir taman", "sopir madiun", "dreiver surabaya", "admin lulusan smp", "penjahit dari rumah", "guru les")


def searchspeed() -> None:
    with tempfile.TemporaryDirectory(prefix="si-caker-searchspeed-") as folder:
        disk, synonyms = Disk(Path(folder)), load_synonyms()
        disk.open()
        begun = time.monotonic()
        chunk: list[dict[str, Any]] = []
        for made in vacancies(MANY):
            chunk.append(made)
            if len(chunk) == CHUNK:
                disk.put(chunk, [])
                chunk = []
        disk.commit()
        figure(f"an index of {MANY:,} vacancies", time.monotonic() - begun, most=60.0, unit="s ")
        snapshot = disk.snapshot
        assert snapshot
        words = [f"{trade} {town.split()[-1]}" for trade in TRADES for town in TOWNS]
        took = _times(lambda n: search(SearchQuery(q=words[n % len(words)], now=NOW), snapshot, synonyms))
        print(f"         two words, with facets: {spread(took)}")
        figure("median of a search", median(took) * 1e3, most=15.0, unit="ms")
        figure("p99 of a search", p99(took) * 1e3, most=60.0, unit="ms")
        took = _times(lambda n: search(SearchQuery(q=TYPED[n % len(TYPED)], now=NOW), snapshot, synonyms))
        print(f"         wishes, places and mistakes: {spread(took)}")
        suggester = Suggester(snapshot, synonyms)
        typed = [trade[:length] for trade in TRADES for length in (1, 2, 3, 5)] + ["kesir", "dreiv", "tam"]
        took = _times(lambda n: suggester.suggest(typed[n % len(typed)], 8))
        print(f"         suggestions: {spread(took)}")
        figure("median of a suggestion", median(took) * 1e3, most=5.0, unit="ms")
        held = psutil.Process().memory_info()
        figure(
            "memory, without the pages of the index's files", (held.rss - held.shared) / 1e6, most=300.0, unit="MB"
        )
        print(f"         with those pages, which the system takes back when it needs them: {held.rss / 1e6:.0f} MB")
        print(f"         {built_in()} groups of synonyms; {len(snapshot.labels.titles):,} titles to suggest")
        disk.close()


def _times(work: Callable[[int], object]) -> list[float]:
    """Seconds of each of so many calls, after some to warm up."""
    took = []
    for number in range(-20, SEARCHES):
        begun = time.perf_counter()
        work(number)
        if number >= 0:
            took.append(time.perf_counter() - begun)
    return took


def vacancies(count: int) -> Iterator[dict[str, Any]]:
    """As different from one another as a city's: trades, places, hours, schooling, pay."""
    chance = random.Random(11)
    wards = list(kelurahan())
    for number in range(count):
        trade, here = chance.choice(TRADES), chance.random() < 0.3
        yield {
            "_id": f"vac_{number:07}",
            "state": "published",
            "version": 3,
            "title": f"{trade.capitalize()} {chance.choice(('senior', 'shift', 'toko', 'cabang'))} {number % 997}",
            "description": ". ".join(chance.sample(SAYS, 4)),
            "conditions": ". ".join(chance.sample(SAYS, 4)),
            "skills": [chance.choice(TRADES)],
            "employer_name": f"Usaha Contoh {number % 5_000}",
            "kind": chance.choice(("full_time", "part_time", "daily", "internship")),
            "workplace": chance.choice(("onsite", "onsite", "hybrid", "home")),
            "kelurahan_code": chance.choice(wards) if here else None,
            "location_text": None if here else chance.choice(TOWNS),
            "wage": {"min": chance.randrange(1, 8) * 500_000, "max": None, "per": "month"},
            "published_at": NOW - timedelta(minutes=number % 60_000),
            "closes_at": NOW + timedelta(days=30),
        }
