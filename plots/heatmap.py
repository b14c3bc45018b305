"""Figure: object locks over the GIL, for every kind of work and number of threads.

A row per workload (and who shares what in it), a column per thread count. A tile is the paired
ratio of speeds: blue where object locks do more work, vermilion where the GIL does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from . import heat, style
from .data import Case, Estimate, NoData, RunData, counted, interval, label
from .drawing import Drawing

TITLE = "Object locks over the GIL, by work and threads"
BASE, AGAINST = "gil", "object"
GROUPS = {
    "CPU": ("count_small", "count_int", "list_private", "dict_private"),
    "CPU, by who shares what": ("sieve", "word_count", "trees", "matrix"),
    "file descriptors": ("pipe_ring", "tcp_echo", "file_sync", "mixed_work"),
}
ROW, HEAD, LEFT = 0.21, 0.24, 1.95
Estimates = dict[int, Estimate]  # by number of threads


@dataclass(frozen=True)
class Row:
    """One kind of work with its ratios."""

    group: str
    name: str
    cases: tuple[Case, ...]
    estimates: Estimates


def draw(run: RunData) -> Drawing:
    """The figure. Raises NoData if no workload was measured with both variants."""
    rows = rows_of(run)
    if not rows:
        raise NoData(f"no workload was measured with {BASE} and {AGAINST}")
    counts = sorted({n for row in rows for n in row.estimates})
    groups = [(name, [r for r in rows if r.group == name]) for name in GROUPS]
    groups = [(name, members) for name, members in groups if members]
    cases = [case for row in rows for case in row.cases]
    sentence = caption(rows)
    body = sum(HEAD + ROW * len(members) for _, members in groups) + 0.5
    sheet = style.Sheet(TITLE, sentence, run.footer(cases), body, heat.ratio_handles())
    width = style.WIDTH - LEFT - style.EDGE
    top = body
    for name, members in groups:
        height = ROW * len(members)
        top -= HEAD
        sheet.text(style.EDGE, sheet.bottom + top + 0.06, name, size=style.SMALL_SIZE, weight="bold")
        panel = sheet.axes(LEFT, top - height, width, height)
        tiles = [[tile(row, n, width / len(counts)) for n in counts] for row in members]
        heat.draw(panel, tiles, [row.name for row in members], [str(n) for n in counts])
        panel.tick_params(labelbottom=name == groups[-1][0])
        top -= height
    panel.set_xlabel("threads")
    return Drawing(sheet.figure, TITLE, sentence)


def tile(row: Row, threads: int, width: float) -> heat.Tile | None:
    """The ratio on so many threads, None if it was not measured."""
    return heat.ratio_tile(row.estimates[threads], width) if threads in row.estimates else None


def rows_of(run: RunData) -> list[Row]:
    """A row per cell and parameters, in the order of GROUPS."""
    rows = []
    for group, cells in GROUPS.items():
        for cell in cells:
            for params in dict.fromkeys(c.params for c in sorted(run.of_cell(cell), key=params_order)):
                cases = tuple(c for c in run.of_cell(cell) if c.params == params)
                found = {c.threads: e for c in cases if (e := run.pair(c, BASE, AGAINST))}
                if found:
                    rows.append(Row(group, name_of(cell, dict(params)), cases, found))
    return rows


def params_order(case: Case) -> list[tuple[int, Any]]:
    """Numbers by size, ways of sharing from none to all."""
    ways = ("private", "read", "disjoint", "contended")
    return [(ways.index(v), 0) if v in ways else (0, v) for _, v in case.params]


def name_of(cell: str, params: dict[str, Any]) -> str:
    """A row's name: 'sieve, private'."""
    said = [f"{v}% pipes" if (cell, k) == ("mixed_work", "share") else str(v) for k, v in params.items()]
    head = "mixed" if cell == "mixed_work" else label(cell)
    return ", ".join([head, *said])


def caption(rows: list[Row]) -> str:
    """How often each side is claimed faster on the most threads, and the extremes."""
    threads = max(n for row in rows for n in row.estimates)
    here = [(row, row.estimates[threads]) for row in rows if threads in row.estimates]
    faster, slower, even, unsure = (
        [(r, e) for r, e in here if e.verdict == v] for v in ("faster", "slower", "equal", "inconclusive")
    )
    text = (
        f"With {counted(threads, 'thread')} {AGAINST} is faster than {BASE} in {len(faster)} of "
        f"{counted(len(here), 'row')}, slower in {len(slower)}"
    )
    text += f", equal in {len(even)}" if even else ""
    text += f", inconclusive in {len(unsure)}" if unsure else ""
    best = max(faster, key=lambda p: p[1].ratio, default=None)
    worst = min(slower, key=lambda p: p[1].ratio, default=None)
    said = [f"{head} {told(*p)}" for head, p in (("most", best), ("least", worst)) if p]
    return f"{text}{': ' if said else ''}{', '.join(said)}."


def told(row: Row, e: Estimate) -> str:
    """'1.94× [1.92, 1.96] (sieve, private)'."""
    return f"{heat.times(e.ratio)}{interval(e.low, e.high)} ({row.name})"
