"""The mandatory settings of the clients and servers: each one stands for a fault that was met."""

from typing import Any

import pytest
import yaml

from shared import deadletters, guard, handling, kafka, mongo, relay
from shared.http import UVICORN
from tests.contracts.published import ROOT

PRODUCER = {
    "enable_idempotence": True,
    "request_timeout_ms": 10_000,
    "retry_backoff_ms": 200,
    "linger_ms": 5,
    "max_request_size": 1_048_576,
    "metadata_max_age_ms": 2_000,
}
CONSUMER = {
    "enable_auto_commit": False,
    "auto_offset_reset": "earliest",
    "session_timeout_ms": 15_000,
    "heartbeat_interval_ms": 3_000,
    "rebalance_timeout_ms": 60_000,
    "max_poll_interval_ms": 600_000,
    "max_poll_records": 200,
    "fetch_max_bytes": 5_242_880,
    "max_partition_fetch_bytes": 262_144,
    "metadata_max_age_ms": 2_000,
}
STORE = {
    "w": "majority",
    "journal": True,
    "retryWrites": True,
    "maxPoolSize": 20,
    "maxConnecting": 2,
    "tz_aware": True,
    "uuidRepresentation": "standard",
}
SERVER = {
    "timeout_keep_alive": 75,
    "timeout_graceful_shutdown": 10,
    "limit_concurrency": 200,
    "backlog": 512,
    "server_header": False,
}


@pytest.mark.parametrize(
    ("chosen", "mandatory"),
    [(kafka.PRODUCER, PRODUCER), (kafka.CONSUMER, CONSUMER), (mongo.CLIENT_OPTIONS, STORE), (UVICORN, SERVER)],
    ids=["producer", "consumer", "store", "uvicorn"],
)
def test_a_client_has_its_mandatory_settings(chosen: dict[str, Any], mandatory: dict[str, Any]) -> None:
    assert {name: chosen.get(name) for name in mandatory} == mandatory


def test_no_deserializer_decodes_before_the_loop() -> None:
    assert not {"value_deserializer", "key_deserializer"} & set(kafka.CONSUMER)


def test_a_lease_is_at_least_three_times_the_deadline_under_it() -> None:
    assert relay.LEASE_SECONDS >= 3 * kafka.SEND_DEADLINE


def test_an_api_gives_up_on_the_store_within_a_second_and_a_worker_waits() -> None:
    assert mongo.API_TIMEOUT_MS < 1_000
    assert mongo.WORKER_TIMEOUT_MS == 20_000


def test_admission_answers_before_the_server_does() -> None:
    assert UVICORN["limit_concurrency"] > guard.ADMITTED


def test_a_failing_record_is_given_up_within_its_budget() -> None:
    assert (handling.HANDLER_DEADLINE, handling.RETRY_BUDGET, deadletters.DEAD_IN_A_ROW) == (10.0, 30.0, 20)


def test_the_broker_makes_no_topic_by_itself_and_elects_no_unclean_leader() -> None:
    text = (ROOT / "deploy" / "local" / "kafka" / "server.properties").read_text()
    for line in (
        "auto.create.topics.enable=false",
        "unclean.leader.election.enable=false",
        "offsets.retention.minutes=43200",
    ):
        assert line in text


def test_contact_topics_are_compacted_and_forget_within_a_day() -> None:
    written = yaml.safe_load((ROOT / "deploy" / "topics.yaml").read_text())
    kinds, topics = written["kinds"], written["topics"]
    for name in ("identity-contact", "seeker-contact", "employer-contact"):
        assert topics[name]["kind"] == "contact"
    assert kinds["contact"] == {
        "cleanup.policy": "compact",
        "segment.ms": "43200000",
        "max.compaction.lag.ms": "86400000",
        "delete.retention.ms": "604800000",
    }
    assert topics["identity-code"]["kind"] == "code"
    assert kinds["code"]["retention.ms"] == "600000"
