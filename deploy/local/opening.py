"""`make run`: the order in which everything a user would meet is started, and what happens on the first run."""

import importlib.util
import os
import sys
import time
from dataclasses import replace

from deploy.local import keys, report
from deploy.local.choice import Choice, choose_kafka, choose_store
from deploy.local.fleet import front, services
from deploy.local.places import DATA, LOGS, ROOT, SECRETS, SEEDED, SYSTEM
from deploy.local.ports import KAFKA, SMTP, STORE, base_port, require_free
from deploy.local.program import Program
from deploy.local.progress import Failed
from deploy.local.single import clear_orphans, only_one
from deploy.local.supervisor import Stopped, Supervisor
from deploy.local.system import System, save


def run(only: list[str], scale: dict[str, int]) -> None:
    """Bring the system up and stay until it is told to stop; raises Failed where it cannot be brought up."""
    with only_one():
        for name in clear_orphans():
            report.say(f"ended {name}, left by an earlier run that was killed")
        keys.ensure(SECRETS)
        base = base_port()
        kafka = choose_kafka(DATA, port=base + KAFKA, brokers=1, logs=LOGS)
        store = choose_store(DATA, port=base + STORE, logs=LOGS)
        system = _system(base, kafka, store, scale)
        supervisor = Supervisor(only)
        _require_ports(system, kafka, store, supervisor)
        _live(supervisor, system, kafka, store, whole=not only)


def _live(supervisor: Supervisor, system: System, kafka: Choice, store: Choice, *, whole: bool) -> None:
    supervisor.listen()
    try:
        save(system)
        _open(supervisor, system, kafka, store, whole=whole)
        save(replace(system, ready=True))
        supervisor.stay()
    except Stopped:
        report.say("stopping")
    finally:
        supervisor.stop()
        SYSTEM.unlink(missing_ok=True)
    report.say("stopped")


def _open(supervisor: Supervisor, system: System, kafka: Choice, store: Choice, *, whole: bool) -> None:
    """An API needs the store only, a worker needs the topics too: so APIs start while Kafka does."""
    begun = time.monotonic()
    report.say(f"Kafka: {kafka.version} at {kafka.url}")
    report.say(f"store: {store.version} at {store.url}")
    supervisor.serve("kafka", kafka)
    supervisor.serve("store", store)
    supervisor.begin("front", front(system))
    supervisor.until("store")
    report.say("starting the services")
    supervisor.begin("services", services(system, "api"))
    supervisor.until("kafka")
    if supervisor.wants("kafka") and supervisor.once(_module("topics", system)):
        raise Failed(f"the topics cannot be created:\n{_module('topics', system).tail(3)}")
    supervisor.begin("services", services(system, "worker"))
    supervisor.until()
    if whole and not SEEDED.exists():
        _seed(supervisor, system)
    report.ready(system, time.monotonic() - begun, whole=whole)


def _seed(supervisor: Supervisor, system: System) -> None:
    """Demo data, once; what the module prints (the demo logins) is kept and shown at every start."""
    if importlib.util.find_spec("deploy.local.seed") is None:
        return
    report.say("first run: filling in demo data")
    seed = _module("seed", system)
    seed.log.unlink(missing_ok=True)
    if supervisor.once(seed):
        report.say(f"the demo data could not be filled in; the next run tries again:\n{seed.tail()}")
    else:
        SEEDED.write_text(seed.log.read_text())


def _module(name: str, system: System) -> Program:
    """A module of this package that runs to its end, with the vacancy service's addresses."""
    environment = system.environment("vacancy", "worker")
    argv = (sys.executable, "-m", f"deploy.local.{name}")
    return Program(name=name, argv=argv, log=LOGS / f"{name}.log", env=environment, cwd=ROOT)


def _system(base: int, kafka: Choice, store: Choice, scale: dict[str, int]) -> System:
    return System(
        pid=os.getpid(),
        base_port=base,
        kafka_url=kafka.url,
        kafka=kafka.version,
        store_url=store.url,
        store=store.version,
        topic_prefix=os.environ.get("TOPIC_PREFIX", ""),
        database_prefix=os.environ.get("DATABASE_PREFIX", ""),
        log_level=os.environ.get("LOG_LEVEL", "INFO"),
        scale=scale,
    )


def _require_ports(system: System, kafka: Choice, store: Choice, supervisor: Supervisor) -> None:
    members = [*front(system), *services(system, "api"), *services(system, "worker")]
    wanted = {member.port: member.name for member in members if supervisor.wants(member.name)}
    if supervisor.wants("inbox"):
        wanted[system.base_port + SMTP] = "inbox, SMTP"
    if supervisor.wants("kafka") and kafka.kind != "given":
        wanted |= {system.base_port + KAFKA: "Kafka", system.base_port + KAFKA + 1: "Kafka's controller"}
    if supervisor.wants("store") and store.kind != "given":
        wanted[system.base_port + STORE] = "store"
    require_free(wanted)
