"""Figure: how fast allocators are, beside each other, and how much memory they need for it.

A row per case. Left, throughput over mimalloc's, paired; right, peak memory over mimalloc's, of
processes that did a fixed amount of work. The bare free list gives nothing back and asks no other
thread: it is the bound of what could be had, and says nothing of memory.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter, NullFormatter, NullLocator

from . import style
from .data import LEAST_PROCESSES, Case, NoData, RunData, counted, interval, label, statistics, weights
from .drawing import Drawing

TITLE = "Allocators beside each other"
BESIDE = weights.BESIDE
CELLS = ("alloc_pair", "alloc_lifo", "alloc_random", "alloc_bleed", "alloc_handover")
HEAPS = tuple(heap for heap in weights.HEAPS if heap != BESIDE)
LEAST_BYTES = 1 << 20  # below that, pages and tables weigh more than blocks
DOT, GAP = 0.075, 0.1  # inches: between a row's dots, between rows
LEFT, RIGHT, ACROSS = 2.2, 0.2, 0.25
TICKS = (0.1, 0.2, 0.35, 0.5, 0.7, 1, 1.4, 2, 3, 5, 10, 20, 50)


@dataclass(frozen=True)
class Mark:
    """A side's figure over mimalloc's."""

    side: str
    value: float
    low: float
    high: float
    sure: bool


def draw(run: RunData) -> Drawing:
    """The figure. Raises NoData if no allocation was measured beside mimalloc."""
    cases = compared(run)
    if not cases:
        raise NoData(f"no allocation cell was measured beside {BESIDE}")
    speeds = {case: speed_marks(run, case) for case in cases}
    memory = {case: memory_marks(run, case) for case in cases}
    # Windows of a side may all have been disturbed while its memory was seen.
    marked = {m.side for marks in (*speeds.values(), *memory.values()) for m in marks}
    sides = [side for side in style.LOOKS if side in marked]
    sentence = caption(run)
    row = len(sides) * DOT + GAP
    legend = [style.handle(v, line=False) for v in sides] + [style.hollow_handle()]
    sheet = style.Sheet(TITLE, sentence, run.footer(cases), len(cases) * row + 0.82, legend)
    columns = [("throughput", speeds)] + ([("peak memory", memory)] if any(memory.values()) else [])
    panels = sheet.grid(
        1, len(columns), left=LEFT, right=RIGHT, above=0.28, below=0.52, across=ACROSS, down=0
    )[0]  # fmt: skip
    for panel, (title, marks) in zip(panels, columns):
        draw_panel(panel, marks, sides)
        panel.set_title(f"{title} over {BESIDE}'s", weight="bold")
    panels[0].set_yticks(range(len(cases)), [row_name(case) for case in cases])
    panels[0].set_xlabel("log scale; throughput: more is better, memory: less is", loc="left")
    return Drawing(sheet.figure, TITLE, sentence)


def compared(run: RunData) -> list[Case]:
    """The cases that mimalloc ran too, by threads and then by cell."""
    found = [c for cell in CELLS for c in run.of_cell(cell) if BESIDE in run.variants(c, peers=True)]
    return sorted(found, key=lambda c: (c.threads, CELLS.index(c.cell), dict(c.params).get("live", 0)))


def row_name(case: Case) -> str:
    """'random blocks, 1k live, 2 threads'."""
    params = dict(case.params)
    size = params.get("size")
    parts = [label(case.cell)]
    parts += [f"{size} B" if isinstance(size, int) else str(size)] if size is not None else []
    parts += [f"{params['live'] // 1000}k live"] if case.cell == "alloc_random" else []
    return ", ".join([*parts, counted(case.threads, "thread")])


def ours(case: Case) -> tuple[str, ...]:
    """The variants that are shown: of the others, the heaps are these two's. Threads under the
    GIL take turns, which says nothing of the allocator.
    """
    return ("gil", "object") if case.threads == 1 else ("object",)


def speed_marks(run: RunData, case: Case) -> list[Mark]:
    """Throughput of each side over mimalloc's."""
    marks = []
    for side in (*ours(case), *HEAPS):
        if pair := run.pair(case, BESIDE, side):
            sure = pair.processes >= LEAST_PROCESSES and pair.verdict != "inconclusive"
            marks.append(Mark(side, pair.ratio, pair.low, pair.high, sure))
    return marks


