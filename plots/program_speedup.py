"""Figure: what several threads of a program do over one, by engine.

Each thread of a program does as much as its only one did: ideal is as many times the work as
there are threads that have a CPU each. The means are over programs that only compute.
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
Pairs = list[tuple[Case, Case]]  # a program on one thread and on several


def draw(run: RunData) -> Drawing:
    """The figure. Raises NoData if no program ran on one thread and on more."""
    pairs = pairs_of(run)
    engines = in_order(v for one, _ in pairs for v in run.variants(one, peers=True))
    many = {case: one for one, case in pairs}
    table = program_rows.rows(list(many), engines, lambda case, v: Mark.of_figure(run.scaling(many[case], case, v)))
    if not table:
        raise NoData("no program ran on one thread and on more")
    threads = pairs[0][1].threads
    average = means(run, pairs, engines)
    sentence = caption(average, threads, len(program_rows.computing(list(many))))
    whole = table + ([(program_rows.MEAN, average)] if average else [])
    engines = [engine for engine in engines if any(engine in marks for _, marks in whole)]
    body = program_rows.height(whole, engines)
    legend = [style.handle(v, line=False) for v in engines] + [style.hollow_handle()]
    sheet = style.Sheet(TITLE, sentence, run.footer([], program_rows.BUILD), body + 0.5, legend)
    panel = sheet.axes(program_rows.LEFT, 0.42, style.WIDTH - program_rows.LEFT - 0.3, body)
    program_rows.draw_panel(panel, whole, engines)
    finish(panel, run, whole, threads)
    return Drawing(sheet.figure, TITLE, sentence)


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


def finish(panel: Axes, run: RunData, table: Table, threads: int) -> None:
    """A linear scale from nothing, with lines at one thread's work and at the ideal."""
    ends = [v for _, marks in table for m in marks.values() for v in (m.value, m.high) if v == v]
    ideal = min(threads, run.cores or threads)
    panel.set_xlim(0, max([*ends, ideal]) * 1.06)
    panel.xaxis.set_major_locator(MaxNLocator(6, steps=[1, 2.5, 5, 10]))
    panel.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}×"))
    panel.axvline(1.0, color=style.SOFT, lw=0.7, zorder=1)
    panel.axvline(ideal, color=style.SOFT, lw=0.9, ls=(0, (1, 2)), zorder=1)
    panel.set_xlabel(f"work of {counted(threads, 'thread')} over that of one; dotted: a CPU for each", loc="left")


def caption(average: dict[str, Mark], threads: int, programs: int) -> str:
    """'On 2 threads 13 programs that share nothing do 1.93× the work of one in object, ...'"""
    said = [f"{average[v].words()} in {v}" for v in in_order(average) if told(v) and average[v].sure]
    if not said:
        return "How much more several threads of a program do than one."
    return (
        f"On {counted(threads, 'thread')} the programs that only compute do, over one thread, "
        f"{', '.join(said)} (geometric mean of {programs})."
    )
