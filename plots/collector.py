"""Figure: how long collections take.

Above, a full collection for each container, by the size of the heap: all live, and all garbage; the
containers refer to each other in the order of memory (drawn through) or at random (dotted). Below, a
young collection beside an old heap, by its size, and how long it takes until the world stands still.
The CPythons of the machine collected the same graphs in the same run.
"""

from __future__ import annotations

import math
from typing import Callable

from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter, LogLocator, NullFormatter, NullLocator

from . import losses, style
from .data import LEAST_PROCESSES, Absolute, Case, NoData, RunData, interval, statistics
from .drawing import Drawing
from .latency import exceedance, marked, time_words

TITLE = "How long collections take"
LIVE, GARBAGE, YOUNG, STOP = "gc_live", "gc_garbage", "gc_young", "safepoint"
ORDERS = {"linear": "-", "random": ":"}
SHARES = {1.0: "100%", 0.1: "10%", 0.01: "1%", 0.001: "0.1%", 0.0001: "0.01%"}
PANEL, LEFT, ACROSS, DOWN = 1.55, 0.72, 0.72, 0.78

Line = list[tuple[int, Absolute]]  # objects, value
Lines = dict[tuple[str, str], Line]  # by engine and order
Piece = tuple[list[Case], Callable[[Axes], None]]


