"""A window: one thread per worker, pinned, from one moment to another by the clock.

The times are set before the threads start, because the threads of an interpreter with a GIL
cannot be asked to begin at once: they sleep until the warm-up begins.
"""

from __future__ import annotations

import os
import resource
import threading
import time
from dataclasses import dataclass, field
from typing import Protocol

TO_START_NS = 20_000_000  # for starting the threads, and the client's process


@dataclass
class Worker:
    """What a worker leaves behind."""

    ops: int = 0
    bound: bool = False
    runq_wait_ns: int = 0
    involuntary: int = 0
    error: Exception | None = None


@dataclass
class Window:
    """When it counts, on which CPUs. `workers` are filled in by `run`."""

    length_ns: int
    warm_up_ns: int
    cpus: list[int]
    start_ns: int = 0
    stop_ns: int = 0
    longest_ns: int = 0  # that one operation took, if the cell says so
    workers: list[Worker] = field(default_factory=list)

    def holds(self, ns: int) -> bool:
        """Whether it counts what was due at that time."""
        return self.start_ns <= ns < self.stop_ns

    def ops(self) -> list[int]:
        return [worker.ops for worker in self.workers]

    def bound(self) -> bool:
        return all(worker.bound for worker in self.workers)


class Cell(Protocol):
    """What is measured: see cells.py. `open` is called with the clock running, TO_START_NS before
    the warm-up."""

    def open(self, window: Window) -> None: ...
    def work(self, index: int, window: Window) -> int: ...


def run(window: Window, cell: Cell) -> None:
    """Runs a window. Raises what a worker raised."""
    begin = time.perf_counter_ns() + TO_START_NS
    window.start_ns = begin + window.warm_up_ns
    window.stop_ns = window.start_ns + window.length_ns
    window.workers = [Worker() for _ in window.cpus]
    cell.open(window)
    threads = [
        threading.Thread(target=_member, args=(index, begin, window, cell), daemon=True)
        for index in range(len(window.cpus))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for worker in window.workers:
        if worker.error is not None:
            raise worker.error


def _member(index: int, begin: int, window: Window, cell: Cell) -> None:
    worker, cpu = window.workers[index], {window.cpus[index]}
    try:
        os.sched_setaffinity(0, cpu)  # of this thread alone: Linux takes 0 for the caller
        time.sleep(max(begin - time.perf_counter_ns(), 0) / 1e9)
        waited, involuntary = _disturbance()
        worker.ops = cell.work(index, window)
        waited_then, involuntary_then = _disturbance()
        worker.runq_wait_ns = waited_then - waited
        worker.involuntary = involuntary_then - involuntary
        worker.bound = os.sched_getaffinity(0) == cpu
    except Exception as error:  # of a thread: the main one raises it again
        worker.error = error


def _disturbance() -> tuple[int, int]:
    """This thread's run-queue wait in ns so far (0 if the kernel keeps none), and its
    involuntary switches."""
    try:
        # Not as ASCII: a first use would load that codec, and leave garbage for collections.
        with open("/proc/thread-self/schedstat", encoding="utf-8") as file:
            waited = int(file.read().split()[1])
    except (OSError, IndexError, ValueError):
        waited = 0
    return waited, resource.getrusage(resource.RUSAGE_THREAD).ru_nivcsw
