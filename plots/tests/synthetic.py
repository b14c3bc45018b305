"""Run folders with known ratios, made up for the tests and for looking at the figures.

Nothing here is a measurement. The costs below are round numbers of a plausible size; the
noise on them has the shape that real runs have: a level that belongs to the block (and
cancels within it), a small deviation that belongs to the process and variant, and a smaller
one for the window. `python3 -m plots.tests.synthetic DIR` writes one to look at.
"""

from __future__ import annotations

import itertools
import json
import math
import random
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterator

from . import made_up
from .made_up import gil_like, histogram

VARIANTS = ("unlocked", "gil", "gil-biased", "object", "object-atomic")
SHARES = (0, 1, 5, 25, 100)

# ns per operation on one thread, in the order of VARIANTS (then pthread_mutex for locks).
COSTS: dict[str, tuple[float, ...]] = {
    "refcount_own": (0.62, 0.63, 0.92, 0.92, 9.6),
    "refcount_shared": (0.62, 0.63, 0.92, 0.92, 9.6),
    "refcount_immortal": (0.31, 0.31, 0.32, 0.32, 0.31),
    "lock_private": (0.35, 0.36, 0.36, 6.2, 6.3, 9.1),
    "lock_shared": (1.9, 1.9, 1.9, 7.4, 7.4, 10.5),
    "gil_pair": (2.1, 38.0, 38.5, 4.2, 4.1),
    "gil_handover": (2.0, 6200.0, 6300.0, 6.0, 6.1),
    "count_int": (9.0, 9.1, 10.4, 10.4, 21.0),
    "count_small": (2.00, 2.02, 2.03, 2.03, 2.06),
    "list_private": (22.0, 22.2, 25.0, 37.0, 52.0),
    "dict_private": (48.0, 48.4, 52.0, 60.0, 79.0),
    "crossing_dict": (40.0, 40.4, 43.0, 50.0, 66.0),
    "crossing_list": (18.0, 18.2, 20.0, 30.0, 41.0),
    "sleepers": (1.06e6, 1.06e6, 1.06e6, 1.06e6, 1.06e6),
    "socket_echo": (5200.0, 5400.0, 5450.0, 5250.0, 5300.0),
    "mixed_reply": (9.0, 9.1, 10.4, 10.4, 21.0),
    "crossing_map": (40.0, 40.4, 43.0, 50.0, 66.0),  # of a step; a section's lock comes on top
    "sieve": (30.0, 30.3, 34.0, 45.0, 60.0),
    "word_count": (48.0, 48.4, 52.0, 60.0, 79.0),
    "trees": (90.0, 91.0, 97.0, 99.0, 130.0),
    "matrix": (25.0, 25.2, 28.0, 39.0, 55.0),
    "pipe_ring": (9e3, 9.2e3, 9.2e3, 9.1e3, 9.1e3),
    "tcp_echo": (15e3, 15.5e3, 15.5e3, 15.1e3, 15.2e3),
    "file_sync": (9e4, 9e4, 9e4, 9e4, 9e4),
    "mixed_work": (400.0, 410.0, 420.0, 415.0, 430.0),
    "reacquire": (9.0, 9.1, 10.4, 10.4, 21.0),
    "convoy_echo": (20e3, 21e3, 21e3, 20.5e3, 20.5e3),
    "gil_time": (9.0, 9.1, 10.4, 10.4, 21.0),
    "lost_update": (10.0, 10.1, 11.0, 25.0, 30.0),
    "alloc_pair": (5.0, 5.0, 5.5, 5.5, 7.0),
    "alloc_random": (8.0, 8.0, 9.0, 9.0, 11.0),
    "alloc_handover": (20.0, 20.0, 20.0, 20.0, 22.0),
    "gc_live": (8.0, 8.0, 9.0, 10.0, 11.0),  # of a container
    "gc_garbage": (40.0, 40.0, 44.0, 45.0, 48.0),
    "gc_young": (20e3, 20e3, 22e3, 23e3, 24e3),  # of a collection
    "safepoint": (30.0, 30.0, 35.0, 400.0, 420.0),  # of a stop
    "read_dict": (8.0, 8.0, 8.5, 9.0, 9.5),
    "gc_cycles": (90.0, 90.0, 95.0, 99.0, 110.0),
}
# Throughput of an allocator over mimalloc's, and its peak memory over mimalloc's; mimalloc's own
# cost in ns.
HEAPS = {"glibc": (0.5, 0.95), "mimalloc": (1.0, 1.0), "jemalloc": (0.8, 1.1), "tcmalloc": (1.1, 1.0),
         "freelist": (2.0, 1.5)}  # fmt: skip
