"""Figure: the price of each policy in each program, on one thread.

Time over that of `gil`, so that right of the line is a price.
"""

from __future__ import annotations

from . import program_rows, style
from .data import Case, NoData, RunData, counted
from .drawing import Drawing
from .losses import in_order
from .program_rows import Mark

TITLE = "What each policy costs a program on one thread"
BASE = "gil"


def draw(run: RunData) -> Drawing:
    """The figure. Raises NoData if no program ran on gil and another variant."""
    cases = [case for case in program_rows.cases(run, 1) if BASE in run.variants(case)]
    engines = in_order({v for case in cases for v in run.variants(case)} - {BASE})
    table = program_rows.rows(cases, engines, lambda case, v: Mark.of_pair(run.pair(case, v, BASE)))
    if not table:
        raise NoData("no program ran on one thread with gil and another variant")
    average = means(run, cases, engines)
    sentence = caption(average, len(program_rows.computing(cases)))
    whole = table + ([(program_rows.MEAN, average)] if average else [])
    body = program_rows.height(whole, engines)
    legend = [style.handle(v, line=False) for v in engines] + [style.hollow_handle()]
    sheet = style.Sheet(TITLE, sentence, run.footer([], program_rows.BUILD), body + 0.5, legend)
    panel = sheet.axes(program_rows.LEFT, 0.42, style.WIDTH - program_rows.LEFT - 0.3, body)
    program_rows.draw_panel(panel, whole, engines)
    program_rows.ratio_axis(panel, whole)
    panel.set_xlabel("time over that of gil, log scale", loc="left")
    return Drawing(sheet.figure, TITLE, sentence)


def means(run: RunData, cases: list[Case], engines: list[str]) -> dict[str, Mark]:
    """The geometric mean over the programs that only compute."""
    mine = program_rows.computing(cases)
    found = {engine: Mark.of_figure(run.mean_apart(mine, engine, BASE)) for engine in engines}
    return {engine: mark for engine, mark in found.items() if mark}


def caption(average: dict[str, Mark], programs: int) -> str:
    """'On one thread programs that only compute take, of gil's time, 1.05× in object, ...'"""
    said = [f"{average[v].words()} in {v}" for v in in_order(average) if average[v].sure]
    if not said:
        return "The time of a program on one thread, over that of gil."
    return (
        f"On one thread programs that only compute take, of gil's time, {', '.join(said)} "
        f"(geometric mean of {counted(programs, 'program')})."
    )
