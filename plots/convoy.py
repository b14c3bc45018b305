"""Figure: what a thread that waits suffers beside threads that compute.

Above, how late a sleeper runs again, by the GIL's switch interval: percentiles of all accepted
windows, both axes logarithmic; on the dotted diagonal it waits one interval. Below, how many
echoes a thread serves, alone and beside one that computes, and how many increments are lost.
The CPythons of the machine did the same in the same run.
"""

from __future__ import annotations

import math

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedLocator, FuncFormatter, LogLocator, NullFormatter, NullLocator

from . import losses, style
from .data import LEAST_PROCESSES, Absolute, Case, NoData, RunData, counted, statistics
from .drawing import Drawing
from .latency import median_words, time_words

TITLE = "What waiting costs beside threads that compute"
WAKE, ECHO = "reacquire", "convoy_echo"
DEFAULT_INTERVAL = 5000  # us, CPython's
PANELS = {"median": 0.5, "90%": 0.9, "99%": 0.99, "the longest": 1.0}
UPPER, LOWER, BETWEEN, LEFT = 1.6, 1.5, 0.86, 0.72
DIAGONAL = {"color": style.SOFT, "ls": (0, (1, 2)), "lw": 0.9, "zorder": 2}
ECHO_WIDTH, LOSSES_AT = 2.5, 4.6

Point = tuple[int, Absolute]  # interval in us, value
Lines = dict[str, list[Point]]  # by variant or peer


def draw(run: RunData) -> Drawing:
    """The figure. Raises NoData if neither wake-ups nor echoes nor losses were measured."""
    wakes = {name: wake_lines(run, share) for name, share in PANELS.items()}
    echoes = {n: echo_lines(run, n) for n in (1, beside(run, ECHO)) if n}
    lost = losses.shares(run)
    if not (wakes["median"] or any(echoes.values()) or lost):
        raise NoData(f"neither {WAKE} nor {ECHO} nor {losses.CELL} was measured")
    present = {v for lines in (*wakes.values(), *echoes.values()) for v in lines} | {v for v, _ in lost}
    sentence = " ".join(filter(None, (wake_words(run, wakes["median"]), echo_words(echoes), losses.words(lost))))
    lower = max(LOWER + 0.72 if any(echoes.values()) else 0.0, losses.height(lost))
    body = lower + (UPPER + BETWEEN if wakes["median"] else 0.0)
    cases = [c for cell in (WAKE, ECHO, losses.CELL) for c in run.of_cell(cell)]
    sheet = style.Sheet(TITLE, sentence, run.footer(cases), body, legend(losses.in_order(present)))
    if wakes["median"]:
        draw_wakes(sheet, wakes, lower)
    if any(echoes.values()):
        draw_echoes(sheet.axes(LEFT, 0.42, ECHO_WIDTH, LOWER), echoes)
    if lost:
        losses.draw(sheet, lost, LOSSES_AT, lower - losses.height(lost))
    return Drawing(sheet.figure, TITLE, sentence)


def beside(run: RunData, cell: str) -> int:
    """The fewest threads above one that a cell was measured on; 0 if there are none."""
    return min((c.threads for c in run.of_cell(cell) if c.threads > 1), default=0)


def wake_lines(run: RunData, share: float) -> Lines:
    """A percentile of how late the sleeper woke, by interval."""
    lines: Lines = {}
    for case in run.of_cell(WAKE):
        if case.threads == beside(run, WAKE):
            for variant in losses.engines(run, case):
                value = wake(run, case, variant, share)
                if value and math.isfinite(value.value) and value.value > 0:
                    lines.setdefault(variant, []).append((dict(case.params)["interval"], value))
    return {variant: sorted(points, key=lambda p: p[0]) for variant, points in lines.items()}


def wake(run: RunData, case: Case, variant: str, share: float) -> Absolute | None:
    """The median with its interval over processes; beyond, a percentile of all windows together,
    if enough values lie beyond it; the longest of all for a share of 1.
    """
    median = run.absolute(case, variant, statistics.median_latency)
    if share == 0.5 or median is None:
        return median
    buckets = run.histogram(case, variant)
    longest = float(buckets[-1][0]) if buckets else math.nan
    value = longest if share == 1.0 else statistics.percentile(buckets, share)
    return Absolute(case.name, variant, value, math.nan, math.nan, median.processes)


def echo_lines(run: RunData, threads: int) -> Lines:
    """Echoes a second that worker 0 serves, by interval."""
    lines: Lines = {}
    for case in run.of_cell(ECHO):
        if case.threads == threads:
            for variant in losses.engines(run, case):
                rate = run.absolute(case, variant, statistics.first_worker_rate)
                if rate and rate.value > 0:
                    lines.setdefault(variant, []).append((dict(case.params)["interval"], rate))
    return {variant: sorted(points, key=lambda p: p[0]) for variant, points in lines.items()}