MIMALLOC = {"alloc_pair": 6.0, "alloc_random": 9.0, "alloc_handover": 60.0}
OURS_OVER_MIMALLOC = 0.9  # of the variants' peak memory
PEER_PAUSE = 5.0  # of a CPython's collections, over those of gil
BYTES = {"int": 32, "list": 64, "dict": 250}  # an object with plain counts takes
PEER_BYTES = 1.5  # times as many in a CPython
SHARING = {"private": 0, "read": 1, "disjoint": 20, "contended": 100}
INTERVALS = (500, 5000)
PARAMS: dict[str, dict[str, tuple[Any, ...]]] = {
    "crossing_dict": {"share": SHARES}, "crossing_list": {"share": SHARES},
    "crossing_map": {"share": SHARES, "section": (1, 10, 100)},
    **{cell: {"sharing": tuple(SHARING)} for cell in ("sieve", "word_count", "trees", "matrix")},
    "mixed_work": {"share": (25, 50, 75)},
    "reacquire": {"interval": INTERVALS}, "convoy_echo": {"interval": INTERVALS},
    "gil_time": {"interval": (5000,), "io": (0, 1, 2)}, "lost_update": {"poll": ("edge", "call")},
    "alloc_pair": {"size": (64, 512)}, "alloc_random": {"live": (1000, 100000)},
    "alloc_handover": {"size": ("mixed",)},
    "gc_live": {"objects": (10000, 1000000), "order": ("linear", "random")},
    "gc_garbage": {"share": (100,), "objects": (10000, 1000000), "order": ("linear",)},
    "gc_young": {"objects": (10000, 10000000)}, "read_dict": {"kind": ("immortal",)},
}  # fmt: skip
# Seconds of a program on one thread of gil, and how much longer others take; two threads of what
# shares nothing take as long as one where threads run at once.
PROGRAMS = {"fib.py": 0.10, "nbody.py": 0.16, "counter.py": 0.12, "echo.py": 0.15}
WAYS = {"counter.py": ({"way": "locked"}, {"way": "bare"})}
SLOWER = {"gil": 1.0, "gil-biased": 1.02, "object": 1.08, "object-atomic": 1.3}
PEER_PROGRAM = 2.0  # times as long in a CPython
PAUSES = ("gc_live", "gc_garbage", "gc_young", "safepoint")
LATENCIES = ("mixed_reply", "reacquire", "convoy_echo", *PAUSES)
WITH_PEERS = ("reacquire", "convoy_echo", "lost_update", "gc_live", "gc_garbage", "gc_young", "gc_cycles", "read_dict")
TOPICS = {
    "refcount": "refcount", "lock": "lock", "gil": "gil", "count": "cpu", "list": "cpu",
    "dict": "cpu", "crossing": "crossing", "sleepers": "io", "socket": "io", "mixed": "mixed",
    "reacquire": "contention", "convoy": "contention", "lost": "contention", "alloc": "allocation",
    "gc": "collector", "safepoint": "collector", "read": "reads",
}


