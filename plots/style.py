"""One look for every figure: colours, markers, sheets with a title, a caption and a footer.

Colours are Okabe and Ito's, chosen so that colour-blind readers tell them apart; warm is a
variant with an interpreter lock, cool one with per-object locks. Marker and line style differ
too, so that a grey print reads. A hollow grey-edged marker always means "inconclusive".
"""

from __future__ import annotations

import math
import re
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Iterator, Sequence

import matplotlib
import matplotlib.style
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D

WIDTH = 6.6  # inches: a page's text column
EDGE = 0.12  # inches left free around everything
TITLE_SIZE, TEXT_SIZE, SMALL_SIZE, FOOT_SIZE = 11.0, 8.5, 7.5, 6.5
LEADING = 1.35  # line height over font size
# Verdana's letters are as wide, for readers without the font.
FONT, FONT_OR_ELSE = "'DejaVu Sans'", "'DejaVu Sans', Verdana, sans-serif"
INK, SOFT, FAINT, BAND = "#1a1a1a", "#595959", "#bfbfbf", "#e4e4e4"

RC: dict[str, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": TEXT_SIZE,
    "axes.titlesize": TEXT_SIZE,
    "axes.titlelocation": "left",
    "axes.labelsize": TEXT_SIZE,
    "axes.edgecolor": SOFT,
    "axes.labelcolor": INK,
    "axes.linewidth": 0.7,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.grid": True,
    "grid.color": BAND,
    "grid.linewidth": 0.6,
    "xtick.labelsize": SMALL_SIZE,
    "ytick.labelsize": SMALL_SIZE,
    "xtick.color": SOFT,
    "ytick.color": SOFT,
    "text.color": INK,
    "legend.fontsize": SMALL_SIZE,
    "legend.frameon": False,
    "svg.hashsalt": "gilbench",
    "svg.fonttype": "none",  # text stays text: searchable, and a quarter of the size
    "path.simplify": False,
    "savefig.facecolor": "white",
}


@dataclass(frozen=True)
class Look:
    """How a variant is drawn, everywhere."""

    colour: str
    marker: str
    line: Any


LOOKS = {
    "unlocked": Look("#000000", "D", ":"),
    "gil": Look("#D55E00", "s", "-"),
    "gil-biased": Look("#E69F00", "^", (0, (4, 1.5))),
    "object": Look("#0072B2", "o", "-"),
    "object-atomic": Look("#56B4E9", "v", (0, (5, 1.2, 1.2, 1.2))),
    "pthread_mutex": Look("#009E73", "P", (0, (1.5, 1))),
    "glibc": Look("#8a8a00", "p", (0, (3, 1, 1, 1))),
    "mimalloc": Look("#CC79A7", "X", (0, (3, 1, 1, 1))),
    "jemalloc": Look("#117733", "h", (0, (3, 1, 1, 1))),
    "tcmalloc": Look("#7a5195", "<", (0, (3, 1, 1, 1))),
    "freelist": Look("#5f5f5f", "d", (0, (1, 1))),
}
# For variants and peers that later runs may bring; by name, so that each keeps its look.
SPARE = (("#CC79A7", "X"), ("#8a8a00", "p"), ("#7a5195", "h"), ("#5f5f5f", "<"))
DASHES = (0, (3, 1, 1, 1))
# Interpreters: warm with a GIL, cool without; neighbouring versions differ in colour and marker.
INTERPRETER = re.compile(r"CPython \d+\.(\d+)\S*?(t?)( \((\d+)\))?$")
WITH_GIL, WITHOUT_GIL = ("#8c4a2f", "#CC79A7"), ("#332288", "#7a5195")
MARKERS = ("X", "p", "h", "<", ">", "*", "d", "8")  # the second four for a second one of a version


def look(variant: str) -> Look:
    """The look of a variant; an unknown one gets a spare look that depends on its name only."""
    if variant in LOOKS:
        return LOOKS[variant]
    interpreter = INTERPRETER.match(variant)
    if interpreter:
        version, copy = int(interpreter[1]), int(interpreter[4] or 1)
        colour = (WITHOUT_GIL if interpreter[2] else WITH_GIL)[(version + copy - 1) % 2]
        return Look(colour, MARKERS[(version % 4 + 4 * (copy - 1)) % 8], DASHES)
    colour, marker = SPARE[sum(variant.encode()) % len(SPARE)]
    return Look(colour, marker, DASHES)


