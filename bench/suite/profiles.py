"""The profiles: which cells, on how many threads, how often, in what time.

A profile is a table and nothing else; plan.py turns it into processes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Union

from . import programs
from .errors import InputError

# Topics (the suites of `--suite`) and their cells. The runner's --list-json is the authority
# on what a cell is; this is here so that a wrong name is refused before anything is built, and
# a test holds the two against each other. The programs are the suite's own (programs.py).
TOPICS: dict[str, tuple[str, ...]] = {
    "refcount": ("refcount_own", "refcount_shared", "refcount_immortal"),
    "lock": ("lock_private", "lock_shared"),
    "gil": ("gil_pair", "gil_handover"),
    "cpu": ("count_int", "count_small", "list_private", "dict_private"),
    "crossing": ("crossing_dict", "crossing_list", "crossing_map"),
    "io": ("sleepers", "socket_echo"),
    "mixed": ("mixed_reply",),
    "contention": ("reacquire", "convoy_echo", "long_calls", "gil_time", "lost_update"),
    "workloads": ("sieve", "word_count", "trees", "matrix", "pipe_ring", "tcp_echo", "file_sync",
                  "mixed_work"),
    "allocation": ("alloc_pair", "alloc_lifo", "alloc_random", "alloc_bleed", "alloc_handover"),
    "collector": ("gc_live", "gc_garbage", "gc_young", "gc_cycles", "safepoint"),
    "reads": ("read_dict", "read_list"),
    "footprint": ("object_memory", "churn"),
    programs.TOPIC: programs.CELLS,
}

# Several topics under one name.
SUITES: dict[str, tuple[str, ...]] = {
    "memory": ("allocation", "collector", "reads", "footprint"),
}

CORES = "cores"  # stands for the number of processing units that may be used
ThreadRule = Union[int, str]


@dataclass(frozen=True)
class Choice:
    """A cell in a profile: the thread counts, of its parameters only these values, and only
    these variants (none named: all). A cell can be chosen several times."""

    cell: str
    threads: tuple[ThreadRule, ...]
    params: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    variants: tuple[str, ...] = ()


@dataclass(frozen=True)
class Profile:
    """What a name like `quick` stands for. Times are seconds of wall time."""

    name: str
    summary: str
    rounds: int  # processes per case; of a program plan.PROGRAM_RUNS times as many
    choices: tuple[Choice, ...] | None  # None: every cell, with all its parameters
    threads: tuple[ThreadRule, ...]  # for cells that no choice names
    budget_s: float | None  # for measuring; None: as long as it takes
    blocks: int | None = None  # per process; None: as many as the budget has room for
    outcomes_s: float = 0  # for the outcome tables, beside the budget
    traces: tuple[tuple[str, str], ...] = ()  # case and variant
    scale: int = 1  # of the work while memory is looked at, in cells that run long


SMOKE = Profile(
    name="smoke",
    summary="does everything work? under a minute; too short for verdicts",
    rounds=2,
    choices=(
        Choice("refcount_own", (1,)),
        Choice("refcount_shared", (1,)),
        Choice("lock_private", (1,)),
        Choice("count_small", (1, 2)),
        Choice("crossing_dict", (2,), {"share": (0, 100)}),
        Choice("sleepers", (4,)),
        Choice("mixed_reply", (2,)),
        Choice("alloc_random", (1,), {"live": (1000,)}, ("object",)),
        Choice("gc_live", (1,), {"objects": (10000,), "order": ("linear",)}, ("object",)),
        Choice("read_dict", (1,), {"kind": ("immortal",)}, ("object",)),
        Choice("object_memory", (1,), {"kind": ("int",)}, ("object",)),
        Choice("fib.py", (1,), variants=("object",)),
    ),
    threads=(1, 2),
    budget_s=52,
)

# Under a GIL and without: all that a figure of two lines needs.
TWO = ("gil", "object")
ONE = ("gil",)  # what depends on the switch interval
FREE = ("object", "object-atomic")  # whose threads all run

# The programs that only compute, and the others.
COMPUTING = tuple(cell for cell, program in programs.BY_CELL.items() if program.kind == programs.CPU)
MEETING = tuple(cell for cell in programs.CELLS if cell not in COMPUTING)

# Fourteen cells. A case on two threads costs at least a block of windows of 40 switch intervals
# (1.4 s with two variants, 2.3 s with four) in each process, so that few of them fit into five
# minutes, of which drawing takes some seconds as well.
QUICK = Profile(
    name="quick",
    summary="fourteen cells and two programs in about five minutes (the default)",
    rounds=5,
    choices=(
        Choice("refcount_own", (1,)),
        Choice("refcount_shared", (2,)),
        Choice("lock_private", (1,)),
        Choice("lock_shared", (2,)),
        Choice("gil_handover", (2,)),
        Choice("count_int", (1, 2)),
        Choice("count_small", (1,)),
        Choice("count_small", (2, CORES), variants=TWO),
        Choice("dict_private", (1,)),
        Choice("crossing_dict", (2,), {"share": (0, 5, 25, 100)}, TWO),
        Choice("sleepers", (4,)),
        Choice("socket_echo", (2,)),
        Choice("mixed_reply", (2,), variants=TWO),
        Choice("reacquire", (2,), {"interval": (5000,)}, TWO),
        Choice("reacquire", (2,), {"interval": (500,)}, ONE),
        Choice("lost_update", (2,), variants=TWO),
        Choice("fib.py", (1, 2), variants=TWO),
        Choice("dict_loop.py", (1,), variants=TWO),
    ),
    threads=(1, 2),
    budget_s=280,
)

# What a committed reference is made from: every question of the project at the values worth
# drawing. Three processes a case are the least that anything is claimed from.
STANDARD = Profile(
    name="standard",
    summary="every question at the values worth drawing; about 32 minutes on two cores",
    rounds=3,
    choices=(
        Choice("refcount_own", (1, 2)),
        Choice("refcount_shared", (1, 2)),
        Choice("refcount_immortal", (1,)),
        Choice("lock_private", (1,)),
        Choice("lock_shared", (2,)),
        Choice("gil_pair", (1,)),
        Choice("gil_handover", (2,)),
        Choice("count_int", (1, 2)),
        Choice("count_small", (1, 2, CORES)),
        Choice("list_private", (1, 2), variants=TWO),
        Choice("dict_private", (1, 2)),
        Choice("crossing_dict", (2,), {"share": (0, 5, 25, 100)}),
        Choice("crossing_map", (2,), {"share": (0, 1, 5, 25, 100), "section": (1, 10, 100)}, TWO),
        Choice("sleepers", (4,), variants=TWO),
        Choice("socket_echo", (2,), variants=TWO),
        Choice("mixed_reply", (2,), variants=TWO),
        Choice("sieve", (1, 2), variants=TWO),
        Choice("word_count", (1, 2), variants=TWO),
        Choice("trees", (1, 2), variants=TWO),
        Choice("matrix", (1, 2), variants=TWO),
        Choice("pipe_ring", (2,), variants=TWO),
        Choice("tcp_echo", (2,), variants=TWO),
        Choice("file_sync", (2,), variants=TWO),
        Choice("mixed_work", (2,), {"share": (25, 50, 75)}, TWO),
        Choice("reacquire", (2,), {"interval": (500, 5000)}, TWO),
        Choice("reacquire", (2,), {"interval": (100, 1000, 20000)}, ONE),
        Choice("convoy_echo", (1,), {"interval": (5000,)}, TWO),
        Choice("convoy_echo", (2,), {"interval": (500, 5000)}, TWO),
        Choice("convoy_echo", (2,), {"interval": (100, 1000, 20000)}, ONE),
        Choice("long_calls", (2,), {"call": (10000,)}, TWO),
        Choice("long_calls", (2,), {"call": (100, 1000, 50000)}, ONE),
        Choice("gil_time", (2,), {"interval": (5000,), "io": (0, 1, 2)}, TWO),
        Choice("gil_time", (4,), {"interval": (5000,), "io": (1, 2)}, TWO),
        Choice("gil_time", (2,), {"interval": (100, 500, 20000), "io": (1,)}, ONE),
        Choice("lost_update", (2,), variants=("gil", "gil-biased", "object")),
        Choice("alloc_pair", (1,), {"size": (64, 512)}),
        Choice("alloc_lifo", (1,)),
        Choice("alloc_random", (1,)),
        Choice("alloc_bleed", (1,)),
        Choice("alloc_pair", (2,), {"size": (64,)}, FREE),
        Choice("alloc_lifo", (2,), {"size": (64,)}, FREE),
        Choice("alloc_random", (2,), variants=FREE),
        Choice("alloc_bleed", (2,), variants=FREE),
        Choice("alloc_handover", (2,), variants=FREE),
        Choice("gc_live", (1,), variants=TWO),
        Choice("gc_live", (2,), {"objects": (1000000,), "order": ("linear",)}, TWO),
        Choice("gc_garbage", (1,), {"share": (100,)}, TWO),
        Choice("gc_garbage", (1,), {"share": (10, 50), "objects": (1000000,), "order": ("linear",)}, TWO),
        Choice("gc_young", (1,)),
        Choice("gc_cycles", (1, 2), variants=TWO),
        Choice("safepoint", (2,), variants=TWO),
        Choice("read_dict", (1, 2), variants=TWO),
        Choice("read_list", (1, 2), variants=TWO),
        Choice("object_memory", (1,)),
        Choice("churn", (2,), variants=TWO),
        *(Choice(cell, (1,)) for cell in COMPUTING),
        *(Choice(cell, (2,), variants=TWO) for cell in COMPUTING),
        *(Choice(cell, (1, 2), variants=TWO) for cell in MEETING),
    ),
    threads=(1, 2),
    budget_s=1860,
    outcomes_s=60,
    traces=(
        ("gil_time/interval:5000/io:1/threads:2", "gil"),
        ("gil_time/interval:5000/io:1/threads:2", "object"),
    ),
)

FULL = Profile(
    name="full",
    summary="every cell, 54 blocks a case, up to twice the cores; nine hours on two cores",
    rounds=6,
    choices=None,
    threads=(1, 2, 4, "doubling"),
    budget_s=None,
    blocks=9,
    outcomes_s=600,
    traces=STANDARD.traces,
    scale=100,  # a billion objects in each process of churn on two threads
)

PROFILES = {profile.name: profile for profile in (SMOKE, QUICK, STANDARD, FULL)}


def named(name: str) -> Profile:
    """The profile of that name. Raises InputError that lists the names."""
    try:
        return PROFILES[name]
    except KeyError:
        raise InputError(f"no profile {name!r}; there are {', '.join(PROFILES)}") from None


def cells_of_suites(suites: list[str]) -> list[str]:
    """The cells of the named topics; SUITES and a cell's own name are good too. Raises InputError."""
    cells: list[str] = []
    every = [cell for topic in TOPICS.values() for cell in topic]
    for suite in suites:
        if suite in TOPICS or suite in SUITES:
            cells += [cell for topic in SUITES.get(suite, (suite,)) for cell in TOPICS[topic]]
        elif suite in every:
            cells.append(suite)
        else:
            names = ", ".join((*TOPICS, *SUITES))
            raise InputError(f"no suite {suite!r}; there are {names} (or a cell's name)")
    return [cell for cell in every if cell in cells]


def thread_counts(rules: tuple[ThreadRule, ...], units: int) -> list[int]:
    """Thread counts of a rule on `units` processing units, ascending, without repetition."""
    counts: set[int] = set()
    for rule in rules:
        if rule == CORES:
            counts.add(units)
        elif rule == "doubling":
            counts.update(2**power for power in range(12) if 2**power <= 2 * units)
            counts.add(2 * units)
        else:
            counts.add(int(rule))
    return sorted(counts)
