"""What it costs a relay to be woken for every event, at a steady rate, against one that asks four times a second."""

import asyncio
import time
from itertools import count

from bench.figures import RUNS, load
from bench.stand import Stand
from services.application.tests.conftest import vacancy_event
from shared.mongo import Collection, ensure_indexes
from shared.outbox import INDEXES, Outbox

RATE, SECONDS, MOST = 300, 6.0, 2.0


async def waking(stand: Stand) -> None:
    place, numbers = stand.place(), count()
    await stand.topics(place, "vacancy")
    cpu: dict[str, list[float]] = {"": [], "1": []}
    async with stand.client() as client:
        collection = client[f"{place}_relaying"].vacancies
        await ensure_indexes(collection, INDEXES)
        for polls in ["", "1"] * RUNS:
            async with stand.process("bench.relaying", place, POLLS=polls) as process:
                await _steadily(collection, numbers, seconds=2.0)
                before = process.cpu_seconds
                await _steadily(collection, numbers, seconds=SECONDS)
                cpu[polls].append((process.cpu_seconds - before) / SECONDS)
    each = sorted(ours / peer for ours, peer in zip(cpu[""], cpu["1"], strict=True))
    met = "met" if each[RUNS // 2] <= MOST else "MISSED"
    print(f"{each[RUNS // 2]:6.2f}x  CPU of a woken relay against a 250 ms poll, {RATE}/s (goal <= {MOST:g}: {met})")
    shares = [" ".join(f"{100 * share:.0f}" for share in cpu[polls]) for polls in ("", "1")]
    print(f"         percent of a core: woken {shares[0]}, polling {shares[1]}; {load()}")


async def _steadily(collection: Collection, numbers: "count[int]", *, seconds: float) -> None:
    """Three documents each hundredth of a second, so that the writer costs little."""
    outbox, event, begun = Outbox(collection, source="bench"), vacancy_event(), time.monotonic()
    for turn in range(int(seconds * RATE / 3)):
        await asyncio.sleep(max(begun + 3 * turn / RATE - time.monotonic(), 0))
        await collection.insert_many([outbox.document(f"vac_{next(numbers)}", {}, [event]) for _ in range(3)])
