"""Figure: which operations are atomic, under which discipline.

Operations down, variants across; a tile says the worst that was seen of two actors racing on
the operation. "Atomic" is said only where the actors met often enough for silence to count.
"""

from __future__ import annotations

from typing import Sequence

from . import heat, style
from .data import NoData, RunData, counted, outcomes
from .drawing import Drawing

TITLE = "Which operations are atomic"
FILLS = {
    "atomic": "#bfe3d6", "can be lost": "#f5d48b", "can hang": "#d7a3c4", "can crash": "#D55E00",
    "unknown": "white",
}  # fmt: skip
ROW, WIDEST, SIZE = 0.2, 3.0, style.FOOT_SIZE
BUILD = "timed build, two actors on a CPU each"


def draw(run: RunData) -> Drawing:
    """The figure. Raises NoData if the run has no outcome tables."""
    if not run.outcomes:
        raise NoData("the run has no outcome tables (outcomes.jsonl)")
    return tiles(run, run.outcomes, TITLE, BUILD)


def tiles(run: RunData, lines: Sequence[outcomes.Line], title: str, build: str) -> Drawing:
    """Operations down, variants or engines across."""
    found = outcomes.summary(lines)
    refused = forbidden(lines)
    sentence = caption(found, refused)
    left = min(max(style.text_width(name, SIZE) for name in found.operations), WIDEST) + style.EDGE + 0.06
    body = ROW * len(found.operations) + 0.34
    sheet = style.Sheet(title, sentence, run.footer([], build), body, legend(found))
    panel = sheet.axes(left, 0.06, style.WIDTH - left - style.EDGE, ROW * len(found.operations))
    rows = [[tile(found, name, v, refused) for v in found.variants] for name in found.operations]
    names = [style.shortened(name, WIDEST, SIZE) for name in found.operations]
    heat.draw(panel, rows, names, found.variants)
    panel.tick_params(axis="y", labelsize=SIZE, pad=1)
    panel.xaxis.tick_top()
    panel.tick_params(axis="x", length=0)
    return Drawing(sheet.figure, title, sentence)


def forbidden(lines: Sequence[outcomes.Line]) -> set[tuple[str, str]]:
    """The (operation, variant) pairs of which a forbidden outcome was seen."""
    return {(line["operation"], line["variant"]) for line in lines if line["verdict"] == "FORBIDDEN"}


def tile(
    found: outcomes.Summary, operation: str, variant: str, refused: set[tuple[str, str]]
) -> heat.Tile | None:
    """What can happen, with a mark if it must not."""
    behaviour = found.cells.get((operation, variant))
    if behaviour is None:
        return None
    bad = (operation, variant) in refused
    return heat.Tile(f"{behaviour} !!" if bad else behaviour, FILLS[behaviour], behaviour != "unknown", bold=bad)


def legend(found: outcomes.Summary) -> list:
    """What the colours stand for, those that occur."""
    says = {
        "atomic": "atomic: nothing else was seen", "can be lost": "can be lost or out of order",
        "can hang": "can hang", "can crash": "can crash",
    }  # fmt: skip
    handles = [heat.handle(FILLS[b], words) for b, words in says.items() if b in found.cells.values()]
    if "unknown" in found.cells.values():
        handles.append(heat.hollow_handle("unknown: too few overlaps"))
    return handles


def caption(found: outcomes.Summary, refused: set[tuple[str, str]]) -> str:
    """How many operations are atomic where, and what must not have been."""
    said = []
    for variant in found.variants:
        kinds = [b for (_, v), b in found.cells.items() if v == variant]
        said.append(f"{kinds.count('atomic')} in {variant}")
    text = f"As far as was seen, of {counted(len(found.operations), 'operation')} atomic are " + ", ".join(said)
    ended = {v for (_, v), b in found.cells.items() if b in ("can crash", "can hang")}
    worst = [v for v in found.variants if v in ended]
    text += f"; operations crash or hang in {', '.join(worst)}" if worst else "; none crashes or hangs"
    known = "; outcomes that must not be were seen of " + ", ".join(f"{o} in {v}" for o, v in sorted(refused))
    return text + (known if refused else "") + "."