@dataclass
class Plan:
    """What the made-up run contains."""

    variants: tuple[str, ...] = VARIANTS
    threads: tuple[int, ...] = (1, 2)
    cells: tuple[str, ...] = (*COSTS, *PROGRAMS)
    processes: int = 6
    blocks: int = 2
    cores: int = 2
    noise: float = 0.003
    state: str = "complete"
    seed: int = 1
    crosses: bool = True
    peers: tuple[str, ...] = ("CPython 3.11.2",)
    intervals: tuple[int, ...] = INTERVALS
    records: bool = True  # account lines, traces, outcome tables


def price(cell: str, variant: str, threads: int, params: dict[str, Any], plan: Plan) -> float:
    """Operations per second of all threads together that the run is built around."""
    order = VARIANTS + ("pthread_mutex",)
    costs = COSTS[cell]
    one = 1e9 / costs[order.index(variant) if variant in order else VARIANTS.index("gil")]
    if variant in HEAPS:
        one = 1e9 / MIMALLOC[cell] * HEAPS[variant][0]
    if cell == "crossing_map":
        lock = 8.0 if variant.startswith("object") else 1.0
        one = 1e9 / (lock + 1e9 / one * params["section"])
    if cell == "convoy_echo" and threads > 1:
        return 1e6 / params["interval"] if gil_like(variant) else one
    if cell == "sleepers":
        return one * threads
    if threads == 1:
        return one
    if cell == "gil_handover":
        return one
    usable = min(threads, plan.cores)
    if gil_like(variant):
        return one * (0.985 if cell != "lock_shared" else 0.9)
    if cell in ("refcount_shared", "lock_shared"):
        return one / 4.0
    scaled = one * usable * (1.0 - 0.012 * (usable - 1))
    if plan.crosses:
        # A shared operation is served one at a time and costs several times as much.
        return scaled / (1.0 + shared(cell, params) / 100.0 * 5.0)
    return scaled


def shared(cell: str, params: dict[str, Any]) -> float:
    """Percent of the operations that go to what all share."""
    if "sharing" in params:
        return SHARING[params["sharing"]]
    return params.get("share", 0) if cell.startswith("crossing") else 0


def combinations(cell: str, plan: Plan) -> list[dict[str, Any]]:
    """The parameter sets of a cell."""
    axes = dict(PARAMS.get(cell, {}))
    if "interval" in axes and cell != "gil_time":
        axes["interval"] = plan.intervals
    return [dict(zip(axes, values)) for values in itertools.product(*axes.values())]


LEAST_THREADS = dict.fromkeys(
    ("mixed_reply", "gil_handover", "socket_echo", "crossing_map", "reacquire", "gil_time", "lost_update",
     "pipe_ring", "tcp_echo", "alloc_handover", "safepoint"), 2)  # fmt: skip


def cases(plan: Plan) -> Iterator[tuple[str, dict[str, Any], int]]:
    """Every case of the plan: cell, parameters, threads."""
    for cell in (cell for cell in plan.cells if cell not in PROGRAMS):
        counts = [n for n in plan.threads if n >= LEAST_THREADS.get(cell, 1)]
        if cell in ("gil_handover", "lost_update"):
            counts = [n for n in counts if n == 2]
        if cell in ("gc_live", "gc_garbage", "gc_young"):
            counts = [n for n in counts if n == 1]
        if cell in ("reacquire", "convoy_echo", "safepoint") or cell.startswith("alloc_"):
            counts = [n for n in counts if n <= 2]
        if cell == "sleepers" and counts != [1]:
            counts = sorted({1, 4} | {n for n in plan.threads if n > 4})
        for params in combinations(cell, plan):
            for threads in counts:
                yield cell, params, threads


def case_id(cell: str, params: dict[str, int], threads: int) -> str:
    """The case's name, as the runner spells it."""
    middle = "".join(f"/{k}:{v}" for k, v in params.items())
    return f"{cell}{middle}/threads:{threads}"


