"""What the figures know of a run: the suite's reader and statistics, asked case by case.

No ratio is computed here or in any figure; `bench/suite/statistics.py` is the only place.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Callable

try:
    import suite  # noqa: F401  when the command runs, its suite is there already
except ImportError:
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "bench"))

from suite import outcomes, programs, results, statistics, weights
from suite.errors import InputError
from suite.statistics import LEAST_PROCESSES, Absolute, Estimate

from . import traces

LABELS = {
    "refcount_own": "refcount pair, own object",
    "refcount_shared": "refcount pair, shared object",
    "refcount_immortal": "refcount pair, immortal",
    "lock_private": "lock, own list",
    "lock_shared": "lock, one list shared",
    "gil_pair": "detach + attach",
    "gil_handover": "hand-over and back",
    "count_int": "counting in boxed ints",
    "count_small": "counting in cached ints",
    "list_private": "own list",
    "dict_private": "own dict",
    "crossing_dict": "dict",
    "crossing_list": "list",
    "sleepers": "1 ms sleepers",
    "socket_echo": "socket echo",
    "mixed_reply": "replies beside counting",
    "crossing_map": "sections on a dict",
    "reacquire": "waking up beside spinners",
    "convoy_echo": "echoes beside spinners",
    "long_calls": "waking up beside long calls",
    "gil_time": "sleepers beside counters",
    "lost_update": "increments of one attribute",
    "sieve": "sieve",
    "word_count": "word count",
    "trees": "trees",
    "matrix": "matrix product",
    "pipe_ring": "pipe ring",
    "tcp_echo": "TCP echo",
    "file_sync": "file write and fsync",
    "mixed_work": "pipes and CPU work",
    "alloc_pair": "one block",
    "alloc_lifo": "a stack of blocks",
    "alloc_random": "random blocks",
    "alloc_bleed": "blocks freed by others",
    "alloc_handover": "blocks handed over",
    "gc_live": "collecting, all live",
    "gc_garbage": "collecting garbage",
    "gc_young": "young collections",
    "gc_cycles": "making cycles",
    "safepoint": "stopping the world",
    "read_dict": "reading one dict",
    "read_list": "reading one list",
}


class NoData(Exception):
    """A figure cannot be drawn from this run; the text says what is missing."""


@dataclass(frozen=True)
class Case:
    """One case that has samples."""

    name: str
    cell: str
    params: tuple[tuple[str, Any], ...]
    threads: int


def in_order(case: Case) -> tuple[Any, ...]:
    """By threads, then parameters. A parameter may be a number or a word in cases of one cell: words
    come after numbers."""
    return case.threads, [(name, isinstance(value, str), value) for name, value in case.params]


def case_of(line: dict[str, Any]) -> Case:
    """The case that a line of samples.jsonl belongs to."""
    return Case(line["case"], line["cell"], tuple(line["params"].items()), line["threads"])


def label(cell: str) -> str:
    """A cell's name for a reader."""
    return LABELS.get(cell, cell if programs.is_program(cell) else cell.replace("_", " "))


