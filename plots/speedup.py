"""Figure: throughput against threads, each variant relative to itself on one thread.

A panel per cell. The dotted line is ideal: as many times the work as threads, up to the number
of CPUs (sleepers need none, so theirs goes on). The figure at a line's end is its efficiency,
the speedup over the ideal. A scaling law would
need six thread counts or more that have a CPU each; none is fitted.
"""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator, NullLocator

from . import style
from .data import LEAST_PROCESSES, Absolute, Case, NoData, RunData, counted, interval, label
from .drawing import Drawing

TITLE = "Work done against threads"
CELLS = (
    ("count_small", {}), ("count_int", {}), ("list_private", {}), ("dict_private", {}),
    ("crossing_dict", {"share": 5}), ("crossing_dict", {"share": 100}), ("refcount_shared", {}),
    ("lock_shared", {}), ("sleepers", {}),
)  # fmt: skip
WAITING = ("sleepers",)  # cells whose threads need no CPU: no ceiling at the number of CPUs
COLUMNS = 3
PANEL = 1.5
MARK_AT, TEXT_AT = 0.09, 0.155  # inches to the right of a panel
GAP = 0.13  # between figures at the lines' ends, in axes heights

Points = dict[int, Absolute]


def draw(run: RunData) -> Drawing:
    """The figure. Raises NoData if no cell has one thread and more than one."""
    cells = [(cell, params, lines) for cell, params in CELLS if (lines := curves(run, cell, params))]
    if not cells:
        raise NoData("no cell was measured on one thread and on more, by the same variant")
    cases = [c for cell, params, _ in cells for c in run.of_cell(cell, **params)]
    present = [v for v in style.LOOKS if any(v in lines for _, _, lines in cells)]
    sentence = caption(run)
    columns = min(COLUMNS, len(cells))
    rows = -(-len(cells) // columns)
    legend = [style.handle(v) for v in present] + [style.ideal_handle()]
    sheet = style.Sheet(TITLE, sentence, run.footer(cases), rows * (PANEL + 0.42) + 0.42, legend)
    panels = sheet.grid(
        rows, columns, left=0.52, right=0.52, above=0.25, below=0.5, across=0.86, down=0.42
    )  # fmt: skip
    flat = [panel for row in panels for panel in row]
    for panel, (cell, params, lines) in zip(flat, cells):
        draw_panel(panel, run, cell, panel_title(cell, params), lines)
    for panel in flat[len(cells) :]:
        panel.remove()
    for row in range(rows):
        flat[row * columns].set_ylabel("× one thread", labelpad=2)
    for panel in flat[max(len(cells) - columns, 0) : len(cells)]:
        panel.set_xlabel("threads", labelpad=1)
    sheet.text(0.52, sheet.bottom, axis_note(run), size=style.SMALL_SIZE, color=style.SOFT, va="bottom")
    return Drawing(sheet.figure, TITLE, sentence)


def axis_note(run: RunData) -> str:
    """What ideal means, and what the figures at the lines' ends are."""
    bound = f" up to {counted(run.cores, 'CPU')}" if run.cores else ""
    return f"ideal: one thread's work for each thread{bound}, sleepers without end   %: of the ideal"


def panel_title(cell: str, params: dict[str, int]) -> str:
    """The panel's name."""
    return f"{label(cell)}, {params['share']}% shared" if "share" in params else label(cell)


def curves(run: RunData, cell: str, params: dict[str, int]) -> dict[str, Points]:
    """Speedup by variant and thread count; only variants with one thread and more."""
    cases = run.of_cell(cell, **params)
    if not cases or cases[0].threads != 1:
        return {}
    one, more = cases[0], cases[1:]
    lines: dict[str, Points] = {}
    for variant in run.variants(one):
        points = {c.threads: s for c in more if (s := run.scaling(one, c, variant))}
        if points:
            lines[variant] = points
    return lines


def ideal(run: RunData, cell: str, threads: int) -> float:
    """The most that this many threads could do, in units of one thread."""
    free = cell in WAITING or run.cores is None
    return float(threads if free else min(threads, run.cores or threads))


def draw_panel(panel: Axes, run: RunData, cell: str, title: str, lines: dict[str, Points]) -> None:
    """One cell: the ideal, a line per variant with intervals, efficiencies at the ends."""
    counts = sorted({1} | {n for points in lines.values() for n in points})
    panel.plot(counts, [ideal(run, cell, n) for n in counts], color=style.SOFT, lw=0.9, ls=(0, (1, 2)), zorder=2)
    for variant, points in lines.items():
        draw_curve(panel, variant, points)
    panel.set_title(title, weight="bold", size=style.SMALL_SIZE)
    shown = [ideal(run, cell, n) for n in counts] + [p.value for q in lines.values() for p in q.values()]
    set_scales(panel, counts, min(shown), max(shown))
    write_efficiencies(panel, run, cell, lines)


def set_scales(panel: Axes, counts: list[int], least: float, most: float) -> None:
    """Linear up to eight threads, logarithmic beyond, so that ideal is a straight line."""
    if counts[-1] <= 8:
        panel.xaxis.set_major_locator(FixedLocator(counts))
        panel.set_xlim(1 - 0.07 * (counts[-1] - 1), counts[-1] + 0.07 * (counts[-1] - 1))
        panel.set_ylim(0, most * 1.08)
        panel.yaxis.set_major_locator(MaxNLocator(4, steps=[1, 2, 5, 10]))
        plain_figures(panel.yaxis)
    else:
        panel.set_xscale("log", base=2)
        panel.set_yscale("log", base=2)
        panel.set_xlim(0.88, counts[-1] * 1.14)
        panel.set_ylim(min(least, 1.0) / 1.2, most * 1.2)
        panel.xaxis.set_major_locator(FixedLocator([n for n in counts if n & (n - 1) == 0]))
        panel.yaxis.set_major_locator(FixedLocator([4.0**i for i in range(-5, 7)]))
        plain_figures(panel.yaxis)
    plain_figures(panel.xaxis)


def plain_figures(axis: Axis) -> None:
    """Labels without exponents or trailing zeros, and no minor ticks."""
    axis.set_minor_locator(NullLocator())
    axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.3g}"))


