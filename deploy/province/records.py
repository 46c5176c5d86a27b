"""The golden records: what may come, and the receipt that it gets. The city's tests send the same file."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from deploy.province.wire import RECEIPT, Event, Wire, new_id

FILE = Path(__file__).with_name("records.json")
WRITTEN_FOR = date(2026, 1, 5)  # the day on which the dates in the file are right
Case = dict[str, Any]


def read(*, today: date | None = None, suffix: str | None = None) -> list[Case]:
    """With dates as many days ahead of `today`, and origin ids that nobody has used before."""
    text = FILE.read_text()
    shift = (today or datetime.now(UTC).date()) - WRITTEN_FOR
    for day in ("2026-01-31", "2026-02-05", "2026-06-30"):
        text = text.replace(day, (date.fromisoformat(day) + shift).isoformat())
    cases: list[Case] = json.loads(text.replace("{run}", suffix or new_id("r")))
    return cases


def raw(case: Case) -> bytes:
    return json.dumps(case["record"]).encode() if "record" in case else str(case["text"]).encode()


async def send(wire: Wire, case: Case) -> Event:
    """Its receipt; one that cannot be read has no id, and is told by where it lies: the newest receipt is it."""
    known = {receipt["id"] async for receipt in wire.stream("receipt")}
    await wire.send_raw(case.get("topic", "vacancy"), case["key"], raw(case))
    async for receipt in wire.stream("receipt", follow=True):
        if receipt["id"] not in known and receipt["type"] == RECEIPT:
            return receipt
    raise TimeoutError


def as_expected(case: Case, receipt: Event) -> bool:
    told = {name: receipt["data"][name] for name in case["receipt"]}
    return bool(told == case["receipt"])
