"""From a profile to cases, from cases to processes in a seeded order, each with its time."""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass, field, replace
from typing import Any, Iterable, Sequence

from . import programs
from .errors import InputError
from .locations import SAFE_VARIANTS, VARIANTS
from .profiles import STANDARD, Choice, Profile, cells_of_suites, thread_counts

# The runner's rules for windows, to foresee how long a block takes.
SHORT_WINDOW_MS = 20.0
SWITCH_INTERVAL_US = 5000  # of cases without an interval of their own
INTERVALS_PER_WINDOW = 40  # at least, where threads contend for a GIL
WARM_UP = 1.15  # of a window's length, with the runtime's creation and the threads' start
START_S = 0.15  # starting a process: reading the topology, loading modules
ACCOUNT_S = 0.5  # a guess at an account process
LEAST_S = 0.1  # measuring time is never planned below this
PEER_START_S = 0.2  # starting a Python, and its short warm-up window
PEER_OBJECT_S = 0.7e-6  # a Python's making of each container, for both windows
PEER_COLLECTED_S = 0.8e-6  # a Python's collection of each container, in random order
PEER_COLLECTIONS = 5  # in both windows, if they take longer than windows otherwise do
FILLING_S = 3e-7  # a window's warm-up for a block that is kept, as the runner has it
PEER_WINDOWS = 1  # per process: the processes are what intervals are made from
WEIGHED_S = 0.4  # a guess at what a side's processes take whose memory is looked at
PEERS_OF = {"lock": 1, "allocation": 5}  # sides by topic that are not variants
PROGRAM_RUNS = 2  # of a program on an engine in each round: a process of it has one window only
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
    window_ms: float
    timed: bool = True  # else memory is all that is measured
    weighed_s: float = 0.0  # about how long looking at its memory takes; 0: that is not done
    peers: tuple[str, ...] = ()  # CPythons that run the same, in processes of their own
    run_s: float = 0.0  # of a program: about how long one of its processes takes

    def planned(self, seconds: float, blocks: int | None) -> dict[str, Any]:
        """The case as run.json keeps it."""
        return {
            "case": self.id, "cell": self.cell, "params": dict(self.params),
            "threads": self.threads, "variants": list(self.variants), "peers": list(self.peers),
            "seconds": round(seconds, 3), "blocks": blocks, "window_ms": self.window_ms,
            "timed": self.timed, "weighed_s": round(self.weighed_s, 3),
        }  # fmt: skip

    def apart_s(self) -> float:
        """About how long the processes take in a round that are not the runner's."""
        if self.run_s:
            return PROGRAM_RUNS * (len(self.variants) + len(self.peers)) * (START_S + self.run_s)
        return len(self.peers) * peer_seconds(self.window_ms, dict(self.params))


TIMED, ACCOUNT, TRACE, PEER, MEMORY = "timed", "account", "trace", "peer", "memory"
PROGRAM = "program"


@dataclass(frozen=True)
class Task:
    """One process: a case, the process number that its samples carry, what it is for, and of
    whom: the peer's name, the variant that is traced or runs a program, else nobody."""

    case: str
    process: int
    kind: str = TIMED
    who: str = ""


# What is repeated in every round: a case, and who runs it: a peer, a variant if it is a program,
# or "" for the runner, all variants in one process.
Job = tuple[str, str]


def jobs(planned: Iterable[dict[str, Any]]) -> list[Job]:
    """The jobs of the planned cases (of run.json)."""
    return [(case["case"], who) for case in planned for who in (*_ours(case), *case.get("peers", ()))]


def _ours(case: dict[str, Any]) -> list[str]:
    if programs.is_program(case["case"]):
        return case["variants"]
    return [""] if case.get("timed", True) else []


def weighed(planned: Iterable[dict[str, Any]]) -> list[str]:
    """The planned cases whose memory is looked at."""
    return [case["case"] for case in planned if case.get("weighed_s")]


def in_round(case: str) -> int:
    """How many processes of each of its jobs a case has in a round."""
    return PROGRAM_RUNS if programs.is_program(case) else 1


def _visits(jobs: Sequence[Job], number: int) -> list[tuple[Job, int]]:
    """The processes of a round, by job and number."""
    return [(job, number * in_round(job[0]) + run) for job in jobs for run in range(in_round(job[0]))]


def _task(job: Job, process: int) -> Task:
    case, who = job
    kind = PROGRAM if programs.is_program(case) else PEER if who else TIMED
    return Task(case, process, kind, who)


def case_id(cell: str, params: Iterable[tuple[str, Any]], threads: int) -> str:
    """The name of a case, also its name in Google Benchmark."""
    return "/".join([cell, *(f"{name}:{value}" for name, value in params), f"threads:{threads}"])


