"""Figure: at which share of operations on one shared container do per-object locks lose?

Above, throughput of each variant; below, that of `object` over that of `gil`, paired, with a
line at 1. Where the lines cross is found by interpolation between measured shares, and said
in the figure; so is that they do not cross in the measured range.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Callable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter, LogLocator, NullFormatter, NullLocator

from . import style
from .data import Absolute, Case, Estimate, NoData, RunData, counted, interval, label, statistics
from .drawing import Drawing

TITLE = "Where per-object locks stop paying"
CELLS = ("crossing_dict", "crossing_list")
BASE, AGAINST = "gil", "object"
UPPER, LOWER, BETWEEN = 1.55, 1.55, 0.3
NONE = "no crossing in the measured range"
NOISE = "no crossing beyond the noise"


@dataclass(frozen=True)
class Crossing:
    """The share at which the ratio is 1, with the shares at which its interval's ends are."""

    share: float
    low: float
    high: float

    def words(self) -> str:
        """'the lines cross at about 12% shared [9, 15]'."""
        form = "{:.0f}" if self.share >= 9.95 else "{:.1f}"
        text = f"the lines cross at about {form.format(self.share)}% shared"
        return text + interval(*sorted((self.low, self.high)), form)


def place(share: float) -> float:
    """Position of a share on the axis: logarithmic, with room for 0."""
    return math.log1p(share)


def draw(run: RunData) -> Drawing:
    """The figure. Raises NoData if no share was measured with both variants and threads."""
    found = {cell: points for cell in CELLS if (points := ratios(run, cell))}
    if not found:
        raise NoData(f"no crossing cell was measured on several threads with {BASE} and {AGAINST}")
    cases = [case for points in found.values() for case, _ in points]
    sentence = caption(found)
    variants = [v for v in style.LOOKS if any(v in run.variants(case) for case in cases)]
    legend = [style.handle(v) for v in variants] + [style.hollow_handle()]
    sheet = style.Sheet(TITLE, sentence, run.footer(cases), UPPER + LOWER + BETWEEN + 0.75, legend)
    panels = sheet.grid(
        2, len(found), left=0.62, right=style.EDGE, above=0.28, below=0.47, across=0.62, down=BETWEEN
    )  # fmt: skip
    for column, (cell, points) in enumerate(found.items()):
        draw_throughput(panels[0][column], run, cell, points)
        draw_ratio(panels[1][column], points)
    estimates = [e for points in found.values() for _, e in points]
    match_scales(panels, estimates)
    panels[0][0].set_ylabel("million operations/s")
    panels[1][0].set_ylabel(f"{AGAINST} over {BASE}")
    return Drawing(sheet.figure, TITLE, sentence)


def ratios(run: RunData, cell: str) -> list[tuple[Case, Estimate]]:
    """`object` over `gil` by share, on the most threads that have a CPU each."""
    cases = [c for c in run.of_cell(cell) if c.threads > 1 and "share" in dict(c.params)]
    fitting = [c for c in cases if run.cores is None or c.threads <= run.cores] or cases
    most = max((c.threads for c in fitting), default=0)
    chosen = sorted((c for c in fitting if c.threads == most), key=share_of)
    return [(case, pair) for case in chosen if (pair := run.pair(case, BASE, AGAINST))]


def share_of(case: Case) -> float:
    """Per cent of the operations that go to the shared container."""
    return float(dict(case.params)["share"])


def crossing(points: list[tuple[Case, Estimate]]) -> Crossing | None:
    """Where the ratio first passes 1, or None. Linear in the log of ratio and the place.

    There must be a share where `object` is claimed faster and one where it is claimed slower:
    a line that wavers around 1 within the noise crosses nothing.
    """
    at = share_where_one(points, lambda e: e.ratio)
    if at is None or not {"faster", "slower"} <= {e.verdict for _, e in points}:
        return None
    ends = [share_where_one(points, pick) for pick in (lambda e: e.low, lambda e: e.high)]
    low, high = (math.nan if end is None else end for end in ends)
    return Crossing(at, low, high)


def crossing_words(points: list[tuple[Case, Estimate]]) -> str:
    """Where the lines cross, or that they do not."""
    at = crossing(points)
    if at:
        return at.words()
    return NONE if share_where_one(points, lambda e: e.ratio) is None else NOISE


def share_where_one(
    points: list[tuple[Case, Estimate]], pick: Callable[[Estimate], float]
) -> float | None:
    """The share at which a curve through the points passes 1."""
    curve = [(place(share_of(case)), math.log(pick(estimate))) for case, estimate in points]
    for (x0, y0), (x1, y1) in zip(curve, curve[1:]):
        if y0 == 0:
            return math.expm1(x0)
        if y0 * y1 < 0:
            return math.expm1(x0 + (x1 - x0) * y0 / (y0 - y1))
    return None