def draw_curve(panel: Axes, variant: str, points: Points) -> None:
    """A variant's line from (1, 1) with a dot and an interval at each thread count."""
    shape = style.look(variant)
    xs = [1, *sorted(points)]
    panel.plot(
        xs, [1.0] + [points[n].value for n in xs[1:]], color=shape.colour, ls=shape.line, lw=1.4, zorder=3
    )
    for threads in xs[1:]:
        p = points[threads]
        sure = p.processes >= LEAST_PROCESSES
        style.dot(panel, threads, p.value, p.low, p.high, variant, sure=sure, size=4.5, upright=True)


def write_efficiencies(panel: Axes, run: RunData, cell: str, lines: dict[str, Points]) -> None:
    """Beside each line's end: its marker and its efficiency, moved apart where they meet."""
    ends = [(variant, max(points), points[max(points)].value) for variant, points in lines.items()]
    to_axes = panel.transData + panel.transAxes.inverted()
    width = panel.get_window_extent().width / panel.figure.dpi
    heights = [to_axes.transform((threads, value))[1] for _, threads, value in ends]
    for (variant, threads, value), y in zip(ends, style.spread(heights, GAP, 0.03, 0.97)):
        shape = style.look(variant)
        percent = 100 * value / ideal(run, cell, threads)
        how = {"transform": panel.transAxes, "clip_on": False}
        panel.plot([1 + MARK_AT / width], [y], marker=shape.marker, ms=4, color=shape.colour, **how)
        panel.text(1 + TEXT_AT / width, y, f"{percent:.0f}%", va="center", size=style.SMALL_SIZE, **how)


def caption(run: RunData) -> str:
    """object over gil on the first private cell, on as many threads as there are CPUs."""
    for cell, _ in CELLS:
        cases = run.of_cell(cell)
        for case in sorted(fitting(run, cases), key=lambda c: -c.threads):
            pair = run.pair(case, "gil", "object")
            if pair is None:
                continue
            text = f"With {counted(case.threads, 'thread')} object does {pair.ratio:.2f}× the work of gil"
            text += f" on {label(cell)}{interval(pair.low, pair.high)}"
            if pair.verdict in ("equal", "inconclusive"):
                text += " (no difference)" if pair.verdict == "equal" else " (inconclusive)"
            return text + own_scaling(run, cases[0], case) + "."
    return "Each variant's throughput relative to its own on one thread."


def fitting(run: RunData, cases: list[Case]) -> list[Case]:
    """Cases with several threads that each have a CPU; all if there are none such."""
    several = [c for c in cases if c.threads > 1]
    return [c for c in several if run.cores is None or c.threads <= run.cores] or several


def own_scaling(run: RunData, one: Case, many: Case) -> str:
    """'; over one thread gil reaches 0.99×, object 1.98×', as far as known."""
    if one.threads != 1:
        return ""
    known = [(v, s) for v in ("gil", "object") if (s := run.scaling(one, many, v))]
    said = ", ".join(f"{variant} {s.value:.2f}×" for variant, s in known)
    return f"; over its own single thread: {said}" if said else ""
