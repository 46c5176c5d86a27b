"""Kafka as a Java process: its jars by Maven, its settings, its storage, and how to start it."""

import re
import shutil
import subprocess
from pathlib import Path
from string import Template

from deploy.local.places import ROOT, cache
from deploy.local.program import Program
from deploy.local.progress import Failed, alone, show

VERSION = "4.3.1"
CLUSTER_ID = "c2ktY2FrZXItbG9jYWwtMQ"  # 16 bytes in URL-safe base64
RECIPE = ROOT / "deploy" / "local" / "kafka"
# Serial GC and the first compiler tier: half the start's work and a third less memory, at rates no laptop reaches.
JVM = ("-Xms96m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-XX:-UsePerfData")


def java_is_enough() -> bool:
    """Java 17 or later is here."""
    if not shutil.which("java"):
        return False
    said = subprocess.run(["java", "-version"], capture_output=True, text=True, check=False).stderr
    found = re.search(r'version "(\d+)', said)
    return found is not None and int(found.group(1)) >= 17


def possible() -> bool:
    return java_is_enough() and (_jars().is_dir() or shutil.which("mvn") is not None)


def nodes(data: Path, *, ports: list[tuple[int, int]], logs: Path) -> tuple[Program, ...]:
    """One program per node, ready to start; `ports` are (broker, controller) pairs.

    Three nodes are a cluster that survives one of them: replication 3, two must have written.
    """
    jars = _fetched()
    voters = ",".join(f"{n}@127.0.0.1:{pair[1]}" for n, pair in enumerate(ports, 1))
    return tuple(
        _node(data / f"kafka-{n}", jars, node=n, pair=pair, voters=voters, brokers=len(ports), logs=logs)
        for n, pair in enumerate(ports, 1)
    )


def _node(
    home: Path, jars: Path, *, node: int, pair: tuple[int, int], voters: str, brokers: int, logs: Path
) -> Program:
    home.mkdir(parents=True, exist_ok=True)
    settings = home / "server.properties"
    filled = (RECIPE / "server.properties").read_text().replace("{", "${")
    settings.write_text(
        Template(filled).substitute(
            node=node,
            voters=voters,
            port=pair[0],
            controller_port=pair[1],
            log_dir=home / "log",
            replication=min(3, brokers),
            min_insync=2 if brokers >= 3 else 1,
        )
    )
    _format(home, jars, settings)
    name = "kafka" if node == 1 else f"kafka-{node}"
    return Program(
        name=name,
        argv=("java", *JVM, *_logging(), "-cp", f"{jars}/*", "kafka.Kafka", str(settings)),
        log=logs / f"{name}.log",
        stop_s=20.0,
    )


def _format(home: Path, jars: Path, settings: Path) -> None:
    """Prepare the storage once; a formatted one is left alone."""
    if (home / "log" / "meta.properties").exists():
        return
    tool = ("kafka.tools.StorageTool", "format", "-t", CLUSTER_ID, "-c", str(settings))
    done = subprocess.run(
        ["java", *JVM, *_logging(), "-cp", f"{jars}/*", *tool], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Failed(f"Kafka's storage in {home} cannot be prepared: {(done.stderr or done.stdout).strip()[-300:]}")


def _logging() -> tuple[str, ...]:
    return (f"-Dlog4j2.configurationFile={RECIPE / 'log4j2.properties'}",)


def _jars() -> Path:
    return cache() / f"kafka-{VERSION}"


def _fetched() -> Path:
    """The folder of Kafka's jars, fetched by Maven on first use (45 jars, 44 MB)."""
    jars = _jars()
    with alone(cache() / "kafka.lock"):
        if jars.is_dir():
            return jars
        partial = jars.with_name(jars.name + ".partial")
        shutil.rmtree(partial, ignore_errors=True)
        goal = ["dependency:copy-dependencies", f"-DoutputDirectory={partial}"]
        show(
            f"Fetching Apache Kafka {VERSION} (44 MB, once)",
            ["mvn", "-B", "-Dstyle.color=never", "-f", str(RECIPE / "pom.xml"), *goal],
            hint="Maven needs the network, or set KAFKA_URL to a Kafka that runs",
        )
        partial.rename(jars)
    return jars