@contextmanager
def applied() -> Iterator[None]:
    """Within it, figures have this style, whatever the user's own matplotlib settings are."""
    with matplotlib.style.context(["default", RC]):
        yield


# ---------------------------------------------------------------- marks


def dot(
    axes: Axes, x: float, y: float, low: float, high: float, variant: str, *,
    sure: bool = True, size: float = 5.5, upright: bool = False,
) -> None:  # fmt: skip
    """A point with its interval (nan for none), upright or lying; hollow if not `sure`."""
    shape = look(variant)
    ends = [low, high] if math.isfinite(low) and math.isfinite(high) else []
    if ends:
        line = ([x, x], ends) if upright else (ends, [y, y])
        axes.plot(*line, color=shape.colour if sure else SOFT, lw=1.3, solid_capstyle="butt", zorder=3)
    axes.plot(
        [x], [y], ls="none", marker=shape.marker, ms=size, zorder=4,
        mfc=shape.colour if sure else "white", mec=shape.colour if sure else SOFT,
        mew=0.6 if sure else 1.0,
    )  # fmt: skip


def handle(variant: str, *, line: bool = True) -> Line2D:
    """The legend's entry for a variant."""
    shape = look(variant)
    return Line2D(
        [], [], color=shape.colour, ls=shape.line if line else "none", lw=1.5,
        marker=shape.marker, ms=5.5, mec=shape.colour, mew=0.6, label=variant,
    )  # fmt: skip


def hollow_handle() -> Line2D:
    """The legend's entry for what is inconclusive."""
    return Line2D([], [], ls="none", marker="o", ms=5.5, mfc="white", mec=SOFT, label="inconclusive")


def ideal_handle() -> Line2D:
    """The legend's entry for the ideal line."""
    return Line2D([], [], color=SOFT, ls=(0, (1, 2)), lw=0.9, label="ideal")


