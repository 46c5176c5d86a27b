"""Reads what a living system has, in an order that lets nothing look wrong only because it moved meanwhile.

The topic, then the documents, then the messages, then what the topic got meanwhile: whatever a document says was
published is there by the second look, and so is the event of every message.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from deploy.reconcile.evidence import Evidence, Planned, Published, Stored
from deploy.reconcile.topic import TopicReader, event_of
from services.notifier.planner import TABLE
from shared.contracts.application import ApplicationCancelled
from shared.kafka import topic_name
from shared.mongo import ASCENDING, Client, Collection, Document

PAGE = 1000
OURS = {kind: rows for kind, rows in TABLE.items() if kind.topic == "application"}
PLANS = {kind.type: sum(len(row.channels) for row in rows) for kind, rows in OURS.items()}
TEMPLATES = {row.template for rows in OURS.values() for row in rows}
DOCUMENT = {"seeker_id": 1, "vacancy.id": 1, "number": 1, "version": 1, "outbox.at": 1, "relay_at": 1}
MESSAGE = {"state": 1, "template": 1, "channel": 1, "created_at": 1, "gather_at": 1}


@dataclass(frozen=True, kw_only=True)
class Place:
    """A system to look at. What is younger than `until` is under way; messages of events before `since` are not
    read."""

    client: Client
    kafka_url: str
    topic_prefix: str = ""
    database_prefix: str = ""
    since: datetime
    until: datetime

    @property
    def oldest(self) -> str:
        """An event's id begins with the time, and its messages' ids with it: older ones are not even read."""
        return f"evt_{_millis(self.since):012x}"

    def collection(self, service: str, name: str) -> Collection:
        return self.client[f"{self.database_prefix}{service}"][name]


async def gather(place: Place) -> Evidence:
    published, plans = list[Published](), dict[str, int]()
    async with TopicReader(place.kafka_url, topic_name(place.topic_prefix, "application")) as topic:
        async for record in topic.new():
            if event := event_of(record):
                published.append(_published(event, late=False))
                if event["id"] > place.oldest and record.timestamp <= _millis(place.until):
                    plans[event["id"]] = messages_of(event)
        stored = [
            _stored(row, place) async for row in pages(place.collection("application", "applications"), DOCUMENT)
        ]
        planned = [_planned(row, place) async for row in _messages(place)]
        async for record in topic.new():
            if event := event_of(record):
                published.append(_published(event, late=True))
    return Evidence(attempted=None, stored=stored, published=published, planned=planned, plans=plans)


def messages_of(event: dict[str, Any]) -> int:
    """How many messages an event makes: none where the person was warned of the same by another event."""
    silent = event["type"] == ApplicationCancelled.type and event.get("data", {}).get("cause") == "recalled"
    return 0 if silent else PLANS.get(event["type"], 0)


async def pages(collection: Collection, fields: dict[str, int], *, after: str = "") -> AsyncIterator[Document]:
    """Every document in the order of the ids, a page at a time, each page under the client's deadline."""
    while True:
        page = await collection.find({"_id": {"$gt": after}}, fields).sort("_id", ASCENDING).limit(PAGE).to_list(PAGE)
        for row in page:
            yield row
        if len(page) < PAGE:
            return
        after = page[-1]["_id"]


async def _messages(place: Place) -> AsyncIterator[Document]:
    async for row in pages(place.collection("notifier", "messages"), MESSAGE, after=place.oldest):
        if row["template"] in TEMPLATES and row.get("channel") != "push":  # beside the plan, as devices ask for it
            yield row


def _published(event: dict[str, Any], *, late: bool) -> Published:
    return Published(event["id"], event["subject"], event["sequence"], late)


def _stored(row: Document, place: Place) -> Stored:
    waiting = row.get("outbox", [])
    fresh = all(entry["at"] > place.until for entry in waiting)
    key = f"{row['seeker_id']} {row['vacancy']['id']}"
    return Stored(row["_id"], key, row["number"], row["version"], len(waiting), "relay_at" in row, fresh)


def _planned(row: Document, place: Place) -> Planned:
    """Under a name without its recipient."""
    event, template, channel, *_ = row["_id"].split(":")
    state = "gathering" if "gather_at" in row else row["state"]  # it waits for others, up to an hour
    return Planned(f"{event}:{template}:{channel}", event, "", state, row["created_at"] > place.until)


def _millis(at: datetime) -> int:
    return int(at.timestamp() * 1000)
