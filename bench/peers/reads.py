"""The loops of bench/kernels/reads.c in Python: one container, read by all.

Keys are interned strings, which are found by identity and, without a GIL, are not counted; each
worker has numbers of its own for the places of the list. So what the workers share is what the
case is about: the container and its items.
"""

from __future__ import annotations

import sys
import threading
from typing import Any, Callable

from cells import BURST, KEYS, bursts
from window import Window

STRETCHES = KEYS // BURST


class Read:
    """Reads of one container; each worker goes through it from a place of its own."""

    warms_up, timed = True, False

    def __init__(self, params: dict[str, Any]) -> None:
        counted = params["kind"] == "counted"
        self.items = [100000 + i if counted else i % 100 for i in range(KEYS)]
        self.own = threading.local()

    def open(self, _window: Window) -> None:
        pass

    def work(self, index: int, window: Window) -> int:
        self.own.stretches = [self.stretch(i) for i in range(STRETCHES)]
        self.own.at = index * STRETCHES // 2
        return bursts(self.burst, window)

    def stretch(self, which: int) -> list[Any]:
        """The keys, or places, of a burst."""
        raise NotImplementedError

    def next_stretch(self) -> list[Any]:
        self.own.at = (self.own.at + 1) % STRETCHES
        return self.own.stretches[self.own.at]

    def burst(self) -> None:
        raise NotImplementedError

    def close(self) -> dict[str, Any]:
        return {"latency": None}


class ReadDict(Read):
    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__(params)
        self.keys = [sys.intern(f"key {i}") for i in range(KEYS)]
        self.dict = dict(zip(self.keys, self.items))

    def stretch(self, which: int) -> list[Any]:
        return self.keys[which * BURST : (which + 1) * BURST]

    def burst(self) -> None:
        shared = self.dict
        for key in self.next_stretch():
            shared[key]


class ReadList(Read):
    def stretch(self, which: int) -> list[Any]:
        return list(range(which * BURST, (which + 1) * BURST))

    def burst(self) -> None:
        shared = self.items
        for place in self.next_stretch():
            shared[place]


CELLS: dict[str, Callable[[dict[str, Any]], Read]] = {"read_dict": ReadDict, "read_list": ReadList}