def choose(
    profile: Profile, cells: Sequence[dict[str, Any]], suites: list[str],
    variants: Sequence[str], threads: Sequence[int] | None, units: int,
) -> list[Case]:  # fmt: skip
    """The cases of a run, in the order of the runner's list.

    A suite that is named takes part with all its cells, also those that the profile leaves out:
    they are chosen as in `standard`, or with all their parameters. `threads` replaces the profile's
    thread counts; of choices that thereby become the same case the first counts. Raises InputError
    if nothing is left.
    """
    wanted = cells_of_suites(suites) if suites else None
    cases: dict[str, Case] = {}
    for cell in cells:
        if wanted is not None and cell["cell"] not in wanted:
            continue
        for choice in _choices(profile, cell["cell"], named=wanted is not None):
            for case in _cases_of(cell, choice, variants, threads, units, profile.scale):
                cases.setdefault(case.id, case)
    if not cases:
        raise InputError(
            f"nothing to run: no {' or '.join(suites) or profile.name} cell for the variants "
            f"{', '.join(variants)} on {_count_words(threads)}"
        )
    return list(cases.values())


def _count_words(threads: Sequence[int] | None) -> str:
    return f"{', '.join(map(str, threads))} thread(s)" if threads else "these thread counts"


def _choices(profile: Profile, cell: str, *, named: bool) -> list[Choice]:
    if profile.choices is None:
        return [Choice(cell, profile.threads)]
    of = [choice for choice in profile.choices if choice.cell == cell]
    if named and not of:
        of = [choice for choice in STANDARD.choices or () if choice.cell == cell]
        return of or [Choice(cell, profile.threads)]
    return of


