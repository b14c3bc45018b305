"""The loops of bench/kernels/collector.c in Python: the same rings of lists, collected in the same
way.

`gc.freeze()` puts the interpreter's own objects aside, so that a collection looks at those of the
case alone, as it does in C. A ring is made of lists of two items each.

A collection may take longer than the kernels' windows: a million lists in random order take a
CPython most of a second. What was the longest in a window, `measure.py` is told, and makes the
next one long enough.
"""

from __future__ import annotations

import gc
import random
import time
from typing import Any

from cells import STEPS, bursts, count
from histogram import histogram
from window import Window

OLDEST = 2
YOUNG = 700  # containers in a young collection
SEED = 1


def order_of(size: int, order: str) -> list[int]:
    """The order in which a ring of so many lists leads through memory."""
    places = list(range(size))
    if order == "random":
        random.Random(SEED).shuffle(places)
    return places


def ring(order: list[int]) -> list[Any] | None:
    """A ring of lists, by one of them: each refers to the next one and to the one before."""
    if not order:
        return None
    nodes: list[list[Any]] = [[None, None] for _ in order]
    before = nodes[order[-1]]
    for place in order:
        node = nodes[place]
        before[0] = node
        node[1] = before
        before = node
    return nodes[0]


class Collections:
    """Worker 0 collects again and again and notes how long each took; the others count."""

    warms_up, timed = True, False
    generation = OLDEST

    def __init__(self, live: list[int], garbage: list[int]) -> None:
        gc.enable()
        gc.collect()
        gc.freeze()
        gc.disable()
        self.live = ring(live)
        self.garbage = garbage
        self.waits: list[int] = []

    def open(self, _window: Window) -> None:
        pass

    def work(self, index: int, window: Window) -> int:
        if index != 0:
            return count(window)
        done, ended = 0, time.perf_counter_ns()
        while ended < window.stop_ns or not window.longest_ns:
            began = ended
            done += self._collect(window)
            ended = time.perf_counter_ns()
            window.longest_ns = max(window.longest_ns, ended - began)
        return done

    def _collect(self, window: Window) -> bool:
        """Makes the garbage and collects it. Whether the collection was all in the window."""
        ring(self.garbage)
        began = time.perf_counter_ns()
        found = gc.collect(self.generation)
        ended = time.perf_counter_ns()
        if found != len(self.garbage):
            raise AssertionError(f"{found} objects found, not {len(self.garbage)}")
        if window.holds(began):
            self.waits.append(ended - began)
        return began >= window.start_ns and ended <= window.stop_ns

    def close(self) -> dict[str, Any]:
        self.live = None
        gc.enable()
        return {"latency": histogram(self.waits)}


class GcLive(Collections):
    """All containers live."""

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__(order_of(params["objects"], params["order"]), [])


class GcGarbage(Collections):
    """A share of them garbage, made anew before every collection."""

    def __init__(self, params: dict[str, Any]) -> None:
        garbage = params["objects"] * params["share"] // 100
        live = order_of(params["objects"] - garbage, params["order"])
        super().__init__(live, order_of(garbage, params["order"]))


class GcYoung(Collections):
    """Young garbage beside old containers."""

    generation = 0

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__([], order_of(YOUNG, "linear"))
        self.live = [[] for _ in range(params["objects"])]
        gc.collect()


class GcCycles:
    """Cyclic garbage, which the collector finds when it thinks fit."""

    warms_up, timed = True, False

    def __init__(self, _params: dict[str, Any]) -> None:
        gc.enable()

    def open(self, _window: Window) -> None:
        pass

    def work(self, _index: int, window: Window) -> int:
        return bursts(make_cycles, window)

    def close(self) -> dict[str, Any]:
        return {"latency": None}


def make_cycles() -> None:
    """A burst of pairs of lists that refer to each other and that nothing else refers to."""
    for _ in STEPS:
        one: list[Any] = []
        one.append([one])


CELLS = {"gc_live": GcLive, "gc_garbage": GcGarbage, "gc_young": GcYoung, "gc_cycles": GcCycles}
