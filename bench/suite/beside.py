"""The section "beside CPython" of `compare`: what each CPython did in the same run."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Callable, Iterator

from . import programs, results, statistics

OURS = ("gil", "object")
NOTHING_TIMED = "no window in which anything was timed"
MODEL = "gil"  # of the CPythons with the lock; ratios are its


@dataclass(frozen=True)
class Question:
    """What is compared of a cell: a quantity, and how it is written."""

    words: str
    quantity: Callable[[dict[str, Any]], float]
    write: Callable[[float], str]


QUESTIONS = {
    "reacquire": Question(
        "late after a sleep of 1 ms, median", statistics.median_latency, lambda ns: f"{ns / 1e6:.3f} ms"
    ),
    "convoy_echo": Question(
        "echoes a second", statistics.first_worker_rate, lambda rate: f"{rate:,.0f}"
    ),
    "gc_live": Question(
        "a full collection, per live container", statistics.pause_per_object, lambda ns: f"{ns:.1f} ns"
    ),
    "gc_garbage": Question(
        "a full collection, per container", statistics.pause_per_object, lambda ns: f"{ns:.1f} ns"
    ),
    "gc_young": Question(
        "a young collection of 700 containers", statistics.mean_latency, lambda ns: f"{ns / 1e3:.1f} us"
    ),
    "gc_cycles": Question(
        "cycles made a second", statistics.throughput, lambda rate: f"{rate:,.0f}"
    ),
    "read_dict": Question("reads a second", statistics.throughput, lambda rate: f"{rate:,.0f}"),
    "read_list": Question("reads a second", statistics.throughput, lambda rate: f"{rate:,.0f}"),
    "lost_update": Question("increments lost", statistics.lost_share, lambda share: f"{share:.1%}"),
}


def lines(run: results.Run) -> Iterator[str]:
    """The section; nothing if no CPython ran."""
    names = [peer["name"] for peer in run.meta["machine"].get("peers", ()) if "name" in peer]
    cases = [case for case in run.cases() if case.get("cell") in QUESTIONS]
    if not names or not cases:
        return
    yield "\nbeside CPython (a ratio is gil over it, medians of processes that are not paired):"
    for case in cases:
        question = QUESTIONS[case["cell"]]
        sides = [(variant, "main") for variant in OURS] + [(name, "peer") for name in names]
        rows = [row for side in sides for row in _row(run, case["case"], *side, question)]
        yield f"  {case['case']}: {question.words}"
        yield from rows or ["    no undisturbed window"]


def program_lines(run: results.Run) -> Iterator[str]:
    """The section on programs: whether all engines agree, and the CPU-bound ones on one thread,
    over each engine that is a model."""
    printed = programs.checksums(run.samples)
    if not printed:
        return
    wrong = programs.disagreements(run.samples)
    yield f"\nprograms: {len(printed) - len(wrong)} of {len(printed)} with one checksum on all engines"
    yield from (f"  {sentence}" for sentence in wrong)
    cases = cpu_bound(run, threads=1)
    engines = list(dict.fromkeys(s["variant"] for s in run.samples if s["case"] in cases))
    bases = [engine for engine in engines if engine == MODEL or engine not in statistics.LADDER]
    for base in bases:
        rows = list(_geometric_rows(run, cases, base, engines))
        if rows:
            yield f"  speed on one thread over {base}, geometric mean of {len(cases)} CPU-bound programs:"
            yield from rows


def cpu_bound(run: results.Run, threads: int) -> list[str]:
    """The cases of the programs that only compute, on so many threads, in the plan's order."""
    return [
        case["case"] for case in run.cases()
        if case["threads"] == threads and run.cell(case["cell"]).get("kind") == programs.CPU
    ]  # fmt: skip


def _geometric_rows(
    run: results.Run, cases: list[str], base: str, engines: list[str]
) -> Iterator[str]:
    for engine in statistics.LADDER:
        if engine in engines and engine != base:
            found = statistics.geometric_mean_apart(run.samples, cases, base, engine, seed=run.meta["seed"])
            yield f"    {engine:<22}" + (_ratio(found).strip() if found else "some have no undisturbed run")


def _row(run: results.Run, case: str, variant: str, role: str, question: Question) -> Iterator[str]:
    seed = run.meta["seed"]
    found = statistics.absolute(run.samples, case, variant, question.quantity, role=role, seed=seed)
    if found is None:
        if any(s["variant"] == variant and s["role"] == role for s in statistics.usable(run.samples, case)):
            yield f"    {variant:<22}  {NOTHING_TIMED}"
        return
    text = f"    {variant:<22}{question.write(found.value):>12}"
    if role == "peer":
        text += _ratio(statistics.beside(run.samples, case, variant, MODEL, question.quantity, seed=seed))
    yield text


def _ratio(found: statistics.Absolute | None) -> str:
    if found is None:
        return ""
    if math.isnan(found.low):
        return f"   {found.value:8.3f}  [      ?       ]  (1 process)"
    return f"   {found.value:8.3f}  [{found.low:6.3f}, {found.high:6.3f}]  ({found.processes} processes)"
