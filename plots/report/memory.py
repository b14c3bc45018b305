"""What a run says of memory: allocators, collections, what scales, what comes back."""

from __future__ import annotations

from .. import allocation, collector
from ..data import LEAST_PROCESSES, Absolute, Case, RunData, counted, interval, label, statistics
from .answers import AGAINST, BASE, Answer
from .words import ends, ratio, series, times

MIB = float(1 << 20)
# What two threads do over one, where none writes what another has.
SCALING = (
    ("trees", {"sharing": "private"}, "building and dropping trees of their own"),
    ("gc_cycles", {}, "making cyclic garbage"),
    ("read_dict", {"kind": "immortal"}, "reading one dict"),
    ("read_list", {"kind": "immortal"}, "reading one list"),
    ("read_dict", {"kind": "counted"}, "reading counted values of one dict"),
    ("read_list", {"kind": "counted"}, "reading counted items of one list"),
)


def allocator(run: RunData) -> Answer:
    """Throughput over mimalloc's, all cells together; the cell that fares worst; memory."""
    question = "Is the private heap worth having?"
    cases = allocation.compared(run)
    said, unsure = [], []
    for threads in sorted({case.threads for case in cases}):
        mine = [c for c in cases if c.threads == threads and AGAINST in run.variants(c)]
        found = run.geometric_mean(mine, allocation.BESIDE, AGAINST)
        if found and found.processes >= LEAST_PROCESSES:
            head = f"On {counted(threads, 'thread')}, {AGAINST} allocates at {_times(found)} the speed of {allocation.BESIDE}"
            said.append(f"{head} (geometric mean of {counted(len(mine), 'case')}){_worst(run, mine)}.")
        elif found:
            unsure.append(f"allocation on {counted(threads, 'thread')}: too few processes")
    words = allocation.memory_words(run)
    return Answer(question, (*said, words) if said and words else tuple(said), tuple(unsure))


def _worst(run: RunData, cases: list[Case]) -> str:
    """The case in which the best of the other allocators is farthest ahead."""
    pairs = [
        (pair.ratio, f"{ratio(pair)} of {heap} ({allocation.row_name(case)})")
        for case in cases
        for heap in (*allocation.HEAPS, allocation.BESIDE)
        if heap != allocation.weights.BOUND and (pair := run.pair(case, heap, AGAINST))
    ]
    return f"; at least {min(pairs)[1]}" if pairs else ""


def _times(found: Absolute) -> str:
    return times(found.value) + ends(found.value, found.low, found.high)


def collections(run: RunData) -> Answer:
    """Full collections for each container, beside CPython; the young; the stop."""
    question = "How long do collections take?"
    said, unsure = [], []
    for cell, what, params in (("gc_live", "live", {}), ("gc_garbage", "garbage", {"share": 100})):
        cases = [c for c in run.of_cell(cell, order="linear", **params) if c.threads == 1]
        if cases:
            case = max(cases, key=lambda c: dict(c.params)["objects"])
            if not _known(run, case):
                unsure.append(f"{case.name}: too few processes")
                continue
            said += [collector.full_words(run, cell, what, **params), *_beside(run, case)]
    words = [text for text in (collector.young_words(run), collector.stop_words(run)) if text]
    return Answer(question, (*said, *words) if said else (), tuple(unsure))


def _known(run: RunData, case: Case) -> bool:
    """Whether enough processes carry every variant's time."""
    known = [run.absolute(case, v, statistics.pause_per_object) for v in run.variants(case)]
    return bool(known) and all(a and a.processes >= LEAST_PROCESSES for a in known)


def _beside(run: RunData, case: Case) -> list[str]:
    """Each variant's time over that of each CPython."""
    said = []
    for peer in [v for v in run.variants(case, peers=True) if v not in run.variants(case)]:
        parts = [f"{_times(found)} in {variant}" for variant in (BASE, AGAINST)
                 if (found := run.beside(case, peer, variant, statistics.pause_per_object))
                 and found.processes >= LEAST_PROCESSES]  # fmt: skip
        said += [f"Of the time of {peer} that is {series(parts)}."] if parts else []
    return said


def scaling(run: RunData) -> Answer:
    """What two threads do over one, in object, where they share nothing that is written."""
    parts, unsure = [], []
    for cell, params, words in SCALING:
        one, two = run.find(cell, 1, **params), run.find(cell, 2, **params)
        found = run.scaling(one, two, AGAINST) if one and two else None
        if found and found.processes >= LEAST_PROCESSES:
            parts.append(f"{_times(found)} {words}")
        elif found:
            unsure.append(f"{label(cell)} on two threads: too few processes")
    text = (f"Two threads of {AGAINST} do, over one: {'; '.join(parts)}.",) if parts else ()
    return Answer("Does memory work scale?", text, tuple(unsure))


def comes_back(run: RunData) -> Answer:
    """What a process still has when all threads have gone and all objects are dropped."""
    question = "Does memory come back?"
    parts = []
    for case in dict.fromkeys(line["case"] for line in run.run.memory if line["cell"] == "churn"):
        for variant in (BASE, AGAINST):
            left = run.weighed(case, variant, statistics.left_over)
            if left and left.processes >= LEAST_PROCESSES:
                made = max(sum(line["ops"]) for line in run.run.memory if line["case"] == case)
                words = f"{left.value / MIB:.2f} MiB{interval(left.low / MIB, left.high / MIB)} more in {variant}"
                parts.append(f"{words} after {made:,} threads")
    text = (f"When threads have come and gone and all is dropped, a process has {series(parts)}, of 10,000 objects each.",)
    return Answer(question, text if parts else ())


ASKED = (allocator, collections, scaling, comes_back)
