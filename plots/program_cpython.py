"""Figure: programs on one thread against each CPython, in time.

A panel per CPython; left of the line ours takes less time.
"""

from __future__ import annotations

from . import program_rows, style
from .data import Case, NoData, RunData, counted
from .drawing import Drawing
from .losses import in_order
from .program_rows import Mark, Table

TITLE = "Programs on one thread, against CPython"
ENGINES = ("gil", "object")
MOST = 3  # CPythons that have room side by side


def draw(run: RunData) -> Drawing:
    """The figure. Raises NoData if no program ran on one of ENGINES and a CPython."""
    cases = program_rows.cases(run, 1)
    peers = in_order({v for c in cases for v in run.variants(c, peers=True)} - {v for c in cases for v in run.variants(c)})
    engines = [v for v in ENGINES if any(v in run.variants(case) for case in cases)]
    shown = [case for case in cases if set(run.variants(case, peers=True)) & set(peers)]
    tables = {peer: table_of(run, shown, engines, peer) for peer in peers[:MOST]}
    if not shown or not engines:
        raise NoData("no program ran on one thread with gil or object and a CPython")
    sentence = caption(run, shown, engines, peers[:MOST])
    everything = [row for table in tables.values() for row in table]
    body = program_rows.height(next(iter(tables.values())), engines)
    legend = [style.handle(v, line=False) for v in engines] + [style.hollow_handle()]
    sheet = style.Sheet(TITLE, sentence, run.footer([], program_rows.BUILD), body + 0.72, legend)
    panels = sheet.grid(
        1, len(tables), left=program_rows.LEFT, right=0.3, above=0.24, below=0.42, across=0.2, down=0
    )[0]
    for place, (panel, (peer, table)) in enumerate(zip(panels, tables.items())):
        program_rows.draw_panel(panel, table, engines, names=place == 0)
        program_rows.ratio_axis(panel, everything)
        panel.set_title(peer, weight="bold", size=style.SMALL_SIZE)
    panels[0].set_xlabel("time over CPython's, log scale", loc="left")
    return Drawing(sheet.figure, TITLE, sentence)


def table_of(run: RunData, cases: list[Case], engines: list[str], peer: str) -> Table:
    """A row per case, also where this CPython did not run it, so that panels share their rows."""
    table: Table = [
        (program_rows.name(case), {e: m for e in engines if (m := Mark.of_pair(run.pair(case, e, peer)))})
        for case in cases
    ]
    average = means(run, cases, engines, peer)
    return [*table, (program_rows.MEAN, average)] if program_rows.computing(cases) else table


def means(run: RunData, cases: list[Case], engines: list[str], peer: str) -> dict[str, Mark]:
    """The geometric mean over the programs that only compute, of engines that ran them all."""
    mine = program_rows.computing(cases)
    found = {engine: Mark.of_figure(run.mean_apart(mine, engine, peer)) for engine in engines}
    return {engine: mark for engine, mark in found.items() if mark}


def caption(run: RunData, cases: list[Case], engines: list[str], peers: list[str]) -> str:
    """'On one thread programs that only compute take, of the time of CPython 3.11.2, 0.62× in gil'."""
    parts = []
    for peer in peers:
        average = means(run, cases, engines, peer)
        said = [f"{average[e].words()} in {e}" for e in engines if e in average and average[e].sure]
        parts += [f"of the time of {peer}, {', '.join(said)}"] if said else []
    if not parts:
        return "The time of a program on one thread, over CPython's."
    mine = counted(len(program_rows.computing(cases)), "program")
    return f"On one thread programs that only compute take, {'; '.join(parts)} (geometric mean of {mine})."