class RunData:
    """A loaded run folder with its samples sorted by case, its traces, its outcome tables and those of
    Python programs on engines."""

    def __init__(self, run: results.Run) -> None:
        self.run = run
        self.meta = run.meta
        self.traces, self.damaged_traces = traces.read(run.folder / results.TRACES_FOLDER)
        self.outcomes, self.races = outcomes.parts(outcomes.load_outcomes(run.folder))
        self._samples: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self._floors: dict[Case, statistics.Floor] = {}
        for sample in run.samples:
            self._samples[sample["case"]].append(sample)
        self.cases = [case_of(lines[0]) for lines in self._samples.values()]

    def samples(self, case: Case) -> list[dict[str, Any]]:
        """The timed windows of a case, accepted or not."""
        return self._samples[case.name]

    def find(self, cell: str, threads: int, **params: Any) -> Case | None:
        """The case of a cell with these threads and parameters, or None."""
        wanted = tuple(params.items())
        matches = (c for c in self.cases if (c.cell, c.threads, c.params) == (cell, threads, wanted))
        return next(matches, None)

    def of_cell(self, cell: str, **params: Any) -> list[Case]:
        """The cases of a cell that have these parameters, fewest threads first."""
        has = [c for c in self.cases if c.cell == cell and params.items() <= dict(c.params).items()]
        return sorted(has, key=in_order)

    def variants(self, case: Case, *, peers: bool = False) -> list[str]:
        """The variants with accepted windows on a case, in ladder order, peers last."""
        usable = [s for s in self.samples(case) if s["accepted"]]
        main = {s["variant"] for s in usable if s["role"] == "main"}
        known = [v for v in statistics.LADDER if v in main]
        other = sorted(main - set(known))
        extra = sorted({s["variant"] for s in usable if s["role"] == "peer"}) if peers else []
        return known + other + extra

    def account_cases(self, cell: str) -> list[Case]:
        """The cases of a cell that have an account by worker, fewest threads first."""
        lines = [a for a in self.run.accounts if a.get("cell") == cell and a.get("account_threads")]
        return sorted({case_of(line) for line in lines}, key=in_order)

    def accounts(self, case: Case, variant: str) -> list[dict[str, Any]]:
        """The account lines of a variant on a case that tell the workers apart."""
        mine = [a for a in self.run.accounts if (a["case"], a["variant"]) == (case.name, variant)]
        return [line for line in mine if line.get("account_threads")]

    def pair(self, case: Case, base: str, against: str) -> Estimate | None:
        """The speed of `against` over that of `base`, paired."""
        return statistics.compare_pair(self.samples(case), case.name, base, against)

    def ladder(self, case: Case) -> list[Estimate]:
        """The steps between neighbouring variants of a case, then `gil` to `object`, then peers."""
        return statistics.ladder(self.samples(case), case.name)

    def absolute(
        self, case: Case, variant: str, quantity: Callable[[dict[str, Any]], float]
    ) -> Absolute | None:
        """A quantity of a variant (or peer) on a case."""
        lines = self.samples(case)
        peer = any(s["variant"] == variant and s["role"] == "peer" for s in lines)
        role = "peer" if peer else "main"
        return statistics.absolute(lines, case.name, variant, quantity, role=role)

    def beside(
        self, case: Case, peer: str, variant: str, quantity: Callable[[dict[str, Any]], float]
    ) -> Absolute | None:
        """A quantity of a variant over that of a CPython, not paired."""
        return statistics.beside(self.samples(case), case.name, peer, variant, quantity)

    def scaling(self, one: Case, many: Case, variant: str) -> Absolute | None:
        """Throughput of a variant on `many` over that on `one`."""
        lines = self.samples(one) + self.samples(many)
        return statistics.scaling(lines, one.name, many.name, variant)

    def pause_growth(self, few: Case, many: Case, variant: str) -> Absolute | None:
        """The mean pause of a variant on `many` over that on `few`, not paired."""
        lines = self.samples(few) + self.samples(many)
        return statistics.growth(lines, few.name, many.name, variant, statistics.mean_latency)

    def geometric_mean(self, cases: list[Case], base: str, against: str) -> Absolute | None:
        """The speed of `against` over that of `base`, over several cases."""
        lines = [sample for case in cases for sample in self.samples(case)]
        return statistics.geometric_mean(lines, [case.name for case in cases], base, against)

    def mean_apart(
        self, cases: list[Case], base: str, against: str, one: list[Case] | None = None
    ) -> Absolute | None:
        """The speed of `against` over that of `base` (in the cases of `one`) over programs, whose
        engines ran apart."""
        lines = [sample for case in (*cases, *(one or ())) for sample in self.samples(case)]
        ones = [case.name for case in one] if one else None
        return statistics.geometric_mean_apart(lines, [c.name for c in cases], base, against, one=ones)

    def weighed(
        self, case: str, side: str, quantity: Callable[[dict[str, Any]], float]
    ) -> Absolute | None:
        """A quantity of the memory of a side on a case."""
        return statistics.weighed(self.run.memory, case, side, quantity)

    def weighed_ratio(self, case: str, base: str, against: str) -> Absolute | None:
        """The peak memory of one side over that of another."""
        return statistics.weighed_ratio(self.run.memory, case, base, against)

    def threshold(self, case: Case) -> float:
        """The least relative difference that may be claimed on a case."""
        return self._floor(case).threshold

    def _floor(self, case: Case) -> statistics.Floor:
        if case not in self._floors:
            self._floors[case] = statistics.floor(self.samples(case), case.name)
        return self._floors[case]

    def histogram(self, case: Case, variant: str) -> list[tuple[int, int]]:
        """Reply latencies of all accepted windows: (upper end of the bucket in ns, count)."""
        lines = statistics.usable(self.samples(case), case.name)
        mine = [s for s in lines if s["variant"] == variant and s["latency"]]
        return statistics.merged(s["latency"] for s in mine)

    @cached_property
    def cores(self) -> int | None:
        """Processing units that the run could use, None if the run does not say."""
        placement = self.meta["machine"].get("placement")
        return len(placement) if isinstance(placement, list) and placement else None

    def footer(self, cases: list[Case], build: str = "timed build") -> str:
        """Machine, commit, run, profile, build and the noise floor of the cases in a figure."""
        parts = [self._machine(), self._commit(), f"run {self.meta['id']}"]
        parts += [f"profile {self.meta['profile']}", build]
        if cases:
            parts.append(self._noise(cases))
        if not self.run.complete:
            done = f"{self.meta['processes_done']} of {counted(self.meta['processes_planned'], 'process')}"
            parts.append(f"PARTIAL RUN ({self.meta['state']}): {done}")
        return " · ".join(parts)

    def _machine(self) -> str:
        name = self.meta["machine"].get("cpu_model") or "unknown CPU"
        return f"{name}, {counted(self.cores, 'CPU')}" if self.cores else str(name)

    def _commit(self) -> str:
        commit = str(self.meta["commit"] or "unknown")[:10]
        return f"commit {commit}{' + changes' if self.meta['dirty'] else ''}"

    def _noise(self, cases: list[Case]) -> str:
        floors = [self._floor(case) for case in cases]
        known = [f for f in floors if f.variation == f.variation]
        if not known:
            return "noise floor unknown (too few processes): nothing is claimed"
        worst = max(f.variation for f in known)
        least, most = (pick(f.threshold for f in known) for pick in (min, max))
        span = f"{least:.1%}" if f"{least:.1%}" == f"{most:.1%}" else f"{least:.1%} to {most:.1%}"
        return f"noise floor (A/A) at most {worst:.2%}, differences claimed from {span}"


def load(folder: Path) -> RunData:
    """Reads a run folder. Raises the suite's InputError, one line, if it is not a sound one."""
    return RunData(results.load(folder))


def counted(number: int, noun: str) -> str:
    """'1 thread', '2 threads'."""
    ending = "" if number == 1 else "es" if noun.endswith(("s", "ch")) else "s"
    return f"{number} {noun}{ending}"


def interval(low: float, high: float, form: str = "{:.2f}") -> str:
    """' [1.93, 1.97]', or nothing if there is no interval."""
    if low != low or high != high:
        return ""
    return f" [{form.format(low)}, {form.format(high)}]"
