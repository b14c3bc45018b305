"""Tables of coloured tiles with words in them: heat maps of ratios, and of what can happen.

Blue is a gain for object locks, vermilion one for the GIL, as everywhere; a tile that is not
sure is hollow: white, with a grey dashed edge and grey words.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Sequence

from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_rgb
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from . import style
from .data import Estimate, interval

DEEPEST = 8.0  # the ratio at which colours are full
SCALE = LinearSegmentedColormap.from_list(
    "object over gil", (style.look("gil").colour, "#ffffff", style.look("object").colour)
)
UNSURE = "○"
SEAM = 0.03  # of a tile, left white between tiles


@dataclass(frozen=True)
class Tile:
    """Words on a colour; hollow and grey if not sure."""

    words: str
    fill: str | tuple[float, ...] = "white"
    sure: bool = True
    bold: bool = False


def ratio_colour(ratio: float) -> tuple[float, ...]:
    """White at 1, full at DEEPEST and its inverse, even steps in the logarithm between."""
    place = math.log(ratio) / math.log(DEEPEST)
    return SCALE(0.5 + 0.5 * max(-1.0, min(place, 1.0)))


def ratio_tile(e: Estimate, width: float, lines: int = 1) -> Tile:
    """A ratio with as much of its interval and its verdict as `width` inches have room for."""
    head = times(e.ratio)
    sure = e.verdict != "inconclusive"
    said, ends = e.verdict if sure else UNSURE, interval(e.low, e.high).strip()
    glue = "\n" if lines > 1 else " "
    forms = (glue.join(filter(None, (head, ends, said if sure else f"{UNSURE} {e.verdict}"))), f"{head}{glue}{said}",
             head if sure else f"{head} {UNSURE}")  # fmt: skip
    words = next((form for form in forms if fits(form, width)), forms[-1])
    return Tile(words, ratio_colour(e.ratio), sure, bold=e.verdict in ("faster", "slower"))


def times(ratio: float) -> str:
    """'1.94×', in three figures."""
    return f"{ratio:.2f}×" if ratio < 9.995 else f"{ratio:.1f}×" if ratio < 99.95 else f"{ratio:.0f}×"


def fits(words: str, width: float) -> bool:
    """Whether each line of the words has room in a tile."""
    return all(style.text_width(line, style.FOOT_SIZE, "bold") < width - 0.06 for line in words.split("\n"))


def draw(
    panel: Axes, rows: Sequence[Sequence[Tile | None]], row_names: Sequence[str], column_names: Sequence[str]
) -> None:
    """Fills a panel with tiles, the first row on top; None is drawn as a small dash."""
    for y, row in enumerate(rows):
        for x, tile in enumerate(row):
            draw_tile(panel, x, y, tile)
    panel.set_xlim(-0.5, len(column_names) - 0.5)
    panel.set_ylim(len(rows) - 0.5, -0.5)
    panel.set_xticks(range(len(column_names)), column_names)
    panel.set_yticks(range(len(row_names)), row_names)
    panel.tick_params(length=0)
    panel.grid(False)
    for spine in panel.spines.values():
        spine.set_visible(False)


def draw_tile(panel: Axes, x: float, y: float, tile: Tile | None) -> None:
    """One tile, centred at a place."""
    middle = {"ha": "center", "va": "center", "size": style.FOOT_SIZE, "zorder": 4, "linespacing": 1.15}
    if tile is None:
        panel.text(x, y, "–", color=style.FAINT, **middle)
        return
    fill = tile.fill if tile.sure else "white"
    edge = {"ec": "none"} if tile.sure else {"ec": style.FAINT, "ls": (0, (3, 2)), "lw": 0.7}
    side = 1 - 2 * SEAM
    panel.add_patch(Rectangle((x - side / 2, y - side / 2), side, side, fc=fill, zorder=1, **edge))
    ink = (style.INK if bright(fill) else "white") if tile.sure else style.SOFT
    ground = {"fc": fill, "ec": "none", "pad": 0.6}  # a crossing's line may run below the words
    weight = "bold" if tile.bold and tile.sure else "normal"
    panel.text(x, y, tile.words, color=ink, weight=weight, bbox=ground, **middle)


def bright(colour: str | tuple[float, ...]) -> bool:
    """Whether dark words read better on a colour than white ones (relative luminance)."""
    linear = [((c + 0.055) / 1.055) ** 2.4 if c > 0.04 else c / 12.92 for c in to_rgb(colour)]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear)) > 0.3


def handle(fill: str | tuple[float, ...], name: str) -> Line2D:
    """The legend's entry for a colour of tiles."""
    return Line2D([], [], ls="none", marker="s", ms=7, mfc=fill, mec="none", label=name)


def hollow_handle(name: str) -> Line2D:
    """The legend's entry for tiles that are not sure."""
    return Line2D([], [], ls="none", marker="s", ms=6.5, mfc="white", mec=style.FAINT, label=name)


def ratio_handles() -> list[Line2D]:
    """What the colours of ratios mean, and the hollow."""
    return [
        handle(style.look("object").colour, f"object locks faster, full at {DEEPEST:g}×"),
        handle(style.look("gil").colour, f"GIL faster, full at 1/{DEEPEST:g}"),
        hollow_handle(f"{UNSURE} inconclusive"),
    ]  # fmt: skip
