"""When a thread was kept from its CPU by something foreign: the rule of bench/samples.c."""

from __future__ import annotations

MOST_WAIT = 0.05  # of the time measured, in the run queue


def complaint(waited_ns: float, measured_ns: float, whole: str) -> str | None:
    """What is to be said of `whole`, the window or the run, if a thread that had its CPU to itself
    waited so long for it; None if that is little."""
    share = waited_ns / measured_ns
    return f"run-queue wait {share:.0%} of {whole}" if share > MOST_WAIT else None
