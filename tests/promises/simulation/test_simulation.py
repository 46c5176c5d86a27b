"""Thousands of small worlds in which everything fails, each played by the real relay, consumer and sender: nothing
is lost, nobody is told twice without a reason, and rest is always reached."""

import os

import pytest

from tests.promises.simulation.run import run

COUNT = int(os.environ.get("SIMULATION_SEEDS", "2000"))
TOGETHER = 100
ONE = os.environ.get("SIMULATION_SEED")
BATCHES = [range(int(ONE), int(ONE) + 1)] if ONE else [range(n, n + TOGETHER) for n in range(0, COUNT, TOGETHER)]


@pytest.mark.parametrize("seeds", BATCHES, ids=lambda seeds: f"{seeds[0]}-{seeds[-1]}")
def test_whatever_fails_nothing_is_lost_and_nobody_is_told_twice(seeds: range) -> None:
    wrong: list[str] = []
    for seed in seeds:
        ended = run(seed)
        if ended.wrong:
            wrong += [
                f"SIMULATION_SEED={seed} python -m pytest tests/promises/simulation",
                *(f"    {line}" for line in ended.wrong),
            ]
    assert not wrong, "\n" + "\n".join(wrong)


def test_a_seed_is_the_same_run_each_time() -> None:
    seeds = range(50, 60)
    assert [run(seed) for seed in seeds] == [run(seed) for seed in seeds]