def draw(run: RunData) -> Drawing:
    """The figure. Raises NoData if no collection and no stop was timed."""
    pieces = [piece for piece in (full(run, LIVE), full(run, GARBAGE, share=100), young(run), stops(run)) if piece]
    if not pieces:
        raise NoData(f"none of {LIVE}, {GARBAGE}, {YOUNG}, {STOP} was measured")
    cases = [case for found, _ in pieces for case in found]
    present = losses.in_order({v for case in cases for v in run.variants(case, peers=True)})
    sentence = caption(run)
    rows = -(-len(pieces) // 2)
    legend = [style.handle(v) for v in present] + [style.hollow_handle()]
    sheet = style.Sheet(TITLE, sentence, run.footer(cases), rows * PANEL + (rows - 1) * DOWN + 0.82, legend)
    panels = sheet.grid(
        rows, 2, left=LEFT, right=0.18, above=0.26, below=0.54, across=ACROSS, down=DOWN
    )  # fmt: skip
    flat = [panel for row in panels for panel in row]
    for panel, (_, paint) in zip(flat, pieces):
        paint(panel)
    for panel in flat[len(pieces) :]:
        panel.remove()
    return Drawing(sheet.figure, TITLE, sentence)


# ---------------------------------------------------------------- lines over sizes


def full(run: RunData, cell: str, **params: int) -> Piece | None:
    """Time for each container by the size of the heap, a line for each engine and order."""
    cases = [c for c in run.of_cell(cell, **params) if c.threads == 1]
    lines: Lines = {}
    for case in cases:
        for engine in losses.engines(run, case):
            value = run.absolute(case, engine, statistics.pause_per_object)
            if value:
                key = engine, str(dict(case.params)["order"])
                lines.setdefault(key, []).append((int(dict(case.params)["objects"]), value))
    title = "all live" if cell == LIVE else "all garbage"
    title += "; dotted: random order" if any(order == "random" for _, order in lines) else ""
    return (cases, lambda panel: paint_sizes(panel, lines, title, "ns a container", "containers")) if lines else None


def young(run: RunData) -> Piece | None:
    """Time of a young collection by the size of the old heap."""
    cases = [c for c in run.of_cell(YOUNG) if c.threads == 1]
    lines: Lines = {}
    for case in cases:
        for engine in run.variants(case, peers=True):
            value = run.absolute(case, engine, statistics.mean_latency)
            if value:
                lines.setdefault((engine, "linear"), []).append((int(dict(case.params)["objects"]), in_us(value)))
    title = "700 young ones, beside old ones"
    return (cases, lambda panel: paint_sizes(panel, lines, title, "µs a collection", "old containers")) if lines else None


def in_us(value: Absolute) -> Absolute:
    """A time in ns as one in µs."""
    return Absolute(value.case, value.variant, value.value / 1e3, value.low / 1e3, value.high / 1e3, value.processes)


def paint_sizes(panel: Axes, lines: Lines, title: str, ylabel: str, xlabel: str) -> None:
    """Lines over sizes, both axes logarithmic, moved apart a little so that equal ones are seen."""
    engines = losses.in_order(engine for engine, _ in lines)
    for (engine, order), line in lines.items():
        shape = style.look(engine)
        apart = 1.04 ** (engines.index(engine) - (len(engines) - 1) / 2)
        line.sort(key=lambda point: point[0])
        xs = [x * apart for x, _ in line]
        dashes = shape.line if ORDERS[order] == "-" else ORDERS[order]
        panel.plot(xs, [a.value for _, a in line], color=shape.colour, ls=dashes, lw=1.3, zorder=3)
        for x, (_, a) in zip(xs, line):
            sure = a.processes >= LEAST_PROCESSES
            style.dot(panel, x, a.value, a.low, a.high, engine, sure=sure, size=4.2, upright=True)
    points = [point for line in lines.values() for point in line]
    set_scales(panel, [x for x, _ in points], [a.value for _, a in points])
    panel.set_title(title, weight="bold")
    panel.set_ylabel(ylabel, labelpad=2)
    panel.set_xlabel(xlabel, loc="left")


def set_scales(panel: Axes, sizes: list[int], values: list[float]) -> None:
    """Both axes logarithmic; sizes are marked where they were measured."""
    panel.set_xscale("log")
    panel.set_yscale("log")
    panel.set_xlim(min(sizes) / 1.6, max(sizes) * 1.6)
    low, high = min(values) / 1.5, max(values) * 1.5
    panel.set_ylim(low, high)
    panel.xaxis.set_major_locator(FixedLocator(sorted(set(sizes))))
    panel.xaxis.set_major_formatter(FuncFormatter(lambda x, _: size_words(x)))
    panel.yaxis.set_major_locator(LogLocator(10, subs=(1, 2, 5) if high < 60 * low else (1,)))
    panel.yaxis.set_major_formatter(FuncFormatter(lambda y, _: f"{y:,.10g}"))
    for axis in (panel.xaxis, panel.yaxis):
        axis.set_minor_locator(NullLocator())
        axis.set_minor_formatter(NullFormatter())


def size_words(count: float) -> str:
    """'10k', '1M'."""
    return f"{count / 1e6:g}M" if count >= 1e6 else f"{count / 1e3:g}k" if count >= 1e3 else f"{count:g}"


# ---------------------------------------------------------------- stopping the world


def stops(run: RunData) -> Piece | None:
    """The share of stops that took longer than a time, on the fewest threads."""
    case = next(iter(run.of_cell(STOP)), None)
    curves = {v: run.histogram(case, v) for v in run.variants(case)} if case else {}
    found = {variant: buckets for variant, buckets in curves.items() if buckets}
    return ([case], lambda panel: paint_stops(panel, found, case.threads)) if case and found else None


def paint_stops(panel: Axes, curves: dict[str, list[tuple[int, int]]], threads: int) -> None:
    """Falling lines, both axes logarithmic."""
    for variant, buckets in curves.items():
        line, shape = exceedance(buckets), style.look(variant)
        panel.step(
            [x for x, _ in line], [y for _, y in line], where="pre", color=shape.colour, ls=shape.line, lw=1.4,
            marker=shape.marker, ms=4.2, markevery=marked(line), zorder=3,
        )  # fmt: skip
    panel.set_xscale("log")
    panel.set_yscale("log")
    panel.set_ylim(0.7e-4, 1.4)
    times = [upper for buckets in curves.values() for upper, _ in buckets]
    panel.set_xlim(min(times) / 1.5, max(times) * 1.5)
    panel.xaxis.set_major_locator(LogLocator(10, subs=(1, 3) if max(times) < 300 * min(times) else (1,)))
    panel.xaxis.set_major_formatter(FuncFormatter(lambda ns, _: time_words(ns)))
    panel.yaxis.set_major_locator(FixedLocator(list(SHARES)))
    panel.yaxis.set_major_formatter(FuncFormatter(lambda share, _: SHARES.get(share, "")))
    for axis in (panel.xaxis, panel.yaxis):
        axis.set_minor_locator(NullLocator())
        axis.set_minor_formatter(NullFormatter())
    panel.set_title(f"until the world stands still, {threads} threads", weight="bold")
    panel.set_ylabel("share of stops slower", labelpad=2)
    panel.set_xlabel("time", loc="left")


# ---------------------------------------------------------------- words


def caption(run: RunData) -> str:
    """Time for each container of the largest heap, the young collections' ends, the median stop."""
    said = (full_words(run, LIVE, "live"), full_words(run, GARBAGE, "garbage", share=100), young_words(run), stop_words(run))
    return " ".join(filter(None, said)) or "Times of collections."


def full_words(run: RunData, cell: str, what: str, **params: int) -> str:
    """'A container of 1M live ones takes 8.1 ns [..] in gil, 52 ns in CPython 3.11.2.'"""
    cases = [c for c in run.of_cell(cell, order="linear", **params) if c.threads == 1]
    if not cases:
        return ""
    case = max(cases, key=lambda c: dict(c.params)["objects"])
    parts = [f"{ns_words(a)} in {v}" for v in losses.engines(run, case)
             if losses.told(v) and (a := run.absolute(case, v, statistics.pause_per_object))]  # fmt: skip
    size = size_words(dict(case.params)["objects"])
    return f"Of {size} {what} containers each takes {', '.join(parts)}." if parts else ""


def ns_words(value: Absolute) -> str:
    """'8.1 ns [8.0, 8.2]'."""
    form = "{:.1f}" if value.value < 99.95 else "{:.0f}"
    return f"{form.format(value.value)} ns{interval(value.low, value.high, form)}"


def young_words(run: RunData) -> str:
    """'Beside 10M old containers instead of 10k, a young collection takes 1.01× in gil as long.'"""
    cases = sorted((c for c in run.of_cell(YOUNG) if c.threads == 1), key=lambda c: dict(c.params)["objects"])
    if len(cases) < 2:
        return ""
    few, many = cases[0], cases[-1]
    parts = []
    for variant in ("gil", "object"):
        found = run.pause_growth(few, many, variant)
        if found and math.isfinite(found.value):
            parts.append(f"{found.value:.2f}×{interval(found.low, found.high)} in {variant}")
    many_words, few_words = (size_words(dict(c.params)["objects"]) for c in (many, few))
    head = f"Beside {many_words} old containers instead of {few_words}, a young collection takes"
    return f"{head} {' and '.join(parts)} as long." if parts else ""


def stop_words(run: RunData) -> str:
    """'The world stands still after 0.3 µs in object (median).'"""
    case = next(iter(run.of_cell(STOP)), None)
    known = run.absolute(case, "object", statistics.median_latency) if case else None
    return f"The world stands still after {time_words(known.value)} in object (median)." if known else ""
