"""The report's tables of figures: the ladder, latencies, and what the account builds counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from suite import compare, weights

from ..costs import ns_words
from ..data import Case, Estimate, RunData, interval, statistics
from ..latency import median_words, time_words
from .words import ends, rate, times

BASE, AGAINST = "gil", "object"
HANDOVER_SHARES = (0.5, 0.9, 0.99, 0.999, 0.9999)


@dataclass(frozen=True)
class Step:
    """A ratio of speeds in words."""

    base: str
    against: str
    ratio: str
    interval: str
    verdict: str
    words: str


@dataclass(frozen=True)
class Rung:
    """A variant on a case: what it does, and its steps from other variants."""

    variant: str
    figure: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class CaseTable:
    """A case with its rungs; `headline` is the step from gil to object, None without both."""

    name: str
    topic: str
    question: str
    unit: str
    headline: Step | None
    rungs: tuple[Rung, ...]
    floor: str


@dataclass(frozen=True)
class Grid:
    """A plain table: heads, then rows of as many words."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


# ---------------------------------------------------------------- the ladder


def ladder(run: RunData) -> list[CaseTable]:
    """A table for each case, in the order of the plan."""
    by_name = {case.name: case for case in run.cases}
    return [_case_table(run, by_name[planned["case"]]) for planned in run.run.cases()]


def headlines(ladder: list[CaseTable]) -> dict[str, list[CaseTable]]:
    """The cases that have both gil and object, by topic, in the order of the plan."""
    topics: dict[str, list[CaseTable]] = {}
    for case in ladder:
        if case.headline:
            topics.setdefault(case.topic, []).append(case)
    return topics


def _case_table(run: RunData, case: Case) -> CaseTable:
    cell = run.run.cell(case.cell)
    latency = case.cell in statistics.LATENCY_CELLS
    unit = "median latency" if latency else "ns/op" if "ns" in cell.get("unit", "") else "ops/s"
    steps = [_step(e) for e in run.ladder(case)]
    rungs = tuple(
        Rung(variant, _figure(run, case, variant, unit), tuple(s for s in steps if s.against == variant))
        for variant in run.variants(case, peers=True)
    )  # fmt: skip
    headline = next((s for s in steps if (s.base, s.against) == (BASE, AGAINST)), None)
    floor = compare.floor_words(run.samples(case), case.name)
    return CaseTable(case.name, cell.get("topic", "others"), cell.get("question", ""), unit, headline, rungs, floor)


def _step(e: Estimate) -> Step:
    return Step(e.base, e.against, times(e.ratio), ends(e.ratio, e.low, e.high).strip(), e.verdict, compare.words(e))


def _figure(run: RunData, case: Case, variant: str, unit: str) -> str:
    if unit == "median latency":
        known = run.absolute(case, variant, statistics.median_latency)
        return median_words(known) if known else "none"
    if unit == "ns/op":
        known = run.absolute(case, variant, statistics.ns_per_op)
        return ns_words(known).replace(" ns", "", 1) if known else "none"
    known = run.absolute(case, variant, statistics.throughput)
    return rate(known) if known else "none"


# ---------------------------------------------------------------- latencies


def latencies(run: RunData) -> Grid | None:
    """Median and 99th percentile of each variant where latencies were recorded."""
    rows = []
    for case in run.cases:
        for variant in run.variants(case, peers=True):
            known = [run.absolute(case, variant, q) for q in (statistics.median_latency, statistics.tail_latency)]
            if known[0]:
                rows.append((case.name, variant, *(median_words(a) if a else "–" for a in known)))
    return Grid("Latencies", ("case", "variant", "median", "99th percentile"), tuple(rows)) if rows else None


def handovers(run: RunData) -> Grid | None:
    """How long a free GIL took to have its next holder, where one waited; from account builds.
    A percentile is told where enough hand-overs lie beyond it, and a case where the second is.
    """
    rows = []
    for case in run.cases:
        for variant in run.variants(case):
            found = (line.get("histograms", {}).get("gil_handover") for line in run.accounts(case, variant))
            buckets = statistics.merged(filter(None, found))
            known = [statistics.percentile(buckets, share) for share in HANDOVER_SHARES]
            if known[1] == known[1]:  # fewer tell nothing
                told = (time_words(ns) if ns == ns else "–" for ns in known)
                total = sum(count for _, count in buckets)
                rows.append((case.name, variant, f"{total:,}", *told, time_words(buckets[-1][0])))
    heads = ("case", "variant", "hand-overs", *(f"{100 * share:g}%" for share in HANDOVER_SHARES), "longest")
    return Grid("Hand-overs of the GIL", heads, tuple(rows)) if rows else None


# ---------------------------------------------------------------- memory


def memory(run: RunData) -> Grid | None:
    """What a process of each side needed at most, and what it still had when all was dropped."""
    rows = []
    for case in dict.fromkeys(line["case"] for line in run.run.memory):
        for side in weights.sides(run.run, case):
            known = [run.weighed(case, side, q) for q in (statistics.peak_growth, statistics.left_over)]
            each = run.weighed(case, side, statistics.bytes_per_object) if case.startswith("object_memory/") else None
            told = [f"{a.value / 1024:,.0f}{interval(a.low / 1024, a.high / 1024, '{:,.0f}')}" if a else "–" for a in known]
            rows.append((case, side, *told, f"{each.value:.1f}" if each else "–"))
    heads = ("case", "side", "KiB at most", "KiB in the end", "bytes an object")
    return Grid("Memory", heads, tuple(rows)) if rows else None


# ---------------------------------------------------------------- accounts


def accounts(run: RunData) -> list[Grid]:
    """For each case that was accounted: counts per operation, counters down, variants across."""
    return [grid for planned in run.meta["plan"] if (grid := _account(run, planned["case"]))]


def _account(run: RunData, case: str) -> Grid | None:
    """Only counters that are not zero everywhere; times are left to the figures."""
    counts = {line["variant"]: statistics.per_operation(line) for line in run.run.accounts if line["case"] == case}
    units: dict[str, Any] = run.meta["account_units"]
    rows = [
        (units.get(name, {}).get("meaning", name), *(count_words(counts[v].get(name)) for v in counts))
        for name in dict.fromkeys(name for values in counts.values() for name in values)
        if units.get(name, {}).get("unit") != "ns" and any(values.get(name) for values in counts.values())
    ]
    return Grid(case, ("per operation", *counts), tuple(rows)) if rows else None


def count_words(count: float | None) -> str:
    """'2', '0.0031'; a dash for what was not counted."""
    if count is None:
        return "–"
    return f"{count:.3g}" if 0 < abs(count) < 1e5 else f"{count:,.0f}"
