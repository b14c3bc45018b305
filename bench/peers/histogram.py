"""Histograms of waiting times with the runner's buckets, so that percentiles compare.

The buckets are those of runtime/base/histogram.h: sixteen to a power of two, so that a
percentile is right to 6%. They are filled after the window: sorting takes time.
"""

from __future__ import annotations

from typing import Any, Iterable

SUB_BITS = 4
QUANTILES = {"p50": 0.5, "p90": 0.9, "p99": 0.99, "p999": 0.999, "p9999": 0.9999}


def upper(ns: int) -> int:
    """The largest value in the bucket of `ns`."""
    shift = max(ns.bit_length() - 1 - SUB_BITS, 0)
    return (((ns >> shift) + 1) << shift) - 1


def histogram(waits: Iterable[int]) -> dict[str, Any] | None:
    """As the runner writes it in a line of samples; None if nothing was recorded."""
    ordered = sorted(waits)
    if not ordered:
        return None
    counts: dict[int, int] = {}
    for ns in ordered:
        counts[upper(ns)] = counts.get(upper(ns), 0) + 1
    quantiles = {
        name: min(_quantile(counts, share * len(ordered)), ordered[-1])
        for name, share in QUANTILES.items()
    }
    return {
        "unit": "ns", "count": len(ordered), "mean": sum(ordered) / len(ordered),
        "min": ordered[0], **quantiles, "max": ordered[-1],
        "buckets": [[bound, count] for bound, count in sorted(counts.items())],
    }  # fmt: skip


def _quantile(counts: dict[int, int], wanted: float) -> int:
    """The bound of the first bucket up to which there are `wanted` values."""
    seen = 0
    for bound, count in sorted(counts.items()):
        seen += count
        if seen >= wanted:
            break
    return bound
