"""What the three figures of programs share: their cases, and rows with a dot for each engine."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Callable, Sequence

from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator
from suite.programs import BY_CELL, CPU, SHARING

from . import style
from .data import LEAST_PROCESSES, Absolute, Case, Estimate, RunData, interval

BUILD = "timed builds, each engine in fresh processes, not paired"
MEAN = "geometric mean"
DOT, GAP = 0.062, 0.075  # inches: between the engines of a row, and between rows
LEFT = 1.42
TICKS = (
    (0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 1.75, 2.0),
    (0.25, 0.35, 0.5, 0.7, 1.0, 1.4, 2.0, 3.0, 4.0),
    (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0),
    (0.01, 0.1, 1.0, 10.0, 100.0),
)
TICK_GAP = 0.36  # inches between neighbouring ones, at least


@dataclass(frozen=True)
class Mark:
    """A ratio with its interval; not `sure` is drawn hollow."""

    value: float
    low: float
    high: float
    sure: bool

    @classmethod
    def of_pair(cls, found: Estimate | None) -> Mark | None:
        return cls(found.ratio, found.low, found.high, found.verdict != "inconclusive") if found else None

    @classmethod
    def of_figure(cls, found: Absolute | None) -> Mark | None:
        known = found and found.processes >= LEAST_PROCESSES
        return cls(found.value, found.low, found.high, bool(known)) if found else None

    def words(self) -> str:
        """'0.71× [0.70, 0.73]'."""
        return f"{self.value:.2f}×{interval(self.low, self.high)}"


Table = list[tuple[str, dict[str, Mark]]]  # a row's name, and its marks by engine


def cases(run: RunData, threads: int | None = None) -> list[Case]:
    """The programs' cases on so many threads, or on the fewest of each, in the order of the suite."""
    mine = [c for c in run.cases if c.cell in BY_CELL and threads in (None, c.threads)]
    order = list(BY_CELL)
    mine.sort(key=lambda c: (order.index(c.cell), c.params, c.threads))
    fewest: dict[tuple[str, object], Case] = {}
    for case in mine:
        fewest.setdefault((case.cell, case.params), case)
    return sorted(fewest.values(), key=lambda c: order.index(c.cell))


def computing(found: Sequence[Case]) -> list[Case]:
    """Of these cases, those whose threads only compute and share nothing that is written."""
    return [case for case in found if BY_CELL[case.cell].kind == CPU]


def busy(case: Case) -> bool:
    """Whether all its threads compute, whatever they share; the others also wait for something."""
    return BY_CELL[case.cell].kind in (CPU, SHARING)


def name(case: Case) -> str:
    """'fib', 'shared_dict, striped'."""
    ways = [str(value) for _, value in case.params]
    return ", ".join([case.cell[: -len(".py")], *ways])


def rows(found: Sequence[Case], engines: Sequence[str], mark: Callable[[Case, str], Mark | None]) -> Table:
    """A row for each case that has a mark for some engine."""
    table = []
    for case in found:
        marks = {engine: m for engine in engines if (m := mark(case, engine))}
        table += [(name(case), marks)] if marks else []
    return table


def height(table: Table, engines: Sequence[str]) -> float:
    """Inches that the rows take."""
    return len(table) * (max(len(engines), 2) * DOT + GAP)


def draw_panel(panel: Axes, table: Table, engines: Sequence[str], *, names: bool = True) -> None:
    """A row per program, a dot per engine; a last row of means stands apart."""
    for row, (_, marks) in enumerate(table):
        for engine, mark in marks.items():
            y = row + (engines.index(engine) - (len(engines) - 1) / 2) * 0.78 / len(engines)
            style.dot(panel, mark.value, y, mark.low, mark.high, engine, sure=mark.sure, size=4.2)
        if row % 2:
            panel.axhspan(row - 0.5, row + 0.5, color="#f5f5f5", lw=0, zorder=0)
    if table[-1][0] == MEAN:
        panel.axhline(len(table) - 1.5, color=style.SOFT, lw=0.7)
    panel.set_ylim(len(table) - 0.5, -0.5)
    panel.set_yticks(range(len(table)), [text for text, _ in table] if names else [])
    panel.tick_params(axis="y", length=0)
    panel.grid(False, axis="y")
    panel.spines["left"].set_visible(False)


def ratio_axis(panel: Axes, table: Table) -> None:
    """A log scale of ratios with a line at 1, over all that the table holds."""
    ends = [v for _, marks in table for m in marks.values() for v in (m.value, m.low, m.high) if v == v]
    low, high = min([*ends, 0.95]) / 1.06, max([*ends, 1.05]) * 1.06
    panel.set_xscale("log")
    panel.set_xlim(low, high)
    panel.xaxis.set_major_locator(FixedLocator(_ticks(panel, low, high)))
    panel.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}×"))
    panel.xaxis.set_minor_locator(NullLocator())
    panel.axvline(1.0, color=style.SOFT, lw=0.7, zorder=1)


def _ticks(panel: Axes, low: float, high: float) -> list[float]:
    """The closest ticks whose labels have room."""
    inches = panel.get_window_extent().width / panel.figure.dpi / math.log(high / low)
    for ticks in TICKS:
        shown = [tick for tick in ticks if low <= tick <= high]
        gaps = [math.log(b / a) * inches for a, b in zip(shown, shown[1:])]
        if all(gap >= TICK_GAP for gap in gaps):
            return shown
    return [1.0]
