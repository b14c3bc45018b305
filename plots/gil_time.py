"""Figure: where time goes under the GIL, and how long it takes to hand the GIL over.

A row per case, variant and kind of thread: how the time of such a thread divides, from account
builds. Beside it how often a second a switch was forced, how fairly the threads that compute
shared the time (Jain's index, from timed builds), and the times from one thread's drop of the
GIL to the next one's take.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedLocator, FuncFormatter, NullFormatter, NullLocator
from matplotlib.transforms import Affine2D, Transform, blended_transform_factory

from . import heat, style
from .data import Case, NoData, RunData, counted, statistics
from .drawing import Drawing
from .latency import TIMES, time_words
from .timeline import COLOURS, MEANINGS

TITLE = "Where time goes under the GIL"
CELL = "gil_time"
VARIANTS = ("gil", "gil-biased", "object")
MOST_CASES = 8
BUILD = "account build, fairness from the timed build"
PERCENTILES = {0.5: "|", 0.9: "4", 0.99: "d", 0.999: "s", 0.9999: "o"}
ROW, HEAD, GAP = 0.15, 0.22, 0.05
LEFT, BARS, FIGURES, TAKES = 1.25, 2.05, 1.12, 1.78  # widths of the columns
Buckets = list[tuple[int, int]]


@dataclass(frozen=True)
class Group:
    """One variant of a case: a bar for each kind of thread, and what is said beside them."""

    variant: str
    bars: tuple[tuple[str, dict[str, float]], ...]  # kind of thread, share of each state
    switches: float  # forced, a second
    fairness: float  # Jain's index, nan if unknown
    takes: Buckets


def draw(run: RunData) -> Drawing:
    """The figure. Raises NoData if no account tells the workers' time apart."""
    found = {c: groups for c in run.account_cases(CELL) if (groups := groups_of(run, c))}
    if not found:
        raise NoData(f"no account of the time of each thread (cell {CELL}, account build)")
    cases = sorted(found, key=order)
    shown = cases[:MOST_CASES]
    sentence = caption(found, shown, len(cases))
    heights = [HEAD + sum(ROW * len(g.bars) + GAP for g in found[c]) for c in shown]
    body = sum(heights) + 0.86
    sheet = style.Sheet(TITLE, sentence, run.footer([], BUILD), body, legend())
    height, below = sum(heights), 0.46
    bars = sheet.axes(LEFT, below, BARS, height)
    takes = sheet.axes(LEFT + BARS + FIGURES, below, TAKES, height)
    rows: list[tuple[float, str]] = []
    y = 0.0
    for case in shown:
        bars.text(style.EDGE - LEFT, y + HEAD - 0.07, title(case), size=style.SMALL_SIZE, weight="bold",
                  transform=placed(bars), va="baseline")  # fmt: skip
        y += HEAD
        for group in found[case]:
            rows += draw_group(bars, takes, group, y)
            y += ROW * len(group.bars) + GAP
    finish(bars, takes, rows, height)
    return Drawing(sheet.figure, TITLE, sentence)


def order(case: Case) -> tuple[int, int, int]:
    """CPython's interval first, then fewest threads, fewest sleepers."""
    params = dict(case.params)
    return params["interval"] != 5000, case.threads, params["io"]


def title(case: Case) -> str:
    """'1 computing, 1 sleeping · 5 ms'."""
    params = dict(case.params)
    counting = case.threads - params["io"]
    parts = [f"{counting} computing"] if counting > 0 else []
    parts += [f"{params['io']} sleeping"] if params["io"] else []
    return f"{', '.join(parts)}, interval {time_words(1e3 * params['interval'])}"


def groups_of(run: RunData, case: Case) -> list[Group]:
    """A group for each variant that has accounts on a case."""
    return [group_of(run, case, v, lines) for v in VARIANTS if (lines := run.accounts(case, v))]


def group_of(run: RunData, case: Case, variant: str, lines: list[dict[str, Any]]) -> Group:
    """The bars and figures of a variant."""
    io = min(dict(case.params)["io"], case.threads)
    kinds = {"sleeping": range(io), "computing": range(io, case.threads)}
    bars = tuple((kind, statistics.time_shares(lines[-1], w)) for kind, w in kinds.items() if len(w))
    fair = run.absolute(case, variant, lambda s: statistics.jain_index(s, io)) if case.threads - io > 1 else None
    takes = (a.get("histograms", {}).get("gil_handover") for a in lines)  # null: nobody waited
    forced = statistics.account_rate(lines[-1], "gil_forced_switch")
    return Group(variant, bars, forced, fair.value if fair else math.nan, statistics.merged(filter(None, takes)))


def draw_group(bars: Axes, takes: Axes, group: Group, y: float) -> list[tuple[float, str]]:
    """A variant's bars and percentiles; returns the rows' places and names."""
    rows = []
    for i, (kind, shares) in enumerate(group.bars):
        middle, left = y + (i + 0.5) * ROW, 0.0
        for state in statistics.TIMES:
            bars.barh(middle, 100 * shares[state], 0.82 * ROW, left=left, color=COLOURS[state], lw=0, zorder=3)
            left += 100 * shares[state]
        rows.append((middle, f"{group.variant}, {kind}"))
    middle = y + ROW * len(group.bars) / 2
    write_figures(bars, group, middle)
    draw_takes(takes, group, middle)
    return rows


