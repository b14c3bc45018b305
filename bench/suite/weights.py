"""The section "memory" of `compare`: what processes needed of it, and the allocators together."""

from __future__ import annotations

import math
from typing import Iterator

from . import results, statistics
from .locations import VARIANTS

HEAPS = ("glibc", "mimalloc", "jemalloc", "tcmalloc", "freelist")
BESIDE = "mimalloc"  # whose figures ours are compared with
BOUND = "freelist"  # keeps all that it was ever given: it says nothing of memory
KIB, MIB = 1024.0, 1024.0 * 1024.0


def lines(run: results.Run) -> Iterator[str]:
    """The section; nothing if nobody looked at memory."""
    yield from throughput_lines(run)
    cases = list(dict.fromkeys(line["case"] for line in run.memory))
    if not cases:
        return
    yield "\nmemory, at most while at work and when all was dropped (medians of processes):"
    for case in cases:
        yield f"  {case}"
        yield from (_row(run, case, side) for side in sides(run, case))


def sides(run: results.Run, case: str) -> list[str]:
    """The sides of a case whose memory is known: variants in ladder order, then the others."""
    found = list(dict.fromkeys(line["variant"] for line in run.memory if line["case"] == case))
    return sorted(found, key=lambda v: VARIANTS.index(v) if v in VARIANTS else len(VARIANTS))


def _row(run: results.Run, case: str, side: str) -> str:
    seed = run.meta["seed"]
    peak = statistics.weighed(run.memory, case, side, statistics.peak_growth, seed=seed)
    end = statistics.weighed(run.memory, case, side, statistics.left_over, seed=seed)
    text = f"    {side:<22}"
    if case.startswith("object_memory/"):
        each = statistics.weighed(run.memory, case, side, statistics.bytes_per_object, seed=seed)
        text += f"{each.value:>8.1f} bytes each" if each else ""
    elif peak and end:
        text += f"{peak.value / KIB:>12,.0f} KiB, then {end.value / KIB:,.0f} KiB"
    ratio = statistics.weighed_ratio(run.memory, case, BESIDE, side, seed=seed)
    if ratio and side in VARIANTS:
        text += f"   {_ends(ratio)} of {BESIDE}"
    return text


def throughput_lines(run: results.Run) -> Iterator[str]:
    """Each variant over each allocator, over all cases that both ran."""
    cases = [c for c in run.cases() if c["cell"].startswith("alloc_") and c["threads"] < 3]
    rows = []
    for threads in sorted({case["threads"] for case in cases}):
        names = [case["case"] for case in cases if case["threads"] == threads]
        for variant in VARIANTS:
            found = [(heap, together(run, names, heap, variant)) for heap in HEAPS[:-1]]
            said = [f"{heap} {_ends(known)}" for heap, known in found if known]
            if said:
                rows.append(f"  {threads} thread(s) {variant:<15}{'   '.join(said)}")
    if rows:
        yield "\nallocation: throughput over that of others, geometric mean over the cases:"
        yield from rows


def together(
    run: results.Run, cases: list[str], base: str, against: str
) -> statistics.Absolute | None:
    """The geometric mean over the cases that both sides ran."""
    ran = {(s["case"], s["variant"]) for s in run.samples if s["accepted"]}
    both = [case for case in cases if (case, base) in ran and (case, against) in ran]
    return statistics.geometric_mean(run.samples, both, base, against, seed=run.meta["seed"])


def _ends(found: statistics.Absolute) -> str:
    if math.isnan(found.low):
        return f"{found.value:.2f}"
    return f"{found.value:.2f} [{found.low:.2f}, {found.high:.2f}]"
