"""Figure: who wins, by the share of shared work and the length of critical sections.

A panel per number of threads. A tile is the paired ratio of speeds, object locks over the GIL.
The dashed line is where the ratio passes 1, interpolated between measured tiles as in the
crossing figure; it is drawn only if either discipline is claimed faster somewhere in the panel.
"""

from __future__ import annotations

import math

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from . import heat, style
from .crossing import AGAINST, BASE, crossing, share_of
from .data import Case, Estimate, NoData, RunData, counted, interval, statistics
from .drawing import Drawing
from .latency import time_words

TITLE = "Who wins, by share and length of critical sections"
CELL = "crossing_map"
COLUMNS = 2  # of panels, if there are several
ROW, LEFT, ACROSS, DOWN = 0.5, 0.92, 0.3, 0.72
Grid = dict[tuple[float, int], tuple[Case, Estimate]]  # by share and section


def draw(run: RunData) -> Drawing:
    """The figure. Raises NoData if the map was not measured with both variants."""
    grids = grids_of(run)
    if not grids:
        raise NoData(f"the crossing map (cell {CELL}) was not measured with {BASE} and {AGAINST}")
    cases = [case for grid in grids.values() for case, _ in grid.values()]
    shares, sections = axes_of(grids)
    columns = min(COLUMNS, len(grids))
    rows = -(-len(grids) // columns)
    sentence = caption(run, grids)
    line = Line2D([], [], color=style.INK, lw=1.2, ls=(0, (4, 2)), label="ratio 1")
    legend = heat.ratio_handles() + [line] * any(crosses(grid) for grid in grids.values())
    body = rows * (ROW * len(sections) + DOWN)
    sheet = style.Sheet(TITLE, sentence, run.footer(cases), body, legend)
    panels = sheet.grid(
        rows, columns, left=LEFT, right=style.EDGE, above=0.26, below=0.42, across=ACROSS, down=DOWN
    )  # fmt: skip
    flat = [panel for row in panels for panel in row]
    width = (style.WIDTH - LEFT - style.EDGE - ACROSS * (columns - 1)) / columns / len(shares)
    for panel, (threads, grid) in zip(flat, grids.items()):
        draw_panel(panel, grid, shares, sections, width)
        panel.set_title(counted(threads, "thread"), weight="bold")
        panel.set_xlabel("sections on the one shared dict, %")
    for panel in flat[len(grids) :]:
        panel.remove()
    step = step_ns(run)
    for row in panels:
        row[0].set_yticks(range(len(sections)), [length(section, step) for section in sections])
        row[0].set_ylabel("steps in a section", labelpad=2)
    return Drawing(sheet.figure, TITLE, sentence)


def grids_of(run: RunData) -> dict[int, Grid]:
    """The estimates of each number of threads above one."""
    grids: dict[int, Grid] = {}
    for case in run.of_cell(CELL):
        pair = run.pair(case, BASE, AGAINST) if case.threads > 1 else None
        if pair:
            grids.setdefault(case.threads, {})[share_of(case), dict(case.params)["section"]] = case, pair
    return grids


def axes_of(grids: dict[int, Grid]) -> tuple[list[float], list[int]]:
    """All shares and all lengths that were measured, longest sections first."""
    places = {place for grid in grids.values() for place in grid}
    return sorted({share for share, _ in places}), sorted({n for _, n in places}, reverse=True)


def step_ns(run: RunData) -> float | None:
    """What one step takes on one thread under the GIL, if the run measured it."""
    one = run.find("crossing_dict", 1, share=0)
    cost = run.absolute(one, BASE, statistics.ns_per_op) if one else None
    return cost.value if cost else None


def length(section: int, step: float | None) -> str:
    """A row's name: steps, and about how long they take."""
    if step is None:
        return str(section)
    return f"{section}\nabout {time_words(float(f'{section * step:.2g}'))}"


def draw_panel(panel: Axes, grid: Grid, shares: list[float], sections: list[int], width: float) -> None:
    """The tiles of one number of threads, and the line where the ratio is 1."""
    tiles = [
        [heat.ratio_tile(grid[s, n][1], width, lines=3) if (s, n) in grid else None for s in shares]
        for n in sections
    ]  # fmt: skip
    heat.draw(panel, tiles, [""] * len(sections), [f"{share:.0f}" for share in shares])
    if crosses(grid) and len(shares) > 1 and len(sections) > 1:
        logs = [[math.log(grid[s, n][1].ratio) if (s, n) in grid else math.nan for s in shares] for n in sections]
        panel.contour(np.ma.masked_invalid(logs), levels=[0.0], colors=style.INK, linewidths=1.2,
                      linestyles=[(0, (4, 2))], zorder=2)  # fmt: skip


def crosses(grid: Grid) -> bool:
    """Whether either discipline is claimed faster somewhere."""
    return {"faster", "slower"} <= {e.verdict for _, e in grid.values()}


def caption(run: RunData, grids: dict[int, Grid]) -> str:
    """For the fewest threads, and the most that have a CPU each: where the lines cross, or that
    they do not.
    """
    fitting = [n for n in grids if run.cores is None or n <= run.cores] or list(grids)
    chosen = dict.fromkeys((min(grids), max(fitting)))
    return " ".join(f"With {counted(threads, 'thread')} {told(grids[threads])}." for threads in chosen)


def told(grid: Grid) -> str:
    """Where each discipline wins in one panel."""
    best, worst = (pick((e for _, e in grid.values()), key=lambda e: e.ratio) for pick in (max, min))
    reach = f"{AGAINST} does {told_ratio(worst)} to {told_ratio(best)} the work of {BASE}"
    if crosses(grid):
        return f"{reach}; {by_section(grid)}"
    winners = {e.verdict for _, e in grid.values()} & {"faster", "slower"}
    if not winners:
        return f"{reach}; nothing can be claimed"
    return f"{reach}; no crossing was found in the measured range ({AGAINST if 'faster' in winners else BASE} wins)"


def by_section(grid: Grid) -> str:
    """Sections of which length cross where: 'gil wins above about 7% shared (1 step), ...'."""
    said: dict[str, list[int]] = {}
    for n in sorted({n for _, n in grid}):
        said.setdefault(row_words([grid[place] for place in sorted(grid) if place[1] == n]), []).append(n)
    parts = (f"{words} ({', '.join(map(str, ns))} {'step' if ns == [1] else 'steps'})" for words, ns in said.items())
    return ", ".join(parts)


def row_words(points: list[tuple[Case, Estimate]]) -> str:
    """Who wins with sections of one length, and from which share on."""
    verdicts = {e.verdict for _, e in points}
    at = crossing(points)
    if at:
        return f"{BASE if points[0][1].ratio > 1 else AGAINST} wins above about {at.share:.0f}% shared"
    if verdicts in ({"faster"}, {"slower"}):
        return f"{AGAINST if verdicts == {'faster'} else BASE} wins"
    return "no crossing beyond the noise"


def told_ratio(e: Estimate) -> str:
    """'1.94× [1.92, 1.96]'."""
    return heat.times(e.ratio) + interval(e.low, e.high)
