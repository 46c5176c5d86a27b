"""One seed: its world is built, its faults strike, it comes to rest, and it is judged."""

import asyncio
import random
from dataclasses import dataclass
from typing import Any

from shared.contracts.seeker import SeekerContactChanged
from shared.events import encode
from shared.testing import envelope
from tests.promises.simulation import processes
from tests.promises.simulation.fates import Fates
from tests.promises.simulation.judgement import anomalies
from tests.promises.simulation.loop import VirtualLoop
from tests.promises.simulation.nature import replaced
from tests.promises.simulation.world import World
from tests.promises.simulation.writers import EMPLOYER, SEEKER, Wish, Writer, wishes

BUSY_STEPS = 12_000  # what no honest run needs: somebody asks again and again without waiting
PATIENCE = 900.0  # virtual seconds until a run without rest is stuck


@dataclass(frozen=True)
class Ended:
    """How a seed ended. `trace` is the same whenever the seed is run again."""

    seed: int
    wrong: list[str]
    trace: tuple[int, float, int, int]


def run(seed: int) -> Ended:
    fates = Fates(seed)
    loop = VirtualLoop(fates.random)
    random.seed(seed)
    world = World(fates, loop)
    with replaced(world):
        plans = [wishes(fates.random, writer, rivals=fates.rivals) for writer in range(2 if fates.rivals else 1)]
        wanted = [wish for plan in plans for wish in plan]
        try:
            loop.run(_play(world, plans))
        except (RuntimeError, IndexError) as error:
            return Ended(seed, [f"stuck: {error!r}"], (loop.steps, loop.time(), 0, 0))
        wrong = anomalies(world, wanted) + loop.errors
        if loop.steps > BUSY_STEPS:
            wrong.append(f"busy: {loop.steps} steps")
    return Ended(seed, wrong, (loop.steps, loop.time(), len(world.broker.all), len(world.provider.taken)))


async def _play(world: World, plans: list[list[Wish]]) -> None:
    fates = world.fates
    for recipient, purpose in ((SEEKER, "seeker-contact"), (EMPLOYER, "employer-contact")):
        if recipient == EMPLOYER or not fates.late_contact:
            world.contacts.put({"_id": recipient, "owner": recipient, "sealed": "v1.x", "purpose": purpose, "seq": 1})
    world.contacts.put(
        {"_id": f"account:{SEEKER}", "owner": SEEKER, "sealed": "v1.x", "purpose": "contact", "seq": 1}
    )
    for number, plan in enumerate(plans):
        world.launch(f"api-{number}", _client(plan, code=number == 0 and fates.chance(0.5)))
    for _ in range(fates.relays):
        world.launch("relay", processes.relay)
    for _ in range(fates.notifiers):
        world.launch("notifier", processes.notifier)
    for strike in [world.spoil] * fates.poison + [world.repeat] * fates.duplicates:
        world.wire.later(fates.between(0.0, fates.quiet_at), strike)
    if fates.late_contact:
        world.wire.later(fates.between(0.0, 20.0), _tell_contact, world)
    await asyncio.sleep(fates.quiet_at)
    while not (world.at_rest and all(set(wish.steps) == wish.done for plan in plans for wish in plan)):
        if world.loop.time() > PATIENCE:
            return
        await asyncio.sleep(1.0)


def _client(plan: list[Wish], *, code: bool) -> Any:
    async def main(world: World, stopping: asyncio.Event) -> None:
        writer = Writer(world.applications, world.wire)
        if code and "req_1" not in world.applications.rows:
            await writer.issue_code("req_1", world.fates.between(0.5, 60.0))
        await writer.write(plan)
        await asyncio.Event().wait()

    return main


def _tell_contact(world: World) -> None:
    known = envelope(SeekerContactChanged(sealed="v1.x"), subject=SEEKER)
    world.broker.append("seeker-contact", SEEKER.encode(), encode(known).encode())