def _cases_of(
    cell: dict[str, Any], choice: Choice, variants: Sequence[str],
    threads: Sequence[int] | None, units: int, scale: int,
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
            takes_part = _variants_of(choice, variants, count)
            name = case_id(cell["cell"], combination, count)
            if programs.is_program(cell["cell"]):
                found += _program_case(cell, name, combination, count, takes_part)
            elif takes_part:
                length = window_ms(cell, dict(combination), count, takes_part)
                block_s = block_seconds(cell, dict(combination), length, len(takes_part))
                found.append(Case(
                    name, cell["cell"], combination, count, takes_part, block_s, length,
                    cell.get("timed", True), weighing_seconds(cell, len(takes_part), scale),
                ))  # fmt: skip
    return found


def _program_case(
    cell: dict[str, Any], name: str, params: tuple[tuple[str, Any], ...], threads: int,
    variants: Sequence[str],
) -> list[Case]:  # fmt: skip
    safe = tuple(variant for variant in variants if variant in SAFE_VARIANTS)
    seconds = programs.seconds(cell["cell"], threads)
    case = Case(
        name, cell["cell"], params, threads, safe, 0.0, seconds * 1000, timed=False, run_s=seconds
    )
    return [case] if safe else []


def _variants_of(choice: Choice, variants: Sequence[str], threads: int) -> tuple[str, ...]:
    """In ladder order; `unlocked` is timed on one thread only."""
    possible = choice.variants or VARIANTS
    return tuple(
        v for v in VARIANTS
        if v in variants and v in possible and not (v == "unlocked" and threads > 1)
    )  # fmt: skip


def with_peers(cases: Sequence[Case], cells: Sequence[str], names: Sequence[str]) -> list[Case]:
    """The cases, with the peers of these names at those of the cells that peers can run."""
    return [replace(case, peers=tuple(names)) if case.cell in cells else case for case in cases]


# ---------------------------------------------------------------- time


def window_ms(
    cell: dict[str, Any], params: dict[str, Any], threads: int, variants: Sequence[str]
) -> float:
    """The length of a window of the cell, as the runner has it."""
    by_objects = params.get("objects", 0) * cell.get("object_window_ns", 0) / 1e6
    window = max(SHORT_WINDOW_MS, cell.get("window_ms") or 0, by_objects)
    gil = any(variant.startswith("gil") for variant in variants)
    if threads > 1 and gil and cell.get("contends", True):
        interval_us = params.get("interval", SWITCH_INTERVAL_US)
        window = max(window, INTERVALS_PER_WINDOW * interval_us / 1000)
    return window


def block_seconds(
    cell: dict[str, Any], params: dict[str, Any], window: float, variants: int
) -> float:
    """About how long one block takes: each variant, the A/A copy and the peers twice."""
    sides = variants + 1 + PEERS_OF.get(cell["topic"], 0)
    setup = params.get("objects", 0) * cell.get("object_ns", 0) / 1e9
    setup += params.get("live", 0) * FILLING_S
    return 2 * sides * (window * WARM_UP / 1000 + setup)


def weighing_seconds(cell: dict[str, Any], variants: int, scale: int) -> float:
    """About how long it takes to look at a case's memory; 0 if the cell does not ask."""
    if not cell.get("weighed"):
        return 0.0
    work = scale if cell.get("scales") else 1
    return WEIGHED_S * work * (variants + PEERS_OF.get(cell["topic"], 0))


def peer_seconds(window: float, params: dict[str, Any]) -> float:
    """About how long a peer's process takes, with windows of so many ms or as long as they must be."""
    object_s = PEER_COLLECTIONS * PEER_COLLECTED_S if params.get("order") == "random" else 0.0
    windows_s = max(PEER_WINDOWS * window * WARM_UP / 1000, params.get("objects", 0) * object_s)
    return PEER_START_S + windows_s + params.get("objects", 0) * PEER_OBJECT_S


def divide_time(cases: Sequence[Case], profile: Profile) -> dict[str, float]:
    """Seconds of measuring for each case in one process, so that the budget suffices.

    Every case gets at least one block. What is left goes to the cases whose blocks are
    short, up to the same level for all; a few cases alone do not use all of the budget.
    """
    timed = [case for case in cases if case.timed]
    least = {case.id: max(case.block_s, LEAST_S) for case in timed}
    none = {case.id: 0.0 for case in cases if not case.timed}
    if profile.budget_s is None:
        return none | {name: seconds * (profile.blocks or 1) for name, seconds in least.items()}
    each_round = START_S * len(timed) + sum(case.apart_s() for case in cases)
    once = sum(once_s(case) for case in cases)
    budget = max((profile.budget_s * 0.95 - once) / profile.rounds - each_round, 0)
    level = _water_level(sorted(least.values()), budget)
    most = {case.id: MOST_BLOCKS * case.block_s for case in timed}
    return none | {
        name: round(max(seconds, min(level, most[name])), 3) for name, seconds in least.items()
    }


def once_s(case: Case) -> float:
    """About how long takes what is done once: the account builds, and looking at memory."""
    counting = len(case.variants) * (START_S + case.run_s) if case.run_s else ACCOUNT_S
    return counting + case.weighed_s


def _water_level(sizes: list[float], budget: float) -> float:
    """The level to which the smaller of `sizes` (ascending) can be raised within `budget`."""
    for full in range(len(sizes), 0, -1):
        level = (budget - sum(sizes[full:])) / full
        if level >= sizes[full - 1]:
            return level
    return 0.0


# ---------------------------------------------------------------- order


def traces(profile: Profile, cases: Iterable[Case]) -> list[Job]:
    """The profile's traces of cases that are in the run, on variants that are."""
    variants = {case.id: case.variants for case in cases}
    return [(case, v) for case, v in profile.traces if v in variants.get(case, ())]


def tasks(
    jobs: Sequence[Job], rounds: int, seed: int, traces: Iterable[Job] = (),
    weighed: Sequence[str] = (),
) -> list[Task]:  # fmt: skip
    """Processes of a run: every round visits every job, a program's twice, in its own order, drawn
    from the seed.

    The first round also runs each case's account builds, the traces (case and variant), and the
    processes of the cases whose memory is looked at. Whatever the moment of an interruption, all jobs have about the same number of processes.
    """
    order = random.Random(seed)
    found: list[Task] = []
    for round_number in range(rounds):
        shuffled = _visits(jobs, round_number)
        order.shuffle(shuffled)
        found += [_task(job, number) for job, number in shuffled]
        if round_number == 0:
            found += [Task(case, 0, ACCOUNT, who) for case, who in _counted(jobs, weighed)]
            found += [Task(case, 0, TRACE, variant) for case, variant in traces]
            found += [Task(case, 0, MEMORY) for case in weighed]
    return found


def _counted(jobs: Sequence[Job], weighed: Sequence[str]) -> list[Job]:
    """What account builds run: a program's on each variant, a case of the runner's at once."""
    found = [(case, who) for case, who in jobs if not who or who in VARIANTS]
    return found + [(case, "") for case in weighed if (case, "") not in jobs]


@dataclass
class Have:
    """What a run has: `done` are the processes that left what they should, `begun` those that
    left anything; jobs with accounts; traces; cases whose memory is known."""

    done: dict[Job, set[int]] = field(default_factory=dict)
    begun: dict[Job, set[int]] = field(default_factory=dict)
    accounted: set[Job] = field(default_factory=set)
    traced: set[Job] = field(default_factory=set)
    weighed: set[str] = field(default_factory=set)


def missing_tasks(
    jobs: Sequence[Job], rounds: int, seed: int, have: Have, traces: Iterable[Job] = (),
    weighed: Sequence[str] = (),
) -> list[Task]:  # fmt: skip
    """What a run lacks.

    A process that was begun and not finished is made up for under a new number, so that its
    half blocks never mix with whole ones.
    """
    found: list[Task] = []
    order = random.Random(f"{seed} resumed")
    most = {job: rounds * in_round(job[0]) for job in jobs}
    fresh = {job: max(have.begun.get(job, set()) | {most[job] - 1}) + 1 for job in jobs}
    planned = {job: len(have.done.get(job, ())) for job in jobs}
    for round_number in range(rounds):
        shuffled = _visits(jobs, round_number)
        order.shuffle(shuffled)
        for job, number in shuffled:
            if number in have.done.get(job, ()) or planned[job] >= most[job]:
                continue
            if number in have.begun.get(job, ()):
                number, fresh[job] = fresh[job], fresh[job] + 1
            planned[job] += 1
            found.append(_task(job, number))
    counted = [job for job in _counted(jobs, weighed) if job not in have.accounted]
    found += [Task(case, 0, ACCOUNT, who) for case, who in counted]
    found += [Task(case, 0, TRACE, who) for case, who in traces if (case, who) not in have.traced]
    return found + [Task(case, 0, MEMORY) for case in weighed if case not in have.weighed]