def draw_wakes(sheet: style.Sheet, wakes: dict[str, Lines], lower: float) -> None:
    """A panel per percentile, on one scale."""
    width = (style.WIDTH - LEFT - style.EDGE - 0.14 * (len(PANELS) - 1)) / len(PANELS)
    points = [p for lines in wakes.values() for line in lines.values() for p in line]
    for column, (name, lines) in enumerate(wakes.items()):
        panel = sheet.axes(LEFT + column * (width + 0.14), lower + 0.6, width, UPPER)
        draw_lines(panel, lines)
        set_scales(panel, [x for x, _ in points], [a.value for _, a in points])
        ends = panel.get_xlim()
        panel.plot(ends, [1e3 * x for x in ends], scalex=False, scaley=False, **DIAGONAL)
        low, high = panel.get_ylim()
        subs = (1, 2, 5) if high < 100 * low else (1, 3) if high < 1e3 * low else (1,)
        panel.yaxis.set_major_locator(LogLocator(10, subs=subs))
        panel.yaxis.set_major_formatter(FuncFormatter(lambda ns, _: time_words(ns)))
        panel.set_title(name, weight="bold")
        panel.tick_params(labelleft=column == 0)
        if column == 0:
            panel.set_ylabel("a sleeper runs late by", labelpad=2)
            panel.set_xlabel("switch interval, ms", loc="left")


def draw_lines(panel: Axes, lines: Lines, line: str | None = None, size: float = 4.5) -> None:
    """A line per engine, moved apart a little so that equal ones are seen."""
    for place, (variant, points) in enumerate(lines.items()):
        shape = style.look(variant)
        xs = [x * 1.05 ** (place - (len(lines) - 1) / 2) for x, _ in points]
        panel.plot(xs, [a.value for _, a in points], color=shape.colour, ls=line or shape.line, lw=1.3, zorder=3)
        for x, (_, a) in zip(xs, points):
            sure = a.processes >= LEAST_PROCESSES
            style.dot(panel, x, a.value, a.low, a.high, variant, sure=sure, size=size, upright=True)


def set_scales(panel: Axes, intervals: list[int], values: list[float]) -> None:
    """Both axes logarithmic; intervals are marked where they were measured."""
    panel.set_xscale("log")
    panel.set_yscale("log")
    panel.set_xlim(min(intervals) / 1.6, max(intervals) * 1.6)
    panel.set_ylim(min(values) / 1.7, max(values) * 1.7)
    marked = [x for x in sorted(set(intervals)) if x in (100, 500, 1000, 5000, 20000)] or sorted(set(intervals))
    panel.xaxis.set_major_locator(FixedLocator([x for x in marked if x != 1000 or 500 not in marked]))
    panel.xaxis.set_major_formatter(FuncFormatter(lambda us, _: f"{us / 1e3:g}"))
    for axis in (panel.xaxis, panel.yaxis):
        axis.set_minor_locator(NullLocator())
        axis.set_minor_formatter(NullFormatter())


def draw_echoes(panel: Axes, echoes: dict[int, Lines]) -> None:
    """Echoes a second: alone thin and dotted, beside a thread that computes in the usual look."""
    for threads, lines in echoes.items():
        draw_lines(panel, lines, ":" if threads == 1 else None, 3.2 if threads == 1 else 4.5)
    points = [p for lines in echoes.values() for line in lines.values() for p in line]
    set_scales(panel, [x for x, _ in points], [a.value for _, a in points])
    panel.yaxis.set_major_locator(LogLocator(10))
    panel.yaxis.set_major_formatter(FuncFormatter(lambda rate, _: f"{rate:,.10g}"))
    panel.set_title("echoes a second; dotted: alone", weight="bold")
    panel.set_xlabel("switch interval, ms", loc="left")


def legend(names: list[str]) -> list[Line2D]:
    """Engines, and the diagonal."""
    diagonal = Line2D([], [], label="one interval", **DIAGONAL)
    return [style.handle(v) for v in names] + [diagonal, style.hollow_handle()]


def wake_words(run: RunData, medians: Lines) -> str:
    """'Beside 1 computing thread a sleeper runs late by 5.1 ms in gil, ... (median, interval 5 ms).'"""
    told = [v for v in medians if losses.told(v)]
    at = told_interval([medians[v] for v in told])
    if at is None:
        return ""
    waits = ", ".join(f"{median_words(dict(medians[v])[at])} in {v}" for v in told)
    spinners = counted(beside(run, WAKE) - 1, "computing thread")
    return f"Beside {spinners} a sleeper runs late by {waits} (median, switch interval {time_words(1e3 * at)})."


def echo_words(echoes: dict[int, Lines]) -> str:
    """'Echoes a second, alone and beside it: 24,000 and 200 in gil, ... (switch interval 5 ms).'"""
    alone, busy = echoes.get(1, {}), echoes[max(echoes)] if echoes else {}
    told = [v for v in busy if v in alone and max(echoes) > 1 and losses.told(v)]
    at = told_interval([busy[v] for v in told])
    if at is None:
        return ""
    said = ", ".join(f"{alone[v][-1][1].value:,.0f} and {dict(busy[v])[at].value:,.0f} in {v}" for v in told)
    return f"Echoes a second, alone and beside it: {said} (switch interval {time_words(1e3 * at)})."


def told_interval(lines: list[list[Point]]) -> int | None:
    """The interval that a sentence speaks of: CPython's default, else the longest that all share."""
    common = set.intersection(*({x for x, _ in line} for line in lines)) if lines else set()
    return DEFAULT_INTERVAL if DEFAULT_INTERVAL in common else max(common, default=None)