def members(cell: str, threads: int, plan: Plan) -> list[tuple[str, str]]:
    """The (variant, role) pairs of a block, in ladder order, the A/A copy beside its twin."""
    names = [v for v in plan.variants if threads == 1 or v != "unlocked"]
    if not names:
        return []
    result = [(names[0], "main"), (names[0], "copy")] + [(v, "main") for v in names[1:]]
    if cell.startswith("lock_"):
        result.append(("pthread_mutex", "peer"))
    if cell.startswith("alloc_"):
        result += [(heap, "peer") for heap in HEAPS if (cell, heap) != ("alloc_handover", "freelist")]
    if cell in WITH_PEERS:
        result += [(peer, "peer") for peer in plan.peers]
    return result


def reply_histogram(rng: random.Random, variant: str, threads: int, interval_us: int = 5000) -> dict[str, Any]:
    """Reply latencies: the wait for a GIL is spread up to its switch interval."""
    values = []
    for _ in range(400):
        base = rng.lognormvariate(math.log(45e3), 0.35)
        if gil_like(variant):
            wait = 1e3 * interval_us * (threads - 1) * (0.93 + 0.1 * rng.random())
            base += wait if rng.random() < 0.97 else 2e5
        values.append(base)
    return histogram(values)


def pause_histogram(rng: random.Random, cell: str, variant: str, params: dict[str, Any]) -> dict[str, Any]:
    """Times of collections, or of stops: by the containers, but for young ones."""
    cost = COSTS[cell][VARIANTS.index(variant) if variant in VARIANTS else VARIANTS.index("gil")]
    cost *= PEER_PAUSE if variant.startswith("CPython") else 1.0
    cost *= params["objects"] if cell in ("gc_live", "gc_garbage") else 1.0
    cost *= 2.0 if params.get("order") == "random" else 1.0
    return histogram([rng.lognormvariate(math.log(cost), 0.02) for _ in range(20 if cell != "safepoint" else 400)])


def latency_of(rng: random.Random, cell: str, variant: str, threads: int, params: dict[str, Any]) -> Any:
    """The histogram of a window; None in cells that time nothing."""
    if cell in PAUSES:
        return pause_histogram(rng, cell, variant, params)
    if cell in LATENCIES:
        return reply_histogram(rng, variant, threads, params.get("interval", 5000))
    return None


def window(
    rng: random.Random, plan: Plan, case: tuple[str, dict[str, Any], int], member: tuple[str, str],
    place: dict[str, int], level: float,
) -> dict[str, Any]:
    """One line of samples.jsonl."""
    cell, params, threads = case
    variant, role = member
    rate = price(cell, variant, threads, params, plan)
    rate *= math.exp(level + rng.gauss(0.0, plan.noise / 2))
    wall = 20_000_000
    ops = max(round(rate * wall / 1e9 / threads), 1)
    disturbed = rng.random() < 0.02
    lost = {"lost": round(lost_share(variant, params) * ops * threads)} if cell == "lost_update" else {}
    return {
        "case": case_id(cell, params, threads), "cell": cell, "params": params,
        "threads": threads, "variant": variant, "role": role, "build": "timed", **place,
        "window_ms": wall / 1e6, "cpus": [i % plan.cores for i in range(threads)], "bound": True,
        "ops": [ops * threads if cell == "convoy_echo" and w == 0 else ops for w in range(threads)],
        "wall_ns": [wall] * threads,
        "latency": latency_of(rng, cell, variant, threads, params), **lost,
        "disturbance": {"runq_wait_ns": [0] * threads, "involuntary": [0] * threads,
                        "psi_some_us": None},
        "accepted": not disturbed, "why": "run-queue wait 31% of the window" if disturbed else None,
    }


def lost_share(variant: str, params: dict[str, Any]) -> float:
    """The share of increments that the run is built to lose."""
    if not gil_like(variant):
        return 0.31
    return 0.012 if params["poll"] == "call" else 0.0


def samples(plan: Plan) -> Iterator[dict[str, Any]]:
    """All the windows of the run, block by block, each block a palindrome."""
    rng = random.Random(plan.seed)
    for process in range(plan.processes):
        for case in cases(plan):
            team = members(case[0], case[2], plan)
            drift = {m: rng.gauss(0.0, plan.noise) for m in team}
            for block in range(plan.blocks):
                common = rng.gauss(0.0, 0.04)
                for position, member in enumerate(team + team[::-1]):
                    place = {"process": process, "block": block, "position": position}
                    yield window(rng, plan, case, member, place, common + drift[member])


