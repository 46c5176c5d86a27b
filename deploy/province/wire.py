"""The province's end of the wire: it writes its two topics and reads the other two."""

import asyncio
import json
import secrets
import time
from collections.abc import AsyncIterator, Collection
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Any

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

Event = dict[str, Any]
CODE = "35"
RECEIPT = "ProvinceRecordAnswered.v1"
WAIT_SECONDS = 30.0
SILENCE_SECONDS = 3.0


def new_id(prefix: str) -> str:
    return f"{prefix}-{int(time.time())}-{secrets.token_hex(3)}"


def event(type: str, *, subject: str, sequence: int, data: Event, time: str | None = None) -> Event:
    """A CloudEvent as the contract wants it."""
    return {
        "specversion": "1.0",
        "id": new_id("jt"),
        "source": f"/province/{CODE}",
        "type": type,
        "subject": subject,
        "time": time or datetime.now(UTC).isoformat(),
        "sequence": sequence,
        "datacontenttype": "application/json",
        "dataschema": f"/schemas/{type}.json",
        "data": data,
    }


def vacancy(origin_id: str, *, revision: int = 1, **given: Any) -> Event:
    """A vacancy of the province, whole; `given` are other values of its fields."""
    data = {
        "origin_id": origin_id,
        "revision": revision,
        "employer_name": "PT Contoh Jatim",
        "title": "Operator gudang",
        "kind": "full_time",
        "contract": "fixed_term",
        "occupation": None,
        "openings": 2,
        "workplace": "onsite",
        "kelurahan_code": None,
        "location_text": "Kabupaten Ngawi",
        "hours": {"days": ["mon", "tue", "wed", "thu", "fri"], "start": "08:00", "end": "16:00"},
        "wage": {"min": 2_500_000, "per": "month"},
        "piecework": None,
        "description": "Menata barang di gudang dan mencatat keluar masuknya.",
        "conditions": "",
        "education_min": {"form": "rekap_III_2", "code": "3000"},
        "experience_months": None,
        "skills": [],
        "benefits": [],
        "licences": [],
        "may_bring_child": False,
        "closes_on": (datetime.now(UTC).date() + timedelta(days=30)).isoformat(),
        "answer_by": None,
        "url": "https://example.go.id/lowongan/" + origin_id,
        "city_number": None,
        **given,
    }
    return event("ProvinceVacancyOffered.v1", subject=origin_id, sequence=revision, data=data)


def ending(origin_id: str, *, revision: int, reason: str = "closed") -> Event:
    data = {"origin_id": origin_id, "revision": revision, "reason": reason, "ended_at": datetime.now(UTC).isoformat()}
    return event("ProvinceVacancyEnded.v1", subject=origin_id, sequence=revision, data=data)


def request(ids: Collection[str] = (), *, everything: bool = False) -> Event:
    data = {"ids": list(ids), "everything": everything}
    return event("ProvinceResendAsked.v1", subject="request", sequence=1, data=data)


class Wire:
    """One connection. Reading joins no group: the province's own books are its memory."""

    def __init__(self, url: str, *, prefix: str = "") -> None:
        self._url, self._prefix = url, prefix
        self._producer = AIOKafkaProducer(bootstrap_servers=url, client_id="province", enable_idempotence=True)

    async def __aenter__(self) -> "Wire":
        async with asyncio.timeout(WAIT_SECONDS):
            await self._producer.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._producer.stop()

    async def send(self, sent: Event) -> str:
        """Key = subject, so that the records of one vacancy stay in order; returns the event's id."""
        end = "request" if sent["type"] == "ProvinceResendAsked.v1" else "vacancy"
        await self.send_raw(end, sent["subject"], json.dumps(sent).encode())
        return str(sent["id"])

    async def send_raw(self, end: str, key: str, value: bytes) -> None:
        async with asyncio.timeout(WAIT_SECONDS):
            await self._producer.send_and_wait(self._topic(end), value, key=key.encode())

    async def receipt(self, event_id: str, *, seconds: float = WAIT_SECONDS) -> Event:
        """The receipt of one record, as soon as it is there; without one by then a province sends it again."""
        async with asyncio.timeout(seconds):
            async for told in self.stream("receipt", follow=True):
                if told["type"] == RECEIPT and told["data"]["event_id"] == event_id:
                    return told
        raise TimeoutError

    async def stream(self, end: str, *, follow: bool = False) -> AsyncIterator[Event]:
        """Everything on a topic from its beginning; to its end as it stands now, or for ever."""
        consumer = AIOKafkaConsumer(
            self._topic(end), bootstrap_servers=self._url, auto_offset_reset="earliest", enable_auto_commit=False
        )
        await consumer.start()
        try:
            ends = await consumer.end_offsets(list(consumer.assignment()))
            while follow or any([await consumer.position(place) < last for place, last in ends.items()]):
                for records in (await consumer.getmany(timeout_ms=200)).values():
                    for record in records:
                        yield json.loads(record.value or b"{}")
        finally:
            await consumer.stop()

    def _topic(self, end: str) -> str:
        name = f"province.{CODE}.{end}"
        return f"{self._prefix}.{name}" if self._prefix else name
