"""Compose runs the same system as `make run`: the same processes, variables, health paths and topics.

Docker is not everywhere; so the file is read here and held against deploy/local's one table.
"""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from deploy.local.keys import NAMES
from deploy.local.places import ROOT
from deploy.local.ports import API, GATEWAY, INBOX, KAFKA, SMTP, STEP, STORE, WORKER
from deploy.local.system import System
from deploy.local.table import (
    ALIVE,
    API_PORT,
    INBOX_SETTINGS,
    PROCESS_ENV,
    SERVICES,
    WORKER_PORT,
    Role,
    process_name,
)
from deploy.local.topics import read_topics

PROCESSES = [(service, role) for service in SERVICES for role in service.roles]
PARTS = {"kafka", "mongo", "topics", "gateway", "inbox"}
LOCAL_SYSTEM = System(pid=1, base_port=8080, kafka_url="k", kafka="", store_url="m", store="")


def _compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return loaded


COMPOSE = _compose()
RUNS: dict[str, Any] = COMPOSE["services"]


def test_the_same_processes() -> None:
    """Besides them only the parts, and what a profile switches on."""
    ours = {process_name(service.name, role) for service, role in PROCESSES}
    assert {name for name, run in RUNS.items() if "profiles" not in run} == ours | PARTS


@pytest.mark.parametrize(("service", "role"), PROCESSES, ids=lambda value: getattr(value, "name", value))
def test_the_same_variables(service: Any, role: Role) -> None:
    run = RUNS[process_name(service.name, role)]
    ours = {name for name in run["environment"] if name.startswith("CAKER_")}
    local = LOCAL_SYSTEM.environment(service.name, role)
    assert ours == {name for name in local if name.startswith("CAKER_") and name != "CAKER_LOCAL"}
    assert {name: run["environment"][name] for name in PROCESS_ENV} == PROCESS_ENV


@pytest.mark.parametrize(("service", "role"), PROCESSES, ids=lambda value: getattr(value, "name", value))
def test_the_same_ports_and_health(service: Any, role: Role) -> None:
    run = RUNS[process_name(service.name, role)]
    port = API_PORT if role == "api" else WORKER_PORT
    assert run["environment"]["CAKER_PORT"] == str(port)
    assert f"http://127.0.0.1:{port}{ALIVE}" in run["healthcheck"]["test"][-1]
    assert run["command"] == [role]
    assert run["image"] == f"si-caker/{service.name}"


@pytest.mark.parametrize(("service", "role"), PROCESSES, ids=lambda value: getattr(value, "name", value))
def test_a_process_can_be_scaled_and_is_fenced_in(service: Any, role: Role) -> None:
    run = RUNS[process_name(service.name, role)]
    assert "container_name" not in run
    assert "ports" not in run, "a published port fits one replica only"
    assert run["mem_limit"]
    assert run["read_only"] is True
    assert run["cap_drop"] == ["ALL"]
    assert run["stop_grace_period"] == "30s"


def test_every_secret_is_a_file_that_is_handed_over() -> None:
    assert COMPOSE["secrets"].keys() == NAMES.keys()
    for name, run in RUNS.items():
        given = {Path(value).name for key, value in run.get("environment", {}).items() if key.endswith("_FILE")}
        assert given & NAMES.keys() == set(run.get("secrets", [])), name


def test_the_inbox_has_the_same_variables() -> None:
    assert RUNS["inbox"]["environment"].keys() == {f"CAKER_{name}" for name in INBOX_SETTINGS}
    local = {name for name in LOCAL_SYSTEM.inbox_environment() if name.startswith("CAKER_")}
    assert local == RUNS["inbox"]["environment"].keys()


def test_the_gateway_knows_every_api_by_name() -> None:
    given = RUNS["gateway"]["environment"]
    for service in SERVICES:
        assert given[f"{service.name.upper()}_UPSTREAM"] == f"dynamic a {service.name}-api {API_PORT}"
    local = {name for name in LOCAL_SYSTEM.gateway_environment() if not name.startswith("XDG_")}
    assert given.keys() == local
    asked = set(re.findall(r"\{\$(\w+)", (ROOT / "deploy/gateway/Caddyfile").read_text()))
    assert asked == local


def test_an_api_waits_for_the_store_and_a_worker_for_the_topics() -> None:
    for service, role in PROCESSES:
        waits = RUNS[process_name(service.name, role)].get("depends_on", {})
        assert ("mongo" in waits) == service.stored
        assert ("topics" in waits) == (role == "worker")


def test_every_variable_that_compose_reads_is_explained() -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    example = (ROOT / ".env.example").read_text()
    shown = dict(re.findall(r"^([A-Z_]+)=(.*)$", example, flags=re.MULTILINE))
    read = dict(re.findall(r"\$\{([A-Z_]+):?-([^}]*)\}", text))
    assert shown == read


def test_kafka_promises_the_same_everywhere() -> None:
    local = (ROOT / "deploy/local/kafka/server.properties").read_text()
    for name in ("auto.create.topics.enable", "unclean.leader.election.enable", "offsets.retention.minutes"):
        value = re.search(rf"^{re.escape(name)}=(\S+)$", local, flags=re.MULTILINE)
        assert value is not None
        assert RUNS["kafka"]["environment"]["KAFKA_" + name.upper().replace(".", "_")] == value.group(1)


def test_topics_hold_to_the_mandatory_settings() -> None:
    topics = {topic.name: topic for topic in read_topics()}
    for name, topic in topics.items():
        if name.endswith((".retry", ".dead")):
            assert (topic.partitions, topic.config["retention.ms"]) == (3, "1209600000")
        else:
            assert topic.partitions == 12
        if name.endswith("-contact"):
            assert topic.config == {
                "cleanup.policy": "compact",
                "segment.ms": "43200000",
                "max.compaction.lag.ms": "86400000",
                "delete.retention.ms": "604800000",
            }
            assert topic.personal_data == "sealed"
        assert (topic.replication, topic.min_insync) == (3, 2)
    assert topics["identity-code"].config["retention.ms"] == "600000"


def test_no_two_processes_share_a_port() -> None:
    services = [
        base + STEP * place + number
        for base in (API, WORKER)
        for place in range(len(SERVICES))
        for number in range(STEP)
    ]
    every = [*services, GATEWAY, INBOX, SMTP, *range(KAFKA, KAFKA + 6), STORE]
    assert len(every) == len(set(every))
