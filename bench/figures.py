"""How figures are printed: ratios first, medians and spread, the load of the computer beside them; never one lucky
number."""

import os
from collections.abc import Awaitable, Callable, Sequence
from statistics import median, quantiles

RUNS = 3
Measure = Callable[[], Awaitable[float]]


def spread(seconds: Sequence[float]) -> str:
    """`median 12 ms, p99 48 ms, worst 60 ms` of some durations in seconds."""
    return (
        f"median {1e3 * median(seconds):.1f} ms, p99 {1e3 * p99(seconds):.1f} ms, worst {1e3 * max(seconds):.0f} ms"
    )


def p99(seconds: Sequence[float]) -> float:
    return quantiles(seconds, n=100, method="inclusive")[98] if len(seconds) > 1 else seconds[0]


async def against(ours: Measure, peer: Measure, *, runs: int = RUNS) -> tuple[list[float], list[float]]:
    """Both rates `runs` times, in turns: whatever else the computer does falls on both alike."""
    pairs = [(await ours(), await peer()) for _ in range(runs)]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def ratio(
    title: str, ours: Sequence[float], peer: Sequence[float], *, goal: float, unit: str = "each second"
) -> None:
    """The median of the runs' ratios, and what both did. More is better."""
    each = [one / other for one, other in zip(ours, peer, strict=True)]
    met = f" (goal >= {goal:g}: {'met' if median(each) >= goal else 'MISSED'})" if goal else ""
    print(f"{median(each):6.2f}x  {title}{met}")
    print(f"         runs {min(each):.2f} to {max(each):.2f}; ours {_all(ours)}, peer {_all(peer)} {unit}; {load()}")


def figure(title: str, value: float, *, most: float, unit: str) -> None:
    """One number that should be at most `most`."""
    print(f"{value:8.2f} {unit}  {title} (goal <= {most:g}: {'met' if value <= most else 'MISSED'}); {load()}")


def load() -> str:
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"


def _all(values: Sequence[float]) -> str:
    return f"{median(values):,.0f} ({min(values):,.0f} to {max(values):,.0f})"