def write_figures(bars: Axes, group: Group, y: float) -> None:
    """Forced switches a second and Jain's index, right of the bars."""
    fair = f"{group.fairness:.3f}" if math.isfinite(group.fairness) else "–"
    for x, words in ((0.5, f"{group.switches:,.0f}"), (0.98, fair)):
        bars.text(BARS + x, y, words, transform=placed(bars), size=style.FOOT_SIZE, ha="right", va="center")


def placed(panel: Axes) -> Transform:
    """x in inches from the panel's left edge, y in data (inches too, from the first row down)."""
    return blended_transform_factory(Affine2D().scale(1 / BARS, 1) + panel.transAxes, panel.transData)


def draw_takes(panel: Axes, group: Group, y: float) -> None:
    """The percentiles of hand-overs, joined by a line."""
    known = [(statistics.percentile(group.takes, share), marker) for share, marker in PERCENTILES.items()]
    known = [(ns, marker) for ns, marker in known if math.isfinite(ns)]
    colour = style.look(group.variant).colour
    panel.plot([ns for ns, _ in known], [y] * len(known), color=colour, lw=0.9, zorder=3)
    for ns, marker in known:
        panel.plot([ns], [y], color=colour, zorder=4, **mark(marker))


def mark(marker: str) -> dict[str, Any]:
    """How the marker of a percentile is drawn."""
    return {"ls": "none", "marker": marker, "ms": 4.7, "mew": 1.2 if marker in "|4" else 0.4}


def finish(bars: Axes, takes: Axes, rows: list[tuple[float, str]], height: float) -> None:
    """The axes and the heads of the columns."""
    for panel in (bars, takes):
        panel.set_ylim(height, 0)
        panel.tick_params(axis="y", length=0, labelsize=style.FOOT_SIZE, pad=2)
        panel.grid(False, axis="y")
        panel.spines["left"].set_visible(False)
    bars.set_yticks([y for y, _ in rows], [name for _, name in rows])
    takes.set_yticks([])
    bars.set_xlim(0, 100)
    bars.set_xlabel("share of a thread's time, %", loc="left")
    takes.set_xscale("log")
    low, high = takes.get_xlim() if takes.lines else (1e3, 1e5)
    takes.set_xlim(min(low, 1e3), max(high, 1.2e5))
    low, high = takes.get_xlim()
    takes.xaxis.set_major_locator(FixedLocator([ns for ns in (1e2, *TIMES) if low <= ns <= high]))
    takes.xaxis.set_major_formatter(FuncFormatter(lambda ns, _: time_words(ns)))
    takes.xaxis.set_minor_locator(NullLocator())
    takes.xaxis.set_minor_formatter(NullFormatter())
    takes.set_xlabel("time to hand the GIL over", loc="left")
    heads = {BARS + 0.5: "forced\nswitches/s", BARS + 0.98: "Jain's\nindex"}
    for x, words in heads.items():
        bars.annotate(words, (x / BARS, 1), xycoords="axes fraction", xytext=(0, 2), textcoords="offset points",
                      ha="right", va="bottom", size=style.FOOT_SIZE, color=style.SOFT)  # fmt: skip


def legend() -> list[Line2D]:
    """States and percentiles."""
    entries = [heat.handle(COLOURS[state], MEANINGS[state]) for state in statistics.TIMES]
    names = {share: f"{100 * share:g}%" for share in PERCENTILES}
    entries += [
        Line2D([], [], color=style.SOFT, label="hand-overs: median" if share == 0.5 else names[share], **mark(m))
        for share, m in PERCENTILES.items()
    ]  # fmt: skip
    return entries


def percent(share: float) -> str:
    """'79.3%', 'less than 0.1%'."""
    return f"{100 * share:.1f}%" if share >= 0.001 else "less than 0.1%"


def caption(found: dict[Case, list[Group]], shown: list[Case], total: int) -> str:
    """What becomes of the time of threads under the GIL in the first case with both kinds."""
    case = next((c for c in shown if len(found[c][0].bars) > 1), shown[0])
    said = []
    for group in found[case]:
        if group.variant in ("gil", "object"):
            waits = ((kind, percent(s["waiting"] + s["switching"])) for kind, s in group.bars)
            parts = [f"a {kind} thread waits {share} of the time" for kind, share in waits]
            said.append(f"under {group.variant} {' and '.join(parts)}")
    text = f"With {title(case)}: {', '.join(said) or 'see the bars'}"
    median = next((statistics.percentile(g.takes, 0.5) for g in found[case] if g.variant == "gil"), math.nan)
    text += f"; the GIL is handed over in {time_words(median)} at the median" if math.isfinite(median) else ""
    few = f" Of {counted(total, 'case')} {len(shown)} are drawn, those at CPython's own interval first."
    return f"{text}.{few if total > len(shown) else ''}"