def spread(positions: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Moves positions apart to at least `gap`, as little as possible, within low..high.

    Subtracting the gaps turns "at least `gap` apart" into "not decreasing", which is isotonic
    regression: neighbours in the wrong order are pooled at their mean.
    """
    order = sorted(range(len(positions)), key=lambda i: (positions[i], i))
    pools: list[list[float]] = []
    for place, index in enumerate(order):
        pools.append([positions[index] - place * gap])
        while len(pools) > 1 and _mean(pools[-2]) > _mean(pools[-1]):
            pools[-2:] = [pools[-2] + pools[-1]]
    level = [_mean(pool) for pool in pools for _ in pool]
    most = high - (len(positions) - 1) * gap
    result = [0.0] * len(positions)
    for place, index in enumerate(order):
        result[index] = max(min(level[place], most), low) + place * gap
    return result


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


# ---------------------------------------------------------------- sheets


@lru_cache(maxsize=4096)
def text_width(text: str, size: float, weight: str = "normal") -> float:
    """Inches that a line of text takes, measured as it will be drawn."""
    renderer = FigureCanvasAgg(Figure(dpi=72)).get_renderer()
    font = FontProperties(family=RC["font.family"], size=size, weight=weight)
    return renderer.get_text_width_height_descent(text, font, False)[0] / 72


def shortened(text: str, width: float, size: float) -> str:
    """The text, or as much of it as `width` inches hold, ended with an ellipsis."""
    if text_width(text, size) <= width:
        return text
    kept = max((n for n in range(len(text)) if text_width(text[:n] + "…", size) <= width), default=0)
    return text[:kept].rstrip() + "…"


def wrapped(text: str, width: float, size: float, weight: str = "normal") -> list[str]:
    """Breaks a text into lines of at most `width` inches, measured as they will be drawn."""
    lines = [""]
    for word in re.findall(r"\[[^\]]*\]\S*|\S+", text):  # an interval stays in one piece
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width(longer, size, weight) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


class Sheet:
    """A figure under construction: title and caption above, a footer below, panels between.

    All lengths are inches, so that text and panels keep their places at any height.
    """

    def __init__(
        self, title: str, caption: str, footer: str, body: float, legend: Sequence[Line2D] = ()
    ) -> None:
        inner = WIDTH - 2 * EDGE
        self.texts = [(line, TITLE_SIZE, "bold", INK) for line in wrapped(title, inner, TITLE_SIZE, "bold")]
        self.texts += [(line, TEXT_SIZE, "normal", INK) for line in wrapped(caption, inner, TEXT_SIZE)]
        self.foot = wrapped(footer, inner, FOOT_SIZE)
        self.legend_rows = _legend_rows(legend, inner)
        self.body = body
        top = sum(_line(size) for _, size, _, _ in self.texts) + 0.06
        self.top = EDGE + top + 0.2 * len(self.legend_rows) + 0.04
        self.bottom = EDGE + len(self.foot) * _line(FOOT_SIZE) + 0.08
        self.height = self.top + body + self.bottom
        self.figure = Figure(figsize=(WIDTH, self.height), dpi=100)
        FigureCanvasAgg(self.figure)
        self._write_texts()

    def _write_texts(self) -> None:
        y = self.height - EDGE
        for text, size, weight, colour in self.texts:
            self.text(EDGE, y, text, size=size, weight=weight, color=colour, va="top")
            y -= _line(size)
        y -= 0.06
        for row in self.legend_rows:
            self._write_legend(row, y)
            y -= 0.2
        y = EDGE + (len(self.foot) - 1) * _line(FOOT_SIZE)
        for text in self.foot:
            self.text(EDGE, y, text, size=FOOT_SIZE, color=SOFT, va="bottom")
            y -= _line(FOOT_SIZE)

    def _write_legend(self, row: Sequence[Line2D], y: float) -> None:
        self.figure.add_artist(self.figure.legend(
            handles=list(row), loc="upper left", ncol=len(row), borderpad=0, borderaxespad=0,
            handletextpad=0.4, columnspacing=1.2, handlelength=2.0,
            bbox_to_anchor=(EDGE / WIDTH, y / self.height),
        ))  # fmt: skip

    def text(self, x: float, y: float, text: str, **how: Any) -> None:
        """Writes at a place in inches from the lower left corner of the sheet."""
        self.figure.text(x / WIDTH, y / self.height, text, **how)

    def axes(self, x: float, y: float, width: float, height: float, **how: Any) -> Axes:
        """A panel at a place in inches, y counted upwards from the lower edge of the body."""
        return self.figure.add_axes(
            (x / WIDTH, (self.bottom + y) / self.height, width / WIDTH, height / self.height), **how
        )

    def grid(
        self, rows: int, columns: int, *, left: float, right: float, above: float, below: float,
        across: float, down: float,
    ) -> list[list[Axes]]:  # fmt: skip
        """Panels of one size: margins left/right/above/below, gaps `across` and `down`."""
        width = (WIDTH - left - right - across * (columns - 1)) / columns
        height = (self.body - above - below - down * (rows - 1)) / rows
        return [
            [
                self.axes(left + c * (width + across), below + (rows - 1 - r) * (height + down), width, height)
                for c in range(columns)
            ]
            for r in range(rows)
        ]  # fmt: skip


def _line(size: float) -> float:
    return size * LEADING / 72


def _legend_rows(handles: Sequence[Line2D], width: float) -> list[list[Line2D]]:
    """Breaks legend entries into rows that fit, by the measured width of their labels."""
    rows: list[list[Line2D]] = []
    used = math.inf
    for entry in handles:
        need = text_width(entry.get_label(), SMALL_SIZE) + 3.7 * SMALL_SIZE / 72
        if used + need > width:
            rows.append([])
            used = 0.0
        rows[-1].append(entry)
        used += need
    return rows


def save(figure: Figure, stem: Path, title: str, caption: str) -> list[Path]:
    """Writes `stem`.svg and `stem`.png, the same bytes for the same figure."""
    svg, png = stem.with_suffix(".svg"), stem.with_suffix(".png")
    about = {"Title": title, "Description": caption, "Creator": "gilbench", "Date": None}
    figure.savefig(svg, metadata=about)
    svg.write_text(svg.read_text(encoding="utf-8").replace(FONT, FONT_OR_ELSE), encoding="utf-8")
    figure.savefig(png, dpi=200, metadata={"Title": title, "Description": caption})
    return [svg, png]