def draw_throughput(panel: Axes, run: RunData, cell: str, points: list[tuple[Case, Estimate]]) -> None:
    """Throughput of every variant that took part."""
    for variant in run.variants(points[0][0]):
        known = [(share_of(c), a) for c, _ in points if (a := run.absolute(c, variant, statistics.throughput))]
        shape = style.look(variant)
        xs, ys = [place(s) for s, _ in known], [a.value / 1e6 for _, a in known]
        panel.plot(xs, ys, color=shape.colour, ls=shape.line, lw=1.4, zorder=3)
        for x, (_, a) in zip(xs, known):
            draw_level(panel, x, a, variant)
    threads = counted(points[0][0].threads, "thread")
    panel.set_title(f"one shared {label(cell)}, {threads}", weight="bold")
    set_shares(panel, [share_of(case) for case, _ in points])
    panel.tick_params(labelbottom=False)


def draw_level(panel: Axes, x: float, a: Absolute, variant: str) -> None:
    sure = a.processes >= statistics.LEAST_PROCESSES
    style.dot(
        panel, x, a.value / 1e6, a.low / 1e6, a.high / 1e6, variant, sure=sure, size=4.5, upright=True
    )  # fmt: skip


def draw_ratio(panel: Axes, points: list[tuple[Case, Estimate]]) -> None:
    """The paired ratio, the line at 1 with its noise band, and the crossing."""
    xs = [place(share_of(case)) for case, _ in points]
    shape = style.look(AGAINST)
    known = (e.floor.threshold for _, e in points)
    bands = np.array([band if math.isfinite(band) else math.nan for band in known])
    panel.fill_between(xs, 1 / (1 + bands), 1 + bands, color=style.BAND, lw=0, zorder=1)
    panel.axhline(1.0, color=style.SOFT, lw=0.9, zorder=2)
    panel.plot(xs, [e.ratio for _, e in points], color=shape.colour, lw=1.6, zorder=3)
    for x, (_, e) in zip(xs, points):
        sure = e.verdict != "inconclusive"
        style.dot(panel, x, e.ratio, e.low, e.high, AGAINST, sure=sure, upright=True)
    set_shares(panel, [share_of(case) for case, _ in points])
    panel.set_xlabel("operations on the shared container, %")
    mark_crossing(panel, points)


def mark_crossing(panel: Axes, points: list[tuple[Case, Estimate]]) -> None:
    """Writes where the lines cross into the corner that the curve leaves free."""
    falls = points[-1][1].ratio < points[0][1].ratio
    x, side = (0.98, "right") if falls else (0.02, "left")
    panel.text(
        x, 0.96, crossing_words(points), transform=panel.transAxes, ha=side, va="top", size=style.SMALL_SIZE
    )  # fmt: skip
    at = crossing(points)
    if at:
        panel.axvline(place(at.share), color=style.SOFT, lw=0.9, ls=(0, (2, 2)), ymax=0.86, zorder=2)


def set_shares(panel: Axes, shares: list[float]) -> None:
    """The axis of shares, marked where it was measured."""
    panel.xaxis.set_major_locator(FixedLocator([place(share) for share in shares]))
    panel.xaxis.set_major_formatter(FuncFormatter(lambda x, _: f"{math.expm1(x):.0f}"))
    panel.set_xlim(-0.25, place(max(shares)) + 0.25)


def match_scales(panels: list[list[Axes]], estimates: list[Estimate]) -> None:
    """Throughput from 0; ratios on one log scale with room for the words above."""
    for panel in panels[0]:
        panel.set_ylim(0, panel.get_ylim()[1] * 1.04)
    ends = [v for e in estimates for v in (e.ratio, e.low, e.high) if math.isfinite(v)]
    low, high = min(ends + [0.8]), max(ends + [1.25])
    for panel in panels[1]:
        panel.set_yscale("log")
        panel.set_ylim(low / (high / low) ** 0.08, high * (high / low) ** 0.25)
        panel.yaxis.set_major_locator(LogLocator(10, subs=(1, 2, 5)))
        panel.yaxis.set_major_formatter(FuncFormatter(lambda y, _: f"{y:g}×"))
        panel.yaxis.set_minor_locator(NullLocator())
        panel.yaxis.set_minor_formatter(NullFormatter())


def caption(found: dict[str, list[tuple[Case, Estimate]]]) -> str:
    """What is won with nothing shared, and where that is lost, for each container."""
    threads = counted(next(iter(found.values()))[0][0].threads, "thread")
    told_of = [f"haring a {label(cell)}, {told(points)}." for cell, points in found.items()]
    return f"With {threads} s" + " S".join(told_of)


def told(points: list[tuple[Case, Estimate]]) -> str:
    """One container's clause of the caption."""
    (first, most), (last, least) = points[0], points[-1]
    text = f"{AGAINST} does {ratio_words(most)} the work of {BASE} at {share_of(first):.0f}% shared"
    if last is not first:
        text += f" and {ratio_words(least)} at {share_of(last):.0f}%"
    return f"{text}; {crossing_words(points)}"


def ratio_words(e: Estimate) -> str:
    """'1.95× [1.93, 1.97]', marked if inconclusive."""
    unsure = " (inconclusive)" if e.verdict == "inconclusive" else ""
    return f"{e.ratio:.2f}×{interval(e.low, e.high)}{unsure}"
