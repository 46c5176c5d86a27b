"""Whatever people do around one vacancy, in any order and at the same moment: what must hold, holds. Where it does
not, the sequence is printed; with SHRINK=1 in the environment the shortest one is looked for, which takes minutes."""

import asyncio
import os
from datetime import timedelta

from hypothesis import HealthCheck, Phase, example, given, note, settings
from hypothesis import strategies as some

from shared.mongo import Client
from tests.hiring.acts import ACTS, Act, do
from tests.hiring.holds import check
from tests.hiring.town import Town, build

SEEKERS, EXAMPLES = 3, 30
PHASES = [Phase.explicit, Phase.reuse, Phase.generate, *([Phase.shrink] if os.environ.get("SHRINK") else [])]
PEOPLE = range(SEEKERS)
# A hire needs four steps of two people in one order, and what is held needs a hold, a step of somebody else and a
# release: what comes by chance alone would rarely get so far.
LIKELY = ("onward",) * 8 + ("hold", "release", "withdraw", "tell") * 3
ONE = some.builds(Act, some.sampled_from((*LIKELY, *ACTS)), some.integers(0, SEEKERS - 1))
TOGETHER = some.sampled_from(("onward", "onward", "onward", "hold", "withdraw", "tell")).map(
    lambda what: [Act(what, who) for who in PEOPLE]
)
HOURS = some.sampled_from((0, 0, 0, 1, 25, 24 * 8, 24 * 40))
ROUND = some.tuples(HOURS, TOGETHER | some.lists(ONE, min_size=1, max_size=5))
Round = tuple[int, list[Act]]
TELL, RELEASE = (0, [Act("tell")]), (25, [Act("release")])


def alone(*whats: str) -> list[Round]:
    return [(0, [Act(what)]) for what in whats]


def everybody(*whats: str) -> list[Round]:
    return [(0, [Act(what, who) for who in PEOPLE]) for what in whats]


@settings(
    max_examples=EXAMPLES,
    phases=PHASES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(rounds=some.lists(ROUND, min_size=6, max_size=14))
@example(rounds=[*alone("submit", "hold", "withdraw", "submit"), RELEASE])
@example(rounds=alone("submit", "hold", "release"))
@example(rounds=[*everybody(*["onward"] * 4), TELL])
@example(rounds=[*everybody(*["onward"] * 3, "hire_by_officer"), (0, [Act("recall"), Act("tell"), Act("correct")])])
async def test_no_commands_at_once_break_what_must_hold_of_a_vacancy_and_its_applications(
    client: Client, prefix: str, towns: list[Town], rounds: list[Round]
) -> None:
    """Each round is what happens at one moment, all of it at once, some hours after the round before."""
    if not towns:
        towns.append(await build(client, prefix))
    town = towns[0]
    await town.begin()
    known = await check(town, {})
    for hours, acts in rounds:
        town.clock.move(hours)
        came = await asyncio.gather(*(do(town, act) for act in acts))
        note(f"+{hours} h: " + ", ".join(f"{act.what} {act.who}: {end}" for act, end in zip(acts, came, strict=True)))
        known = await check(town, known)
    await _at_rest(town)
    note(f"states in the end: {[row['state'] for row in (await check(town, known)).values()]}")


async def _at_rest(town: Town) -> None:
    """When everybody has heard everything, no end of the vacancy is left untold and nothing held is overdue."""
    town.clock.move(48)
    await do(town, Act("release"))
    await town.tell()
    ended = (await town.vacancies.vacancies.load(town.vacancy_id)).state
    assert await town.applications.open_of(town.vacancy_id, untold=True, limit=1) == [] or ended != "recalled"
    waiting = await town.desk._store.held_of(town.vacancy_id, limit=9)
    assert [one for one in waiting if one.release_at <= town.clock() - timedelta(hours=1)] == []
