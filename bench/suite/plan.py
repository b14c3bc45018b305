"""From a profile to cases, from cases to processes in a seeded order, each with its time."""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass
from typing import Any, Iterable, Sequence

from .errors import InputError
from .locations import VARIANTS
from .profiles import Choice, Profile, cells_of_suites, thread_counts

# The runner's rules for windows, to foresee how long a block takes.
SHORT_WINDOW_MS = 20.0
SWITCH_INTERVAL_MS = 5.0
INTERVALS_PER_WINDOW = 40  # at least, where threads contend for a GIL
WARM_UP = 1.15  # of a window's length, with the runtime's creation and the threads' start
START_S = 0.15  # starting a process: reading the topology, loading modules
ACCOUNT_S = 0.5  # a guess at an account process
LEAST_S = 0.1  # measuring time is never planned below this
MOST_BLOCKS = 10  # per process: six processes then have 60, and more tell nothing new


@dataclass(frozen=True)
class Case:
    """A cell with its parameters, on a number of threads, and the variants of its blocks."""

    id: str
    cell: str
    params: tuple[tuple[str, Any], ...]
    threads: int
    variants: tuple[str, ...]
    block_s: float  # about how long one block takes: each side twice

    def planned(self, seconds: float, blocks: int | None) -> dict[str, Any]:
        """The case as run.json keeps it."""
        return {
            "case": self.id, "cell": self.cell, "params": dict(self.params),
            "threads": self.threads, "variants": list(self.variants),
            "seconds": round(seconds, 3), "blocks": blocks,
        }  # fmt: skip


@dataclass(frozen=True)
class Task:
    """One process: a case, the process number its samples carry, timed or account build."""

    case: str
    process: int
    account: bool = False


def case_id(cell: str, params: Iterable[tuple[str, Any]], threads: int) -> str:
    """The name of a case, also its name in Google Benchmark."""
    return "/".join([cell, *(f"{name}:{value}" for name, value in params), f"threads:{threads}"])


def choose(
    profile: Profile, cells: Sequence[dict[str, Any]], suites: list[str],
    variants: Sequence[str], threads: Sequence[int] | None, units: int,
) -> list[Case]:  # fmt: skip
    """The cases of a run, in the order of the runner's list.

    A suite that is named takes part with all its cells, also those that the profile leaves out.
    `threads` replaces the profile's thread counts. Raises InputError if nothing is left.
    """
    wanted = cells_of_suites(suites) if suites else None
    cases: list[Case] = []
    for cell in cells:
        if wanted is not None and cell["cell"] not in wanted:
            continue
        choice = _choice(profile, cell["cell"], named=wanted is not None)
        if choice is not None:
            cases += _cases_of(cell, choice, variants, threads, units)
    if not cases:
        raise InputError(
            f"nothing to run: no {' or '.join(suites) or profile.name} cell for the variants "
            f"{', '.join(variants)} on {_count_words(threads)}"
        )
    return cases


def _count_words(threads: Sequence[int] | None) -> str:
    return f"{', '.join(map(str, threads))} thread(s)" if threads else "these thread counts"


def _choice(profile: Profile, cell: str, *, named: bool) -> Choice | None:
    for choice in profile.choices or ():
        if choice.cell == cell:
            return choice
    return Choice(cell, profile.threads) if named or profile.choices is None else None


def _cases_of(
    cell: dict[str, Any], choice: Choice, variants: Sequence[str],
    threads: Sequence[int] | None, units: int,
) -> list[Case]:  # fmt: skip
    least, most = cell.get("threads_min") or 1, cell.get("threads_max") or 1 << 30
    counts = sorted(set(threads)) if threads else thread_counts(choice.threads, units)
    if not threads and not any(least <= count <= most for count in counts):
        counts = [least]
    even, params = cell.get("threads_even"), cell.get("params") or {}
    values = [[(name, v) for v in choice.params.get(name, params[name])] for name in params]
    found = []
    for combination in itertools.product(*values):
        for count in (c for c in counts if least <= c <= most and not (even and c % 2)):
            takes_part = _variants_of(cell, variants, count)
            if takes_part:
                name = case_id(cell["cell"], combination, count)
                block_s = block_seconds(cell, count, len(takes_part))
                found.append(Case(name, cell["cell"], combination, count, takes_part, block_s))
    return found


