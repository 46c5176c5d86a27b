"""The nightly comparison: is everything that was accepted published and told, once, in order, and nothing else?

    python -m deploy.reconcile [METRICS FILE]

Prints one JSON object of counts and ids; exit 0 clean, 1 something is wrong, 2 it could not be found out.
"""

import asyncio
import json
import sys
import time
from datetime import UTC, datetime, timedelta

from aiokafka.errors import KafkaError
from prometheus_client import CollectorRegistry, Gauge, write_to_textfile

from deploy.reconcile.gathering import Place, gather
from deploy.reconcile.settings import ReconcileSettings
from deploy.reconcile.verdict import KINDS, Verdict, judge
from shared.mongo import WORKER_TIMEOUT_MS, close, connect, is_unavailable
from shared.settings import load

SHOWN = 100
CLEAN, WRONG, UNKNOWN = 0, 1, 2


async def reconcile(settings: ReconcileSettings) -> Verdict:
    now = datetime.now(UTC)
    client = connect(settings.mongo_url, app="reconcile", timeout_ms=WORKER_TIMEOUT_MS)
    place = Place(
        client=client,
        kafka_url=settings.kafka_url,
        topic_prefix=settings.topic_prefix,
        database_prefix=settings.database_prefix,
        since=now - timedelta(days=settings.reconcile_message_days),
        until=now - timedelta(seconds=settings.reconcile_grace_seconds),
    )
    try:
        async with asyncio.timeout(settings.reconcile_seconds):
            return judge(await gather(place))
    finally:
        close(client)


def report(verdict: Verdict) -> dict[str, object]:
    found = verdict.by_kind()
    ids = {kind: ids[:SHOWN] for kind, ids in found.items() if ids}
    return {**{kind: len(found[kind]) for kind in KINDS}, "ids": ids, "counts": verdict.counts}


def write_metrics(file: str, verdict: Verdict) -> None:
    """For the node exporter's textfile collector: written whole, or not at all."""
    registry = CollectorRegistry()
    unreconciled = Gauge("caker_unreconciled", "found wrong by the last comparison", ["kind"], registry=registry)
    done = Gauge("caker_reconciled_at_seconds", "when the last comparison ended", registry=registry)
    for kind, ids in verdict.by_kind().items():
        unreconciled.labels(kind).set(len(ids))
    done.set(time.time())
    write_to_textfile(file, registry)


def main(file: str | None) -> int:
    settings = load(ReconcileSettings)
    try:
        verdict = asyncio.run(reconcile(settings))
    except Exception as error:
        if not (isinstance(error, (KafkaError, TimeoutError)) or is_unavailable(error)):
            raise
        sys.stderr.write(f"si-caker: Kafka or the store does not answer ({type(error).__name__}): try again\n")
        return UNKNOWN
    sys.stdout.write(json.dumps(report(verdict), indent=2) + "\n")
    if file:
        write_metrics(file, verdict)
    return CLEAN if verdict.clean else WRONG


if __name__ == "__main__":
    if len(sys.argv) > 2:
        raise SystemExit("usage: python -m deploy.reconcile [METRICS FILE]")
    raise SystemExit(main(sys.argv[1] if len(sys.argv) == 2 else None))
