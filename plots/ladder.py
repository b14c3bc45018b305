"""Figure: the price of each policy on one thread.

A row per cell, a column per step of the ladder. What is drawn is time per operation over that
of the rung before, so that right of the line is a price and left of it a gain. The grey band
is what the A/A pair of that row cannot tell from nothing. A price beyond the scale ends in an
arrow at its edge, and the figure beside it says how much it is: one scale for everything would
hide the small prices, which are the ones in doubt.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from . import style
from .data import Case, Estimate, NoData, RunData, interval, label
from .drawing import Drawing

TITLE = "What each policy costs on one thread"
STEPS = {
    ("unlocked", "gil"): "holding a GIL",
    ("gil", "gil-biased"): "biased counts,\nown heaps",
    ("gil-biased", "object"): "object locks\nfor the GIL",
    ("object", "object-atomic"): "atomic counts\nfor biased",
}
ROWS = (
    ("refcount_own", {}), ("count_small", {}), ("count_int", {}),
    ("list_private", {}), ("dict_private", {}), ("crossing_list", {"share": 0}),
    ("crossing_dict", {"share": 0}),
)  # fmt: skip
ROW_HEIGHT = 0.3
LEFT = 1.58
LEAST, MOST = 0.5, 2.5  # the scale never goes beyond these


@dataclass(frozen=True)
class Price:
    """Time per operation of a rung over that of another: the estimate of speed, inverted."""

    case: Case
    estimate: Estimate
    time: float
    low: float
    high: float

    @classmethod
    def of(cls, case: Case, estimate: Estimate) -> Price:
        return cls(case, estimate, 1 / estimate.ratio, 1 / estimate.high, 1 / estimate.low)

    @property
    def sure(self) -> bool:
        return self.estimate.verdict != "inconclusive"

    def words(self) -> str:
        return times(self.time)


def times(value: float) -> str:
    """A ratio for a reader: two decimals while they say something."""
    return f"{value:.2f}×" if value < 9.995 else f"{value:.1f}×"


def columns(run: RunData, cases: list[Case]) -> list[tuple[str, str]]:
    """Neighbouring rungs that the run has, then the way from the first to `object`."""
    present = {v for case in cases for v in run.variants(case)}
    rungs = [v for v in style.LOOKS if v in present and v != "pthread_mutex"]
    pairs = list(zip(rungs, rungs[1:]))
    whole = (rungs[0], "object") if rungs else None
    if whole and "object" in rungs and whole[0] != "object" and whole not in pairs:
        pairs.append(whole)
    return pairs


def prices(run: RunData, cases: list[Case], pair: tuple[str, str]) -> list[Price | None]:
    """The price of a step on each case, None where the run does not have it."""
    estimates = [(case, run.pair(case, *pair)) for case in cases]
    return [Price.of(case, e) if e else None for case, e in estimates]


def row_label(case: Case) -> str:
    """A row's name; the crossing cells appear with nothing shared."""
    return f"{label(case.cell)}, 0% shared" if case.cell.startswith("crossing") else label(case.cell)


def draw(run: RunData) -> Drawing:
    """The figure. Raises NoData if no cell has two rungs on one thread."""
    cases = [c for cell, params in ROWS if (c := run.find(cell, 1, **params))]
    pairs = columns(run, cases)
    table = [prices(run, cases, pair) for pair in pairs]
    known = [price for column in table for price in column if price]
    if not known:
        raise NoData("no cell was measured on one thread with two variants")
    sentence = caption(pairs, table)
    body = len(cases) * ROW_HEIGHT + 1.14
    sheet = style.Sheet(TITLE, sentence, run.footer(cases), body)
    panels = sheet.grid(1, len(pairs), left=LEFT, right=style.EDGE, above=0.68, below=0.46, across=0.14, down=0)[0]
    scale = scale_of(known)
    bands = [run.threshold(case) for case in cases]
    for panel, pair, column in zip(panels, pairs, table):
        draw_bands(panel, bands)
        draw_head(panel, pair)
        for row, price in enumerate(column):
            draw_price(panel, row, price, pair[1], scale)
        finish(panel, len(cases), scale)
    panels[0].set_yticks(range(len(cases)), [row_label(case) for case in cases])
    write_key(sheet)
    return Drawing(sheet.figure, TITLE, sentence)


def scale_of(known: list[Price]) -> tuple[float, float]:
    """Ends of the shared scale: what is there, within LEAST..MOST."""
    return max(min([p.time for p in known] + [0.9]), LEAST), min(max([p.time for p in known] + [1.25]), MOST)


def draw_bands(panel: Axes, bands: list[float]) -> None:
    """Each row's least claimable difference as a grey band around 1."""
    for row, band in enumerate(bands):
        if math.isfinite(band):
            panel.fill_betweenx([row - 0.5, row + 0.5], 1 / (1 + band), 1 + band, color=style.FAINT, lw=0)
    panel.axvline(1.0, color=style.SOFT, lw=0.5, zorder=1)