def _variants_of(cell: dict[str, Any], variants: Sequence[str], threads: int) -> tuple[str, ...]:
    """In ladder order; `unlocked` is timed on one thread only."""
    possible = cell.get("variants") or VARIANTS
    return tuple(
        v for v in VARIANTS
        if v in variants and v in possible and not (v == "unlocked" and threads > 1)
    )  # fmt: skip


# ---------------------------------------------------------------- time


def block_seconds(cell: dict[str, Any], threads: int, variants: int) -> float:
    """About how long one block takes: each variant, the A/A copy and the peer twice."""
    window = max(SHORT_WINDOW_MS, cell.get("window_ms") or 0)
    if threads > 1 and cell.get("contends", True):
        window = max(window, INTERVALS_PER_WINDOW * SWITCH_INTERVAL_MS)
    sides = variants + 1 + (cell["topic"] == "lock")
    return 2 * sides * window * WARM_UP / 1000


def divide_time(cases: Sequence[Case], profile: Profile) -> dict[str, float]:
    """Seconds of measuring for each case in one process, so that the budget suffices.

    Every case gets at least one block. What is left goes to the cases whose blocks are
    short, up to the same level for all; a few cases alone do not use all of the budget.
    """
    least = {case.id: max(case.block_s, LEAST_S) for case in cases}
    if profile.budget_s is None:
        return {name: seconds * (profile.blocks or 1) for name, seconds in least.items()}
    overhead = (profile.rounds * START_S + ACCOUNT_S) * len(cases)
    budget = max(profile.budget_s * 0.95 - overhead, 0) / profile.rounds
    level = _water_level(sorted(least.values()), budget)
    most = {case.id: MOST_BLOCKS * case.block_s for case in cases}
    return {
        name: round(max(seconds, min(level, most[name])), 3) for name, seconds in least.items()
    }


def _water_level(sizes: list[float], budget: float) -> float:
    """The level to which the smaller of `sizes` (ascending) can be raised within `budget`."""
    for full in range(len(sizes), 0, -1):
        level = (budget - sum(sizes[full:])) / full
        if level >= sizes[full - 1]:
            return level
    return 0.0


# ---------------------------------------------------------------- order


def tasks(cases: Sequence[str], rounds: int, seed: int) -> list[Task]:
    """Processes of a run: every round visits every case in its own order, drawn from the seed.

    The first round also runs each case's account builds. Whatever the moment of an
    interruption, all cases have about the same number of processes.
    """
    order = random.Random(seed)
    found: list[Task] = []
    for round_number in range(rounds):
        shuffled = list(cases)
        order.shuffle(shuffled)
        found += [Task(case, round_number) for case in shuffled]
        if round_number == 0:
            found += [Task(case, 0, account=True) for case in shuffled]
    return found


def missing_tasks(
    cases: Sequence[str], rounds: int, seed: int,
    done: dict[str, set[int]], begun: dict[str, set[int]], accounted: set[str],
) -> list[Task]:  # fmt: skip
    """What a run lacks: `done` are the processes of a case that left a whole block.

    A process that was begun and not finished is made up for under a new number, so that its
    half blocks never mix with whole ones.
    """
    found: list[Task] = []
    order = random.Random(f"{seed} resumed")
    fresh = {case: max(begun.get(case, set()) | {rounds - 1}) + 1 for case in cases}
    for round_number in range(rounds):
        shuffled = list(cases)
        order.shuffle(shuffled)
        for case in shuffled:
            planned = sum(task.case == case for task in found)
            if round_number in done.get(case, ()) or len(done.get(case, ())) + planned >= rounds:
                continue
            number = round_number
            if number in begun.get(case, ()):
                number, fresh[case] = fresh[case], fresh[case] + 1
            found.append(Task(case, number))
    return found + [Task(case, 0, account=True) for case in cases if case not in accounted]
