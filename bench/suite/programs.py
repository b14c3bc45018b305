"""The programs of bench/programs/ as cells: sizes, operations, and whether engines agree.

A program's cell has its file's name (`fib.py`), which no kernel has. Its processes are one run
each, on a variant's interpreter or on a CPython; its figure is operations over the seconds that
it prints, and its checksum must be the same on every engine and for every number of threads.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterable

from .errors import OutsideError
from .locations import ROOT

FOLDER = ROOT / "bench" / "programs"
TOPIC = "programs"
# Kinds: what a thread does most of its time. Threads of `cpu` share nothing that is written.
CPU, SHARING, IO, MIXED = "cpu", "sharing", "io", "mixed"


@dataclass(frozen=True)
class Program:
    """A program at the size that is run: about a fifth of a second on a recent CPython."""

    name: str
    kind: str
    question: str
    operation: str
    size: int
    operations: int  # of each thread, at that size
    seconds: float = 0.22  # about, of one thread on a CPython
    ways: tuple[str, ...] = ()  # ways of doing it, the program's first argument
    threads_min: int = 1
    pairs: bool = False  # threads work in pairs, of which one does the operations
    one_works: bool = False  # the operations are one thread's, whatever the others do




PROGRAMS = (
    Program("fib", CPU, "What does a call cost?", "a call", 30, 2_692_537),
    Program("nbody", CPU, "What do floats and attributes cost?", "a step of five bodies", 30_000, 30_000),
    Program("spectral_norm", CPU, "What do calls in nested loops cost?", "an element of a product",
            260, 20 * 260 * 260),
    Program("fannkuch", CPU, "What do small ints and list items cost?", "a permutation", 9, 362_880, 0.65),
    Program("binary_trees", CPU, "What do making and dropping objects cost?", "a node", 15, 259_959),
    Program("sieve", CPU, "What do the items of a long list cost?", "a number", 3_000_000, 3_000_000),
    Program("word_count", CPU, "What do strings and a dict cost?", "a word", 1000, 2_000_000),
    Program("richards", CPU, "What do methods and attributes cost?", "a simulation", 60, 60),
    Program("ray_tracer", CPU, "What does reading cost that all share?", "a pixel", 140, 19_600),
    Program("list_loop", CPU, "What do a list's own operations cost?", "a list of 1,000", 1500, 1500),
    Program("dict_loop", CPU, "What do a dict's own operations cost?", "a dict of 1,000", 1200, 1200),
    Program("calls", CPU, "What do shared classes and functions cost?", "a method and a function",
            1_500_000, 1_500_000),
    Program("garbage_cycles", CPU, "What do cycles with finalizers cost?", "a ring of three",
            120_000, 120_000),
    Program("shared_dict", SHARING, "One dict, many locks, or a dict of one's own?", "a word",
            800_000, 800_000, ways=("shared", "striped", "merged")),
    Program("counter", SHARING, "What does a lock mend, and cost?", "an increment",
            1_000_000, 1_000_000, ways=("locked", "bare")),
    Program("queue_pipeline", SHARING, "What does a bounded queue carry?", "an item handed over",
            150_000, 150_000, threads_min=2, pairs=True),
    Program("echo", IO, "How many TCP round trips do connections make?", "a round trip", 8000, 8000),
    Program("pipe_ring", IO, "How fast does a byte go round through pipes?", "a byte passed on",
            40_000, 40_000),
    Program("sleep_fan", IO, "Do sleeps overlap?", "a sleep of 1 ms", 150, 150),
    Program("convoy", MIXED, "How fast are echoes beside threads that compute?", "an echo",
            2000, 2000, one_works=True),
)  # fmt: skip
BY_CELL = {f"{program.name}.py": program for program in PROGRAMS}
CELLS = tuple(BY_CELL)


def is_program(cell: str) -> bool:
    """Whether a cell (or a case, by its name) is a program."""
    return cell.partition("/")[0].endswith(".py")


def cells() -> list[dict[str, Any]]:
    """The programs in the runner's words (its --list-json), as run.json keeps them."""
    return [
        {
            "cell": cell, "topic": TOPIC, "kind": program.kind, "question": program.question,
            "unit": "ops/s", "operation": program.operation, "size": program.size,
            "params": {"way": list(program.ways)} if program.ways else {},
            "threads_min": program.threads_min, "threads_even": program.pairs, "timed": False,
        }
        for cell, program in BY_CELL.items()
    ]  # fmt: skip


def seconds(cell: str, threads: int) -> float:
    """About how long a run takes on an engine whose threads take turns."""
    program = BY_CELL[cell]
    return program.seconds * (1 if program.one_works else threads)


def operations(cell: str, threads: int) -> list[int]:
    """How many operations each thread does."""
    program = BY_CELL[cell]
    if program.pairs:
        return [program.operations, 0] * (threads // 2)
    return [program.operations * (i == 0 or not program.one_works) for i in range(threads)]


def source(cell: str) -> Path:
    """The program's file."""
    return FOLDER / cell


def arguments(cell: str, params: dict[str, Any], threads: int) -> list[str]:
    """What the program is given on its command line."""
    return [*([params["way"]] if "way" in params else []), str(threads), str(BY_CELL[cell].size)]


def translated(cell: str) -> Path:
    """The program for the variants' interpreters. Raises OutsideError if it is none they know."""
    from runtime import translate

    try:
        return translate.translate_file(source(cell))
    except translate.Refused as error:
        raise OutsideError(str(error)) from None


# ---------------------------------------------------------------- whether engines agree


def checksums(samples: Iterable[dict[str, Any]]) -> dict[str, dict[str, set[str]]]:
    """What was printed, by program (with its way): checksum -> engines, with their threads."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for sample in samples:
        if "checksum" in sample:
            name = sample["case"].rpartition("/threads:")[0]
            engine = f"{sample['variant']} on {sample['threads']} thread{'s' * (sample['threads'] > 1)}"
            found[name][sample["checksum"]].add(engine)
    return found


def disagreements(samples: Iterable[dict[str, Any]]) -> list[str]:
    """A sentence for each program that did not print the same checksum everywhere."""
    return [
        f"{name}: checksums differ: " + "; ".join(
            f"{checksum} by {', '.join(sorted(engines))}" for checksum, engines in sorted(printed.items())
        )
        for name, printed in checksums(samples).items()
        if len(printed) > 1
    ]  # fmt: skip