def program_cases(plan: Plan) -> list[tuple[str, dict[str, Any], int]]:
    """The cases of the programs."""
    mine = [cell for cell in plan.cells if cell in PROGRAMS]
    return [(c, params, n) for c in mine for params in WAYS.get(c, ({},)) for n in plan.threads if n <= 2]


def engines(plan: Plan) -> list[tuple[str, str]]:
    """Who runs programs: (variant or peer, role)."""
    return [(v, "main") for v in plan.variants if v in SLOWER] + [(peer, "peer") for peer in plan.peers]


def program_lines(plan: Plan) -> Iterator[dict[str, Any]]:
    """A line for each run of a program, every engine in processes of its own."""
    rng = random.Random(plan.seed)
    for process in range(plan.processes):
        for cell, params, threads in program_cases(plan):
            for engine, role in engines(plan):
                seconds = PROGRAMS[cell] * SLOWER.get(engine, PEER_PROGRAM) * rng.lognormvariate(0.0, plan.noise)
                taking_turns = gil_like(engine) or cell == "counter.py" or plan.cores == 1
                seconds *= threads if taking_turns else 1.01 ** (threads - 1)
                yield {
                    "case": case_id(cell, params, threads), "cell": cell, "params": params,
                    "threads": threads, "variant": engine, "role": role, "build": "timed",
                    "process": process, "block": 0, "position": 0, "window_ms": seconds * 1e3,
                    "cpus": list(range(plan.cores)), "bound": True, "ops": [1_000_000] * threads,
                    "wall_ns": [round(seconds * 1e9)] * threads, "latency": None, "checksum": "17",
                    "disturbance": {}, "accepted": True, "why": None,
                }  # fmt: skip


def account_lines(plan: Plan) -> Iterator[dict[str, Any]]:
    """The account pass over the cell that is about the GIL's time."""
    rng = random.Random(plan.seed)
    for cell, params, threads in cases(plan) if plan.records else ():
        for variant, role in members(cell, threads, plan) if cell == "gil_time" else ():
            if role == "main":
                line = {"case": case_id(cell, params, threads), "cell": cell, "params": params,
                        "threads": threads, "variant": variant, "role": role}  # fmt: skip
                yield line | made_up.account(rng, variant, threads, params["io"], params["interval"])


def memory_lines(plan: Plan) -> Iterator[dict[str, Any]]:
    """What processes needed: of blocks, and of objects of some kinds."""
    rng = random.Random(plan.seed)
    if not plan.records:
        return
    for cell, params, threads in cases(plan):
        if cell in ("alloc_random", "alloc_handover"):
            peak = 100 * params.get("live", 1000) * threads
            for side, role in members(cell, threads, plan):
                factor = HEAPS[side][1] if side in HEAPS else OURS_OVER_MIMALLOC
                if role != "copy":
                    yield from weighings(rng, (cell, params, threads), (side, role), factor * peak, plan)
    for variant in [v for v in plan.variants if v != "unlocked"] if "gc_cycles" in plan.cells else ():
        yield from weighings(rng, ("churn", {}, 2), (variant, "main"), 300_000, plan)
    for kind, size in BYTES.items() if "alloc_pair" in plan.cells else ():
        case = "object_memory", {"objects": 1000, "kind": kind}, 1
        for variant in plan.variants:
            header = 0 if variant in ("unlocked", "gil", "object-atomic") else 16
            yield from weighings(rng, case, (variant, "main"), 1000 * (size + header), plan)
        for peer in plan.peers:
            yield from weighings(rng, case, (peer, "peer"), 1000 * size * PEER_BYTES, plan)


