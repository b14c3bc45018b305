"""Ratios and rates in words, for the report's sentences and tables."""

from __future__ import annotations

from typing import Sequence

from ..data import Absolute, Estimate, interval


def form_of(value: float) -> str:
    """How to write a number: three figures, or as many as its size leaves."""
    for least, form in ((99.95, "{:,.0f}"), (9.995, "{:.1f}"), (0.0995, "{:.2f}")):
        if value >= least:
            return form
    return "{:.3f}"


def times(value: float) -> str:
    """'0.79×'."""
    return form_of(value).format(value) + "×"


def ends(value: float, low: float, high: float) -> str:
    """' [0.78, 0.80]', the interval in the figures of the value; nothing if there is none."""
    return interval(low, high, form_of(value))


def ratio(estimate: Estimate) -> str:
    """'0.79× [0.78, 0.80]'."""
    return times(estimate.ratio) + ends(estimate.ratio, estimate.low, estimate.high)


def rate(known: Absolute) -> str:
    """'12.3 M [12.1, 12.4]': operations per second, the interval in the unit of the value."""
    unit, size = next(((u, s) for u, s in ((" G", 1e9), (" M", 1e6), (" k", 1e3)) if known.value >= s), ("", 1.0))
    form = form_of(known.value / size)
    return form.format(known.value / size) + unit + interval(known.low / size, known.high / size, form)


def series(parts: Sequence[str]) -> str:
    """'a', 'a and b', 'a, b and c'."""
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1]))) if parts else ""