def memory_marks(run: RunData, case: Case) -> list[Mark]:
    """Peak memory of each side over mimalloc's."""
    marks = []
    for side in (*ours(case), *(heap for heap in HEAPS if heap != weights.BOUND)):
        if ratio := run.weighed_ratio(case.name, BESIDE, side):
            sure = ratio.processes >= LEAST_PROCESSES and is_large(run, case)
            marks.append(Mark(side, ratio.value, ratio.low, ratio.high, sure))
    return marks


def is_large(run: RunData, case: Case) -> bool:
    """Whether a case's blocks take enough memory for a comparison to be about them."""
    known = run.weighed(case.name, BESIDE, statistics.peak_growth)
    return known is not None and known.value >= LEAST_BYTES


def draw_panel(panel: Axes, rows: dict[Case, list[Mark]], sides: list[str]) -> None:
    """The marks of all rows, and the line at which a side is mimalloc's equal."""
    for row, marks in enumerate(rows.values()):
        for mark in marks:
            y = row + (sides.index(mark.side) - (len(sides) - 1) / 2) * 0.8 / max(len(sides), 1)
            style.dot(panel, mark.value, y, mark.low, mark.high, mark.side, sure=mark.sure, size=4.5)
        if row % 2:
            panel.axhspan(row - 0.5, row + 0.5, color="#f5f5f5", lw=0, zorder=0)
    panel.axvline(1.0, color=style.look(BESIDE).colour, lw=1.0, zorder=2)
    panel.set_ylim(len(rows) - 0.5, -0.5)
    panel.set_yticks(range(len(rows)), [])
    panel.tick_params(axis="y", length=0)
    panel.grid(False, axis="y")
    panel.spines["left"].set_visible(False)
    set_scale(panel, [m.value for marks in rows.values() for m in marks])


def set_scale(panel: Axes, values: list[float]) -> None:
    """Logarithmic, with 1 always on it."""
    panel.set_xscale("log")
    panel.set_xlim(min([*values, 0.8]) / 1.15, max([*values, 1.25]) * 1.15)
    panel.xaxis.set_major_locator(FixedLocator(list(TICKS)))
    panel.xaxis.set_major_formatter(FuncFormatter(lambda x, _: f"{x:g}"))
    panel.xaxis.set_minor_locator(NullLocator())
    panel.xaxis.set_minor_formatter(NullFormatter())


def caption(run: RunData) -> str:
    """The variants' geometric means over mimalloc by threads, and the memory for it."""
    said = []
    for threads in sorted({case.threads for case in compared(run)}):
        parts = [words for v in ("gil", "object") if (words := mean_words(run, v, threads))]
        if parts:
            said.append(f"on {counted(threads, 'thread')} {' and '.join(parts)}")
    head = f"Throughput over {BESIDE}'s, geometric mean over the cases: {'; '.join(said)}." if said else ""
    return " ".join(filter(None, (head, memory_words(run)))) or f"Throughput and memory over {BESIDE}'s."


def mean_words(run: RunData, side: str, threads: int) -> str:
    """'1.21× [1.18, 1.25] in object'."""
    cases = [c for c in compared(run) if c.threads == threads and side in ours(c) and side in run.variants(c)]
    found = run.geometric_mean(cases, BESIDE, side)
    return f"{found.value:.2f}×{interval(found.low, found.high)} in {side}" if found else ""


def memory_words(run: RunData) -> str:
    """'Peak memory at most 1.05× of mimalloc's in object (random blocks, ...).'"""
    known = [
        (mark.value, row_name(case)) for case in compared(run) if is_large(run, case)
        for mark in memory_marks(run, case) if mark.side == "object"
    ]  # fmt: skip
    worst = max(known, default=(math.nan, ""))
    return f"Peak memory in object is at most {worst[0]:.2f}× of {BESIDE}'s ({worst[1]})." if known else ""