def weighings(
    rng: random.Random, case: tuple[str, dict[str, Any], int], side: tuple[str, str], grown: float, plan: Plan
) -> Iterator[dict[str, Any]]:
    """The lines of one side of a case, each from a process of its own."""
    cell, params, threads = case
    for process in range(min(plan.processes, 3)):
        peak = 5_000_000 + round(grown * rng.lognormvariate(0.0, 0.005))
        yield {
            "case": case_id(cell, params, threads), "cell": cell, "params": params, "threads": threads,
            "variant": side[0], "role": side[1], "build": "memory", "process": process,
            "ops": [1000] * threads, "resident": {"start": 5_000_000, "peak": peak, "end": 5_010_000},
        }  # fmt: skip


def run_json(plan: Plan) -> dict[str, Any]:
    """The run's own description."""
    cells = [{
        "cell": cell, "topic": "programs" if cell in PROGRAMS else TOPICS.get(cell.split("_")[0], "workloads"), "question": f"What does {cell} cost?",
        "good": "", "unit": "ns/op" if COSTS.get(cell, (9,))[0] < 5 else "ops/s", "metric": "throughput",
        "params": {name: list(values) for name, values in PARAMS.get(cell, {}).items()},
        "variants": list(plan.variants), "threads_min": 1, "threads_max": 64,
        "latency": cell in LATENCIES,
    } for cell in plan.cells]
    planned = [{"case": case_id(*c), "variants": [v for v, r in members(c[0], c[2], plan)
                                                  if r != "copy"]} for c in cases(plan)]
    planned += [{"case": case_id(*c), "cell": c[0], "threads": c[2], "variants": [v for v, r in engines(plan) if r == "main"],
                 "peers": list(plan.peers)} for c in program_cases(plan)]
    done = plan.processes if plan.state == "complete" else max(plan.processes - 2, 0)
    return {
        "schema": 1, "id": f"made-up-{plan.seed}", "state": plan.state,
        "started": "2026-01-02T03:04:05Z", "finished": "2026-01-02T03:08:05Z",
        "command": ["gilbench", "run"], "profile": "quick", "seed": plan.seed,
        "threads": list(plan.threads), "variants": list(plan.variants), "plan": planned,
        "cells": cells, "commit": "0123456789abcdef0123456789abcdef01234567", "dirty": False,
        "machine": {"cpu_model": "Made-up CPU @ 2.10GHz", "packages": 1, "cores": plan.cores,
                    "processing_units": plan.cores, "placement": list(range(plan.cores)), "kernel": "6.1.0", "compiler": "gcc 12.2.0",
                    "peers": [{"name": name, "implementation": "CPython", "version": name.split()[1].rstrip("t"),
                               "free_threaded_build": name.endswith("t")} for name in plan.peers]},
        "warnings": [], "account_units": {}, "processes_planned": plan.processes,
        "processes_done": done,
    }


def write_run(folder: Path, plan: Plan | None = None) -> Path:
    """Writes the run folder and returns it."""
    plan = plan or Plan()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "run.json").write_text(json.dumps(run_json(plan), indent=2) + "\n")
    with open(folder / "samples.jsonl", "w", encoding="utf-8") as out:
        for line in (*samples(plan), *program_lines(plan)):
            out.write(json.dumps(line) + "\n")
        for line in (*account_lines(plan), *memory_lines(plan)):
            out.write(json.dumps(line) + "\n")
    if plan.records:
        made_up.write_traces(folder / "traces", max(plan.threads), plan.variants)
        made_up.write_outcomes(folder / "outcomes.jsonl", plan.variants)
    return folder


if __name__ == "__main__":
    plans = {
        "--many": Plan(threads=(1, 2, 4, 8, 16, 32), cores=16, intervals=(100, 500, 1000, 5000, 20000),
                       peers=("CPython 3.11.2", "CPython 3.14.0t")),
        "--few": Plan(processes=1, blocks=1, variants=("gil", "object"), peers=(), state="interrupted"),
    }  # fmt: skip
    write_run(Path(sys.argv[1]), plans.get(sys.argv[-1], Plan()))
