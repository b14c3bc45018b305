"""Figure: what several threads of a program do over one, by engine.

Each thread of a program does as much as its only one did: ideal is as many times the work as
there are threads that have a CPU each. The means are over programs that only compute. Programs
that wait stand in a panel of their own, on a log scale: threads that wait for each other can do
a tenth of the work of one, or ten times as much.
"""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from . import program_rows, style
from .data import Case, NoData, RunData, counted
from .drawing import Drawing
from .losses import in_order, told
from .program_rows import Mark, Table

TITLE = "What programs gain from threads"
LABEL, AXIS = 0.42, 0.54  # inches: what an axis with its label takes, and with room above the next panel
Pairs = list[tuple[Case, Case]]  # a program on one thread and on several


def draw(run: RunData) -> Drawing:
    """The figure. Raises NoData if no program ran on one thread and on more."""
    pairs = pairs_of(run)
    engines = in_order(v for one, _ in pairs for v in run.variants(one, peers=True))
    average = means(run, pairs, engines)
    busy, waiting = (rows(run, [p for p in pairs if program_rows.busy(p[0]) == kind], engines) for kind in (True, False))
    busy += [(program_rows.MEAN, average)] if average else []
    tables = {finish: busy, finish_waiting: waiting}
    tables = {how: table for how, table in tables.items() if table}
    if not tables:
        raise NoData("no program ran on one thread and on more")
    threads = pairs[0][1].threads
    sentence = caption(average, threads, len(program_rows.computing([one for one, _ in pairs])))
    engines = [engine for engine in engines if any(engine in marks for _, marks in busy + waiting)]
    heights = [program_rows.height(table, engines) for table in tables.values()]
    legend = [style.handle(v, line=False) for v in engines] + [style.hollow_handle()]
    sheet = style.Sheet(TITLE, sentence, run.footer([], program_rows.BUILD), sum(heights) + AXIS * len(heights), legend)
    for place, (finished, table) in enumerate(tables.items()):
        bottom = sum(heights[place + 1 :]) + AXIS * (len(heights) - 1 - place) + LABEL
        panel = sheet.axes(program_rows.LEFT, bottom, style.WIDTH - program_rows.LEFT - 0.3, heights[place])
        program_rows.draw_panel(panel, table, engines)
        finished(panel, table, threads, min(threads, run.cores or threads))
    return Drawing(sheet.figure, TITLE, sentence)


def rows(run: RunData, pairs: Pairs, engines: list[str]) -> Table:
    """A row for each program that ran on one thread and on more."""
    ones = {many: one for one, many in pairs}
    return program_rows.rows(list(ones), engines, lambda case, v: Mark.of_figure(run.scaling(ones[case], case, v)))


def pairs_of(run: RunData) -> Pairs:
    """Every program on one thread and on the most that have a CPU each (or the fewest there are)."""
    ones = program_rows.cases(run, 1)
    counts = sorted({c.threads for one in ones for c in run.of_cell(one.cell) if c.threads > 1})
    fitting = [n for n in counts if run.cores is None or n <= run.cores]
    if not counts:
        return []
    threads = fitting[-1] if fitting else counts[0]
    found = [(one, run.find(one.cell, threads, **dict(one.params))) for one in ones]
    return [(one, many) for one, many in found if many]


def means(run: RunData, pairs: Pairs, engines: list[str]) -> dict[str, Mark]:
    """The geometric mean over the programs that only compute, of each engine that ran them all."""
    mine = [(one, many) for one, many in pairs if program_rows.computing([one])]
    found = {
        engine: Mark.of_figure(run.mean_apart([m for _, m in mine], engine, engine, [o for o, _ in mine]))
        for engine in engines
    }
    return {engine: mark for engine, mark in found.items() if mark}


def finish(panel: Axes, table: Table, threads: int, ideal: int) -> None:
    """A linear scale from nothing, with lines at one thread's work and at the ideal."""
    ends = [v for _, marks in table for m in marks.values() for v in (m.value, m.high) if v == v]
    panel.set_xlim(0, max([*ends, ideal]) * 1.06)
    panel.xaxis.set_major_locator(MaxNLocator(6, steps=[1, 2.5, 5, 10]))
    panel.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}×"))
    panel.axvline(1.0, color=style.SOFT, lw=0.7, zorder=1)
    panel.axvline(ideal, color=style.SOFT, lw=0.9, ls=(0, (1, 2)), zorder=1)
    panel.set_xlabel(f"work of {counted(threads, 'thread')} over that of one; dotted: a CPU for each", loc="left")


def finish_waiting(panel: Axes, table: Table, threads: int, ideal: int) -> None:
    """A log scale with the same lines."""
    program_rows.ratio_axis(panel, table)
    panel.axvline(ideal, color=style.SOFT, lw=0.9, ls=(0, (1, 2)), zorder=1)
    panel.set_xlabel("the same of programs whose threads also wait, log scale", loc="left")


def caption(average: dict[str, Mark], threads: int, programs: int) -> str:
    """'On 2 threads 13 programs that share nothing do 1.93× the work of one in object, ...'"""
    said = [f"{average[v].words()} in {v}" for v in in_order(average) if told(v) and average[v].sure]
    if not said:
        return "How much more several threads of a program do than one."
    return (
        f"On {counted(threads, 'thread')} the programs that only compute do, over one thread, "
        f"{', '.join(said)} (geometric mean of {programs})."
    )
