"""Creates the topics of deploy/topics.yaml; safe to repeat, and quick where all are there.

Also the one-shot job of compose: python -m deploy.local.topics (CAKER_KAFKA_URL, CAKER_TOPIC_PREFIX).
"""

import asyncio
import os
import sys
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import KafkaError

FILE = Path(__file__).resolve().parents[1] / "topics.yaml"
ALREADY_THERE = 36
CREATE_MS = 30_000


@dataclass(frozen=True)
class Topic:
    """One topic as deploy/topics.yaml describes it."""

    name: str
    owner: str
    readers: tuple[str, ...]
    personal_data: str
    partitions: int
    replication: int
    min_insync: int
    config: dict[str, str]


def read_topics(file: Path = FILE) -> list[Topic]:
    """Every topic, those of the consuming groups included."""
    plan: dict[str, Any] = yaml.safe_load(file.read_text())
    aside = {key: value for key, value in plan["groups"].items() if key != "names"}
    for group in plan["groups"]["names"]:
        for kind in ("retry", "dead"):
            plan["topics"][f"{group}.{kind}"] = {"owner": group, "readers": [group], **aside}
    return [_topic(name, entry, plan) for name, entry in plan["topics"].items()]


def _topic(name: str, entry: dict[str, Any], plan: dict[str, Any]) -> Topic:
    defaults = plan["defaults"]
    own = plan["kinds"][entry["kind"]] if "kind" in entry else defaults["config"]
    return Topic(
        name=name,
        owner=entry["owner"],
        readers=tuple(entry["readers"]),
        personal_data=entry["personal_data"],
        partitions=entry.get("partitions", defaults["partitions"]),
        replication=defaults["replication"],
        min_insync=defaults["min_insync"],
        config={key: str(value) for key, value in own.items()},
    )


async def create_topics(
    kafka_url: str, prefix: str = "", *, partitions: int | None = None, only: Collection[str] | None = None
) -> list[str]:
    """Create what is missing and bring the settings of the rest in line; returns the names made anew.

    `partitions` overrides every topic's own number and `only` picks some (both for tests, which make many).
    """
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka_url, request_timeout_ms=CREATE_MS)
    await admin.start()
    try:
        brokers = len((await admin.describe_cluster())["brokers"])
        wanted = {
            f"{prefix}.{topic.name}" if prefix else topic.name: topic
            for topic in read_topics()
            if only is None or topic.name in only
        }
        new = [_new(name, topic, brokers, partitions) for name, topic in wanted.items()]
        answer = await admin.create_topics(new, timeout_ms=CREATE_MS)
        made = _made(answer.topic_errors)
        await _align(admin, {name: wanted[name] for name in wanted.keys() - set(made)}, brokers)
        return made
    finally:
        await admin.close()


def _new(name: str, topic: Topic, brokers: int, partitions: int | None) -> NewTopic:
    return NewTopic(
        name=name,
        num_partitions=partitions or topic.partitions,
        replication_factor=min(topic.replication, brokers),
        topic_configs=_config(topic, brokers),
    )


def _config(topic: Topic, brokers: int) -> dict[str, str]:
    """Times are the brokers': by a sender's wrong clock they would refuse a record, or forget it too early."""
    insync = topic.min_insync if brokers >= topic.replication else 1
    return {**topic.config, "min.insync.replicas": str(insync), "message.timestamp.type": "LogAppendTime"}


def _made(errors: Iterable[tuple[Any, ...]]) -> list[str]:
    made = []
    for name, code, *message in errors:
        if code not in (0, ALREADY_THERE):
            raise KafkaError(f"topic {name} cannot be created: error {code} {message}")
        made.extend([name] if code == 0 else [])
    return made


async def _align(admin: AIOKafkaAdminClient, there: dict[str, Topic], brokers: int) -> None:
    """Settings may change between versions; the number of partitions may not, it holds the order."""
    kind = ConfigResourceType.TOPIC
    settings = [ConfigResource(kind, name, configs=_config(topic, brokers)) for name, topic in there.items()]
    if settings:
        await admin.alter_configs(settings)


def main() -> None:
    url, prefix = os.environ["CAKER_KAFKA_URL"], os.environ.get("CAKER_TOPIC_PREFIX", "")
    try:
        made = asyncio.run(create_topics(url, prefix))
    except (KafkaError, OSError) as error:
        sys.exit(f"si-caker: the topics cannot be created at {url}: {error}")
    print(f"topics: {len(made)} created, {len(read_topics()) - len(made)} were there", flush=True)


if __name__ == "__main__":
    main()
