"""The loops of bench/kernels/contention*.c in Python, to be run by any CPython since 3.9.

What is the same: the threads and where they are pinned, the switch interval, what is timed and
from when, the lengths of windows, the buckets of the histograms. What is not:

- Where the GIL is given up. The kernels poll where they say so, once per operation. CPython
  polls at backward jumps, at entry to Python functions and after calls; before 3.10 between
  most instructions. So `c.v += 1` is one piece since 3.10 and was not before.
- The work between two polls: a step of a kernel takes some nanoseconds, one of these loops
  some tens. The GIL's interval is thousands of either.
- The client of `convoy_echo` is a process of its own (in C: a thread outside the runtime),
  because a thread of this program would need the GIL itself. Between answer and next request
  it takes a microsecond or two longer than the one in C.
"""

from __future__ import annotations

import os
import socket
import time
from array import array
from typing import Any, Callable

from histogram import histogram
from window import Window

SLEEP_NS = 1_000_000
BURST = 128  # steps between two looks at the clock; the ints up to here are cached ones
STEPS = range(BURST)
KEYS = 1000


def burst() -> None:
    """Counts among the cached ints."""
    value = 0
    for _ in STEPS:
        value += 1


def count(window: Window) -> int:
    """Counts until the window ends. Returns the steps inside it."""
    return bursts(burst, window)


def bursts(burst: Callable[[], None], window: Window) -> int:
    """Bursts until the window ends. Returns the steps inside it."""
    steps, began = 0, time.perf_counter_ns()
    while began < window.stop_ns:
        burst()
        ended = time.perf_counter_ns()
        if began >= window.start_ns and ended <= window.stop_ns:
            steps += BURST
        began = ended
    return steps


class Reacquire:
    """Worker 0 sleeps a millisecond again and again and notes by how much it was more."""

    warms_up, timed = True, True

    def __init__(self, _params: dict[str, Any]) -> None:
        self.waits: list[int] = []

    def open(self, _window: Window) -> None:
        pass

    def work(self, index: int, window: Window) -> int:
        return self._sleep(window) if index == 0 else count(window)

    def _sleep(self, window: Window) -> int:
        sleeps, ended = 0, time.perf_counter_ns()
        while ended < window.stop_ns:
            began = time.perf_counter_ns()
            time.sleep(SLEEP_NS / 1e9)
            ended = time.perf_counter_ns()
            if window.holds(began + SLEEP_NS):
                self.waits.append(max(ended - began - SLEEP_NS, 0))
            sleeps += began >= window.start_ns and ended <= window.stop_ns
        return sleeps

    def close(self) -> dict[str, Any]:
        return {"latency": histogram(self.waits)}


class ConvoyEcho:
    """Worker 0 answers a client that asks again as soon as it has the answer."""

    warms_up, timed = True, True

    def __init__(self, _params: dict[str, Any]) -> None:
        self.dict = {1000 + 7 * key: key for key in range(KEYS)}
        self.keys = list(self.dict)

    def open(self, window: Window) -> None:
        """Starts the client, while this process has a single thread."""
        self.server, end = socket.socketpair()
        self.results, writing = os.pipe()
        self.client = os.fork()
        if self.client == 0:
            _be_client(end, writing, window, (self.server.fileno(), self.results))
        end.close()
        os.close(writing)

    def work(self, index: int, window: Window) -> int:
        if index != 0:
            return count(window)
        with self.server:
            return self._serve(window)

    def _serve(self, window: Window) -> int:
        echoes, began = 0, time.perf_counter_ns()
        while began < window.stop_ns:
            request = self.server.recv(1)
            self.dict[self.keys[echoes % KEYS]]
            if not request or not _sent(self.server, request):
                break
            ended = time.perf_counter_ns()
            echoes += began >= window.start_ns and ended <= window.stop_ns
            began = ended
        return echoes

    def close(self) -> dict[str, Any]:
        waits = array("Q")
        with open(self.results, "rb") as file:
            waits.frombytes(file.read())
        if os.waitpid(self.client, 0)[1] != 0:
            raise ChildProcessError("the client of convoy_echo failed")
        return {"latency": histogram(waits)}


def _sent(end: socket.socket, byte: bytes) -> bool:
    try:
        return end.send(byte) == 1
    except (BrokenPipeError, ConnectionResetError):
        return False


def _be_client(end: socket.socket, writing: int, window: Window, others: tuple[int, ...]) -> None:
    """The client's process. It leaves without the parent's clean-up."""
    code = 1
    try:
        for descriptor in others:
            os.close(descriptor)
        waits = array("Q", _ask_again_and_again(end, window))
        end.close()
        with open(writing, "wb") as file:
            file.write(waits.tobytes())
        code = 0
    finally:
        os._exit(code)


def _ask_again_and_again(end: socket.socket, window: Window) -> list[int]:
    """Round trips in ns. One that the end cuts off counts with the time that it has waited."""
    waits: list[int] = []
    going, sent = True, time.perf_counter_ns()
    while going and sent < window.stop_ns:
        going = _sent(end, b"?") and _received(end)
        answered = time.perf_counter_ns()
        if window.holds(sent):
            waits.append(answered - sent)
        sent = answered
    return waits


def _received(end: socket.socket) -> bool:
    try:
        return len(end.recv(1)) == 1
    except ConnectionResetError:
        return False


class Counter:
    """One attribute, which all increment."""

    def __init__(self) -> None:
        self.v = 0


def successor(value: int) -> int:
    return value + 1


def increment(c: Counter) -> None:
    """A burst of increments, each in one expression."""
    for _ in STEPS:
        c.v += 1


def increment_by_call(c: Counter) -> None:
    """A burst of increments with a call between the read and the write."""
    for _ in STEPS:
        c.v = successor(c.v)


class LostUpdate:
    """All increment one attribute. Every increment counts, from the first on, for so do the
    lost ones; there is no warm-up then."""

    warms_up, timed = False, False

    def __init__(self, params: dict[str, Any]) -> None:
        self.increment = increment_by_call if params["poll"] == "call" else increment
        self.counter = Counter()
        self.done: list[int] = []

    def open(self, _window: Window) -> None:
        pass

    def work(self, _index: int, window: Window) -> int:
        increments = 0
        while time.perf_counter_ns() < window.stop_ns:
            self.increment(self.counter)
            increments += BURST
        self.done.append(increments)
        return increments

    def close(self) -> dict[str, Any]:
        return {"latency": None, "lost": sum(self.done) - self.counter.v}


CELLS = {"reacquire": Reacquire, "convoy_echo": ConvoyEcho, "lost_update": LostUpdate}
