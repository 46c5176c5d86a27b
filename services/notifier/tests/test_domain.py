"""When a try is made again, when a provider is left alone, and what a person is told of several channels."""

import pytest

from services.notifier.breaker import FAILURES, Breaker
from services.notifier.domain import PACES, State, again, overall


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize("lane", PACES)
def test_a_lease_is_three_times_what_may_happen_under_it(lane: str) -> None:
    pace = PACES[lane]  # type: ignore[index]
    assert pace.lease >= 3 * pace.deadline


def test_the_paces_are_the_promised_ones() -> None:
    assert {lane: (pace.deadline, pace.lease) for lane, pace in PACES.items()} == {
        "code": (5.0, 15.0),
        "transactional": (10.0, 30.0),
        "bulk": (10.0, 30.0),
    }


def test_each_failed_try_waits_twice_as_long_up_to_the_longest_and_never_less_than_asked() -> None:
    pace = PACES["transactional"]
    waits = [again(attempts=n, pace=pace, chance=1.0, code="x").seconds for n in range(8)]
    assert waits == [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0]
    assert again(attempts=2, pace=pace, chance=0.0, code="x").seconds == 2.0
    assert again(attempts=0, pace=pace, chance=0.5, code="x", at_least=30.0).seconds == 30.0
    assert again(attempts=10**6, pace=pace, chance=1.0, code="x").seconds == 60.0


@pytest.mark.parametrize(
    ("states", "told"),
    [
        (["failed", "sent"], "sent"),
        (["waiting", "skipped"], "waiting"),
        (["skipped", "expired"], "expired"),
        (["skipped"], "skipped"),
        (["failed", "expired"], "failed"),
    ],
)
def test_a_person_is_told_the_best_of_the_channels(states: list[State], told: State) -> None:
    assert overall(states) == told


def test_ten_failures_in_a_row_leave_a_provider_alone_and_one_answer_brings_it_back() -> None:
    breaker = Breaker(Clock())
    for _ in range(FAILURES - 1):
        breaker.failed()
    breaker.worked()
    for _ in range(FAILURES - 1):
        breaker.failed()
    assert not breaker.open
    breaker.failed()
    assert breaker.open
    breaker.worked()
    assert not breaker.open


def test_a_provider_that_stays_away_is_asked_ever_less_often_but_each_fifteen_seconds() -> None:
    clock = Clock()
    breaker = Breaker(clock)
    for _ in range(FAILURES + 5):  # what was on its way when it opened makes it no worse
        breaker.failed()
    waits = []
    for _ in range(6):
        waits.append(breaker.seconds_to_probe())
        clock.now += waits[-1]
        breaker.failed()
    assert waits == [1.0, 2.0, 4.0, 8.0, 15.0, 15.0]
