"""How figures are printed: medians and spread, never one lucky number."""

from collections.abc import Sequence
from statistics import median, quantiles


def spread(seconds: Sequence[float]) -> str:
    """`median 12 ms, p99 48 ms, worst 60 ms` of some durations in seconds."""
    ordered = sorted(seconds)
    p99 = quantiles(ordered, n=100, method="inclusive")[98] if len(ordered) > 1 else ordered[0]
    return f"median {1e3 * median(ordered):.0f} ms, p99 {1e3 * p99:.0f} ms, worst {1e3 * ordered[-1]:.0f} ms"
