"""Waits for rest, then compares everything that is there: what clients were promised, the documents, the topic, the
planned messages and what the providers took. Prints one JSON object; exit 0 clean, 1 an anomaly, 2 no rest.

    python -m tests.promises.check MONGO_URL KAFKA_URL [--ledger FILE] [--sinks FILE] [--prefix P] [--seconds N]
"""

import argparse
import asyncio
import json
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from aiokafka import TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError

from deploy.local.topics import read_topics
from deploy.reconcile.evidence import Evidence, Planned, Promised, Published, Stored, Told
from deploy.reconcile.gathering import TEMPLATES, messages_of
from deploy.reconcile.verdict import judge
from services.notifier.channels.mail import Letterhead
from services.notifier.settings import NotifierSettings
from shared.kafka import topic_name
from shared.mongo import WORKER_TIMEOUT_MS, Client, Document, connect
from tests.promises import dump
from tests.promises.ledger import Ledger
from tests.promises.sinks import Acceptance

GROUPS = ("application", "notifier")
Times = Sequence[tuple[float, float]]
_LETTERHEAD = Letterhead(str(NotifierSettings.model_fields["mail_from"].default))


@dataclass(frozen=True, kw_only=True)
class Place:
    """A system to look at: its store, its Kafka, the names of its databases and topics."""

    client: Client
    kafka_url: str
    topic_prefix: str = ""
    database_prefix: str = ""

    def database(self, service: str) -> Any:
        return self.client[f"{self.database_prefix}{service}"]


async def restless(place: Place, *, groups: Sequence[str] = GROUPS) -> dict[str, int]:
    """What is still to be done: nothing at all means rest."""
    applications, messages = place.database("application").applications, place.database("notifier").messages
    left = {
        "outbox": await applications.count_documents({"relay_at": {"$exists": True}}),
        "messages": await messages.count_documents({"send_at": {"$exists": True}}) if "notifier" in groups else 0,
    }
    for group in groups:
        left[f"lag of {group}"] = await lag(place, group)
    return {name: count for name, count in left.items() if count}


async def lag(place: Place, group: str) -> int:
    """Records that the group has not committed, over everything that it reads: also where it committed nothing yet,
    which may be all that there is. -1 while Kafka cannot say."""
    names = [each.name for each in read_topics() if group in each.readers and not each.name.endswith(".dead")]
    try:
        offsets = await _offsets(place, group)
        ends = await dump.ends(place.kafka_url, [topic_name(place.topic_prefix, name) for name in names])
        return sum(max(end - offsets.get(where, 0), 0) for where, end in ends.items())
    except KafkaError:
        return -1


async def committed(place: Place, group: str) -> int:
    """How many records the group has committed so far."""
    return sum((await _offsets(place, group)).values())


async def _offsets(place: Place, group: str) -> dict[TopicPartition, int]:
    admin = AIOKafkaAdminClient(bootstrap_servers=place.kafka_url, request_timeout_ms=10_000)
    try:
        await admin.start()
        found = await admin.list_consumer_group_offsets(topic_name(place.topic_prefix, group))
        return {where: max(at.offset, 0) for where, at in found.items()}
    finally:
        await admin.close()


async def rest(place: Place, *, seconds: float, groups: Sequence[str] = GROUPS) -> dict[str, int]:
    """Wait until nothing is left; what still is when the time is over."""
    deadline = time.monotonic() + seconds
    while (left := await restless(place, groups=groups)) and time.monotonic() < deadline:
        await asyncio.sleep(0.2)
    return left


class Unmarked(NamedTuple):
    """A sender was killed: what the store did not know to be sent then (as it goes over the wire), and until when
    the sinks may still have taken it from the dead one."""

    keys: frozenset[str]
    until: float


async def gather(
    place: Place,
    ledger: Ledger,
    taken: Sequence[Acceptance] | None,
    *,
    deaf: Times = (),
    unmarked: Sequence[Unmarked] = (),
) -> Evidence:
    """Read everything. `deaf`: from when to when, by the clock of the sinks, a sender may not have heard them; of
    what was `unmarked` at a kill the last acceptance before it was not heard, and no other."""
    records = await dump.topic(place.kafka_url, topic_name(place.topic_prefix, "application"))
    events = [event for record in records if (event := record.event())]
    documents = await dump.collection(place.database("application"), "applications")
    messages = await dump.collection(place.database("notifier"), "messages")
    others = {_planned(row).wire for row in messages if row["template"] not in TEMPLATES}
    return Evidence(
        attempted=list(ledger.attempted),
        promised=[Promised(answer.key, answer.number) for answer in ledger.accepted],
        stored=[_stored(document) for document in documents],
        published=[Published(event["id"], event["subject"], event["sequence"]) for event in events],
        planned=[_planned(row) for row in messages if row["template"] in TEMPLATES],
        told=None if taken is None else tellings(taken, others, deaf, unmarked),
        plans={event["id"]: messages_of(event) for event in events} if messages else {},
    )


def _stored(row: Document) -> Stored:
    key = f"{row['seeker_id']} {row['vacancy']['id']}"
    return Stored(row["_id"], key, row["number"], row["version"], len(row["outbox"]), "relay_at" in row)


def _planned(row: Document) -> Planned:
    state = "shown" if row["channel"] == "app" else row["state"]  # no provider is asked
    return Planned(row["_id"], row["notice"].partition(":")[0], _wire(row), state)


def tellings(
    taken: Sequence[Acceptance], others: set[str], deaf: Times, unmarked: Sequence[Unmarked]
) -> list[Told]:
    """Each acceptance, and whether its sender can have heard of it."""
    last: dict[tuple[int, str], int] = {}
    for number, one in enumerate(taken):
        for kill, (keys, until) in enumerate(unmarked):
            if one.key in keys and one.at <= until:
                last[kill, one.key] = number
    unheard = set(last.values())
    return [
        Told(one.key, one.hidden or number in unheard or any(begun <= one.at <= ended for begun, ended in deaf))
        for number, one in enumerate(taken)
        if one.key not in others
    ]


def unmarked_at(rows: Iterable[Document], *, until: float) -> Unmarked:
    """Of the messages that a killed sender held."""
    return Unmarked(frozenset(_wire(row) for row in rows), until)


def _wire(row: Document) -> str:
    return str(row["_id"]) if row["channel"] == "sms" else _LETTERHEAD.message_id(row["_id"])


async def _main(arguments: argparse.Namespace) -> int:
    client = connect(arguments.mongo_url, app="check", timeout_ms=WORKER_TIMEOUT_MS)
    place = Place(
        client=client,
        kafka_url=arguments.kafka_url,
        topic_prefix=arguments.prefix,
        database_prefix=f"{arguments.prefix}_" if arguments.prefix else "",
    )
    ledger = Ledger.read(arguments.ledger) if arguments.ledger else Ledger(Path("/dev/null"))
    left = await rest(place, seconds=arguments.seconds)
    taken = None
    if arguments.sinks:
        taken = [Acceptance(**json.loads(line)) for line in arguments.sinks.read_text().splitlines()]
    verdict = judge(await gather(place, ledger, taken))
    client.close()
    print(json.dumps({**verdict.as_dict(), "left": left}, indent=2))
    return 2 if left else int(not verdict.clean)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mongo_url")
    parser.add_argument("kafka_url")
    parser.add_argument("--ledger", type=Path)
    parser.add_argument("--sinks", type=Path)
    parser.add_argument("--prefix", default="")
    parser.add_argument("--seconds", type=float, default=60.0)
    sys.exit(asyncio.run(_main(parser.parse_args())))


if __name__ == "__main__":
    main()
