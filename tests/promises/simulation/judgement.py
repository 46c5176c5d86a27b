"""What must be true of a run at rest, whatever its seed did: the judge of the tests on real processes, and what only
a run that sees everything can know."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from deploy.reconcile.evidence import Evidence, Planned, Promised, Published, Stored, Told
from deploy.reconcile.verdict import judge
from services.notifier.domain import PACES, Settled
from services.notifier.fallback import fallback
from services.notifier.planner import plan
from shared.events import Envelope, decode
from tests.promises.simulation.fates import PAUSE_LONGEST
from tests.promises.simulation.providers import Acceptance
from tests.promises.simulation.wire import EPOCH, LONGEST_ASK
from tests.promises.simulation.world import STOP_SECONDS, World
from tests.promises.simulation.writers import Wish

LEASE = max(pace.lease for pace in PACES.values())


def anomalies(world: World, wishes: list[Wish]) -> list[str]:
    """Everything that is wrong, one line each; nothing for a good run."""
    found = judge(_evidence(world, wishes))
    wrong = [
        f"{kind}: {line}"
        for kind in ("lost", "duplicate", "phantom", "out_of_order", "stuck")
        for line in getattr(found, kind)
    ]
    return [
        *wrong,
        *world.deaths,
        *_writes(world, wishes),
        *_records(world),
        *_copies(world),
        *_messages(world),
        *_expiry(world),
    ]


def _evidence(world: World, wishes: list[Wish]) -> Evidence:
    rows, events = world.applications.rows.values(), _events(world)
    excuse = _Excuses(world)
    return Evidence(
        attempted=[*{wish.id for wish in wishes}, *(row["_id"] for row in rows if row["state"] == "code")],
        promised=[Promised(wish.id, f"LMR-{wish.id}") for wish in wishes if wish.done],
        stored=[
            Stored(row["_id"], row["_id"], row["number"], row["version"], len(row["outbox"]), "relay_at" in row)
            for row in rows
        ],
        published=[Published(event.id, event.subject, event.sequence) for event in events],
        planned=[
            Planned(
                row["_id"],
                row["notice"].partition(":")[0],
                row["_id"],
                "shown" if row["channel"] == "app" else row["state"],
            )
            for row in world.messages.rows.values()
        ],
        told=[Told(one.key, excuse(one)) for one in world.provider.taken],
        plans={event.id: len(plan(event)) for event in events},
    )


def _events(world: World) -> list[Envelope[Any]]:
    """The events of `application` and of codes, in the order of the log."""
    aside = ("notifier.dead", "seeker-contact")
    lines = [line for line in world.broker.all if line.topic not in aside and line.value not in world.poison]
    return [event for line in lines if (event := decode(line.value))]


class _Excuses:
    """Whether the sender could not know that its message was taken, or could not write it down in time: no answer
    came, it was killed or stopped, or the store failed it, about then."""

    def __init__(self, world: World) -> None:
        self._troubles: dict[int, list[tuple[float, float]]] = defaultdict(list)
        for process, kind, at in world.blows:
            self._troubles[id(process)].append((at, at + (PAUSE_LONGEST if kind == "pause" else STOP_SECONDS)))
        for owner, edge, at in world.wire.troubles:
            if edge == "store" and owner is not None:
                self._troubles[id(owner)].append((at, at + LONGEST_ASK))

    def __call__(self, one: Acceptance) -> bool:
        troubles = self._troubles.get(id(one.process), ())
        return not one.heard or any(start <= one.at + LEASE and one.at <= end for start, end in troubles)


def _writes(world: World, wishes: list[Wish]) -> list[str]:
    """Each answered step is in its document, once; each version has its one event."""
    wrong: list[str] = []
    for wish in wishes:
        steps = world.applications.rows[wish.id]["steps"]
        wrong += [f"step {step}: {steps.count(step)} times" for step in wish.steps if steps.count(step) != 1]
    for row in world.applications.rows.values():
        made = sum(entry["subject"] == row["_id"] for entry in world.born.values())
        if made != row["version"]:
            wrong.append(f"{row['_id']}: {made} events for version {row['version']}")
    return wrong


def _records(world: World) -> list[str]:
    """Only what was stored is on a topic, byte by byte; only what is unreadable is put aside, with all its bytes."""
    values = {entry["value"].encode(): entry for entry in world.born.values()}
    dead = [line.value for line in world.broker.all if line.topic == "notifier.dead"]
    wrong = [f"poison {value!r} is not put aside" for value in world.poison if value not in dead]
    wrong += [f"put aside: {value!r}" for value in dead if value not in world.poison]
    for line in world.broker.all:
        known = line.value in world.poison or line.topic == "seeker-contact" or line.topic == "notifier.dead"
        if not known and (line.value or b"") not in values:
            wrong.append(f"phantom record {line.value!r}")
    seen = {line.value for line in world.broker.all}
    return wrong + [f"event {entry['id']} is on no topic" for value, entry in values.items() if value not in seen]


def _copies(world: World) -> list[str]:
    wrong: list[str] = []
    for id, row in world.applications.rows.items():
        expected = {"_id": id, "number": row["number"], "step": row["state"], "seq": row["version"]}
        if row["state"] != "code" and world.copies.rows.get(id) != expected:
            wrong.append(f"copy {world.copies.rows.get(id)} of {expected}")
    return wrong


def _messages(world: World) -> list[str]:
    """The messages are exactly those of the events and what stands in for refused ones, and each ended for a
    reason."""
    planned = {message.id for event in _events(world) for message in plan(event)}
    known = world.messages.rows
    planned |= {other.id for row in known.values() if (other := fallback(row, _end(row)))}
    lost = [f"message {id} is not there" for id in planned if id not in known]
    wrong = lost + [f"phantom message {id}" for id in known if id not in planned]
    for id, row in known.items():
        refused, late = id in world.provider.refused, row["not_after"] <= world.wire.now()
        if not {"sent": True, "failed": refused, "expired": late}.get(row["state"], False):
            wrong.append(f"message {id}: {row['state']} {row.get('code')}")
        if row["state"] != "waiting" and ("lease" in row or "send_at" in row):
            wrong.append(f"message {id}: ended, and still due")
    return wrong


def _end(row: Mapping[str, Any]) -> Settled:
    return Settled(state=row["state"], code=row.get("code"))


def _expiry(world: World) -> list[str]:
    """No message is handed over after its end."""
    wrong: list[str] = []
    for id, begun in world.provider.last_begun.items():
        end = world.messages.rows[id]["not_after"] if id in world.messages.rows else None
        if end is not None and EPOCH + timedelta(seconds=begun) > end + timedelta(milliseconds=2):
            wrong.append(f"message {id}: begun after its end")
    return wrong
