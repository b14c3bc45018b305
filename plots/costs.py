"""Figure: what reference counts and locks cost, in nanoseconds.

A row per operation, a dot per variant with its interval, a panel per thread count. The time is
that of one thread for one operation, as this thread sees it: under an interpreter lock two
threads take turns, so each sees twice the time, and a hand-over is there and back.
"""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

from . import style
from .data import LEAST_PROCESSES, Absolute, Case, NoData, RunData, counted, interval, label, statistics
from .drawing import Drawing

TITLE = "What reference counts and locks cost"
GROUPS = (
    ("refcount_own", "refcount_shared", "refcount_immortal"),
    ("lock_private", "lock_shared"),
    ("gil_pair", "gil_handover"),
)
THREADS = (1, 2)
DOT, GAP = 0.085, 0.12  # inches: between a row's dots, between rows
LEFT = 1.7


def draw(run: RunData) -> Drawing:
    """The figure. Raises NoData if no refcount or lock cell was measured."""
    cells = [cell for group in GROUPS for cell in group if any(run.find(cell, n) for n in THREADS)]
    counts = [n for n in THREADS if any(run.find(cell, n) for cell in cells)]
    if not cells:
        raise NoData("no refcount, lock or GIL cell was measured on one or two threads")
    cases = [c for cell in cells for n in counts if (c := run.find(cell, n))]
    variants = [v for v in style.LOOKS if any(v in run.variants(c, peers=True) for c in cases)]
    sentence = caption(run)
    row = max(len(variants) * DOT + GAP, 0.3)
    legend = [style.handle(v, line=False) for v in variants]
    sheet = style.Sheet(TITLE, sentence, run.footer(cases), len(cells) * row + 0.78, legend)
    panels = sheet.grid(
        1, len(counts), left=LEFT, right=0.18, above=0.28, below=0.5, across=0.2, down=0
    )[0]  # fmt: skip
    for panel, threads in zip(panels, counts):
        draw_panel(panel, run, cells, variants, threads)
    match_scales(panels)
    label_rows(panels[0], cells)
    panels[0].set_xlabel("ns of a thread's time per operation, log scale", loc="left")
    return Drawing(sheet.figure, TITLE, sentence)


def draw_panel(panel: Axes, run: RunData, cells: list[str], variants: list[str], threads: int) -> None:
    """The dots of one thread count."""
    for row, cell in enumerate(cells):
        case = run.find(cell, threads)
        if case is None:
            panel.text(
                0.5, row, "not run", transform=panel.get_yaxis_transform(), color=style.SOFT,
                size=style.SMALL_SIZE, ha="center", va="center",
            )  # fmt: skip
            continue
        for variant, cost in costs(run, case):
            y = row + (variants.index(variant) - (len(variants) - 1) / 2) * 0.78 / max(len(variants), 1)
            style.dot(panel, cost.value, y, cost.low, cost.high, variant, sure=cost.processes >= LEAST_PROCESSES, size=5)
        if row % 2:
            panel.axhspan(row - 0.5, row + 0.5, color="#f5f5f5", lw=0, zorder=0)
    panel.set_title(counted(threads, "thread"), weight="bold")
    panel.set_ylim(len(cells) - 0.5, -0.5)
    panel.set_yticks(range(len(cells)), [])
    panel.tick_params(axis="y", length=0)
    panel.grid(False, axis="y")
    panel.spines["left"].set_visible(False)


def costs(run: RunData, case: Case) -> list[tuple[str, Absolute]]:
    """ns per operation of every variant and peer that took part."""
    found = [(v, run.absolute(case, v, statistics.ns_per_op)) for v in run.variants(case, peers=True)]
    return [(variant, cost) for variant, cost in found if cost and cost.value > 0]


def match_scales(panels: list[Axes]) -> None:
    """One log scale for all panels."""
    for panel in panels:
        panel.set_xscale("log")
    low = min(panel.get_xlim()[0] for panel in panels)
    high = max(panel.get_xlim()[1] for panel in panels)
    for panel in panels:
        panel.set_xlim(low / 1.3, high * 1.1)  # log scale: room for the marks at the ends
        panel.xaxis.set_major_locator(LogLocator(10))
        panel.xaxis.set_major_formatter(FuncFormatter(lambda x, _: f"{x:,.12g}"))
        panel.xaxis.set_minor_formatter(NullFormatter())


def label_rows(panel: Axes, cells: list[str]) -> None:
    """The rows' names, left of the first panel."""
    panel.set_yticks(range(len(cells)), [label(cell) for cell in cells])


def caption(run: RunData) -> str:
    """The lock beside the mutex, biased beside atomic counts, the price of a GIL's hand-over."""
    parts = [
        clause(run, "lock_private", 1, "an uncontended lock takes", ("object", "pthread_mutex")),
        clause(run, "refcount_own", 1, "an incref and decref of an own object", ("object", "object-atomic")),
        clause(run, "gil_handover", 2, "handing the GIL over and getting it back", ("gil",)),
    ]
    said = [part for part in parts if part]
    if not said:
        return "Time per operation of each variant, as one thread sees it."
    text = "; ".join(said) + "."
    return text[0].upper() + text[1:]


def clause(run: RunData, cell: str, threads: int, head: str, variants: tuple[str, ...]) -> str:
    """'head 6.2 ns [6.1, 6.3] in object, 9.1 ns [..] in pthread_mutex', as far as known."""
    case = run.find(cell, threads)
    known = dict(costs(run, case)) if case else {}
    said = [f"{ns_words(known[v])} in {v}" for v in variants if v in known]
    return f"{head} {', '.join(said)}" if said else ""


def ns_words(cost: Absolute) -> str:
    """'6.2 ns [6.1, 6.3]', in three figures."""
    form = "{:.2f}" if cost.value < 10 else "{:.1f}" if cost.value < 100 else "{:,.0f}"
    return f"{form.format(cost.value)} ns{interval(cost.low, cost.high, form)}"