def draw_head(panel: Axes, pair: tuple[str, str]) -> None:
    """A column's head: what is paid for, and between which variants."""
    how = {"xy": (0, 1), "xycoords": "axes fraction", "textcoords": "offset points", "va": "bottom"}
    steps = f"{pair[0]}\n→ {pair[1]}"
    panel.annotate(steps, xytext=(0, 3), size=style.FOOT_SIZE, color=style.SOFT, **how)
    head = STEPS.get(pair, "the whole way")
    panel.annotate(head, xytext=(0, 22), size=style.SMALL_SIZE, weight="bold", **how)


def draw_price(
    panel: Axes, row: int, price: Price | None, variant: str, scale: tuple[float, float]
) -> None:
    """A stem from 1, the dot with its interval, and the figure at the panel's right edge."""
    if price is None:
        write_figure(panel, row, "not run", style.FAINT, "normal")
        return
    quiet = price.estimate.verdict in ("equal", "inconclusive")
    shade, weight = (style.SOFT, "normal") if quiet else (style.INK, "bold")
    write_figure(panel, row, times(price.time), shade, weight)
    shown = min(max(price.time, scale[0]), scale[1])
    colour = style.look(variant).colour if price.sure else style.FAINT
    panel.plot([1, shown], [row, row], color=colour, lw=3, alpha=0.45, solid_capstyle="butt", zorder=2)
    if shown == price.time:
        style.dot(panel, price.time, row, price.low, price.high, variant, sure=price.sure)
    else:
        panel.plot([shown], [row], ls="none", marker=">" if shown > 1 else "<", ms=6, color=colour, zorder=4)


def write_figure(panel: Axes, row: int, words: str, colour: str, weight: str) -> None:
    """A row's figure, right-aligned in the room that the scale leaves."""
    panel.text(
        0.995, row, words, transform=panel.get_yaxis_transform(), ha="right", va="center",
        size=style.SMALL_SIZE, color=colour, weight=weight,
    )  # fmt: skip


def finish(panel: Axes, rows: int, scale: tuple[float, float]) -> None:
    """The axes: a log scale that leaves room for the figures on the right."""
    low, high = scale
    span = math.log(high / low)
    panel.set_xscale("log")
    panel.set_xlim(low / math.exp(0.08 * span), high * math.exp(0.98 * span))
    panel.set_ylim(rows - 0.5, -0.5)
    panel.set_yticks(range(rows), [])
    panel.tick_params(axis="y", length=0)
    panel.spines["left"].set_visible(False)
    panel.spines["bottom"].set_visible(False)
    panel.grid(False, axis="x")
    panel.xaxis.set_major_locator(FixedLocator([v for v in (0.5, 1, 2) if low <= v <= high * 1.001]))
    panel.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}×"))
    panel.xaxis.set_minor_locator(NullLocator())


def write_key(sheet: style.Sheet) -> None:
    """What is drawn along the axis, and what grey and hollow mean."""
    key = "time per operation over the rung before, log scale"
    sheet.text(LEFT, sheet.bottom + 0.02, key, size=style.SMALL_SIZE, va="bottom")
    sheet.text(
        style.WIDTH - style.EDGE, sheet.bottom + 0.02, "grey: within the noise   ○ inconclusive",
        size=style.SMALL_SIZE, color=style.SOFT, va="bottom", ha="right",
    )  # fmt: skip


def caption(pairs: list[tuple[str, str]], table: list[list[Price | None]]) -> str:
    """The dearest step, and what the whole way costs."""
    steps = [p for pair, column in zip(pairs, table) if pair in STEPS for p in column if p and p.sure]
    dear = [p for p in steps if p.estimate.verdict == "slower"]
    if not steps:
        return "Nothing can be claimed of one thread: too few processes, or too much noise."
    if not dear:
        return "On one thread no step of the ladder costs more than the noise floor."
    worst = max(dear, key=lambda p: p.time)
    pair = (worst.estimate.base, worst.estimate.against)
    says = STEPS[pair].replace("\n", " ")
    text = f"On one thread the dearest step is {says}: {told(worst)} the time of {pair[0]} ({row_label(worst.case)})"
    claimed = [p for p in table[-1] if p and p.estimate.verdict in ("faster", "slower")]
    whole = [p for p in claimed if p.case.cell in ("dict_private", "count_int")]
    if whole and pairs[-1] not in STEPS:
        first = whole[-1]
        text += f"; the whole way from {pairs[-1][0]} to object costs {told(first)} on {row_label(first.case)}"
    return text + "."


def told(price: Price) -> str:
    """'1.25× [1.24, 1.26]'."""
    return times(price.time) + interval(price.low, price.high, "{:.2f}" if price.time < 9.995 else "{:.1f}")
