"""Figure: how much memory an object takes, by kind, arrays and all.

What a process that makes many objects of a kind has more of, over their number. Each kind holds
nothing but None: a tuple and a list two, a dict five values, an instance three attributes. The
CPythons of the machine made the same.
"""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from . import style
from .data import LEAST_PROCESSES, Absolute, NoData, RunData, statistics
from .drawing import Drawing
from .losses import in_order, told

TITLE = "Memory of an object"
CELL = "object_memory"
NAMES = {
    "int": "int", "float": "float", "str": "str, 8 bytes", "tuple": "tuple of 2", "list": "list of 2",
    "dict": "dict of 5", "instance": "instance, 3 attributes",
}  # fmt: skip
TICKS = (16, 32, 48, 64, 96, 128, 192, 256, 384, 512)
DOT, GAP, LEFT = 0.075, 0.1, 1.55

Weights = dict[str, dict[str, Absolute]]  # by kind and engine


def draw(run: RunData) -> Drawing:
    """The figure. Raises NoData if no object's memory was looked at."""
    found = bytes_of(run)
    if not found:
        raise NoData(f"no object's memory was looked at (cell {CELL})")
    engines = in_order(engine for known in found.values() for engine in known)
    sentence = caption(found)
    row = len(engines) * DOT + GAP
    legend = [style.handle(v, line=False) for v in engines]
    sheet = style.Sheet(TITLE, sentence, run.footer([]), len(found) * row + 0.6, legend)
    panel = sheet.axes(LEFT, 0.5, style.WIDTH - LEFT - 0.3, len(found) * row)
    draw_panel(panel, found, engines)
    return Drawing(sheet.figure, TITLE, sentence)


def bytes_of(run: RunData) -> Weights:
    """Bytes of an object of each kind, in every engine that made some."""
    found: Weights = {}
    for line in run.run.memory:
        kind = line["params"].get("kind")
        if line["cell"] == CELL and line["variant"] not in found.get(kind, {}):
            each = run.weighed(line["case"], line["variant"], statistics.bytes_per_object)
            if each and each.value > 0:
                found.setdefault(kind, {})[line["variant"]] = each
    return {kind: found[kind] for kind in NAMES if kind in found}


def draw_panel(panel: Axes, found: Weights, engines: list[str]) -> None:
    """A row per kind, a dot per engine."""
    for row, known in enumerate(found.values()):
        for engine, each in known.items():
            y = row + (engines.index(engine) - (len(engines) - 1) / 2) * 0.8 / len(engines)
            sure = each.processes >= LEAST_PROCESSES
            style.dot(panel, each.value, y, each.low, each.high, engine, sure=sure, size=4.5)
        if row % 2:
            panel.axhspan(row - 0.5, row + 0.5, color="#f5f5f5", lw=0, zorder=0)
    values = [each.value for known in found.values() for each in known.values()]
    panel.set_ylim(len(found) - 0.5, -0.5)
    panel.set_yticks(range(len(found)), [NAMES[kind] for kind in found])
    panel.tick_params(axis="y", length=0)
    panel.grid(False, axis="y")
    panel.spines["left"].set_visible(False)
    panel.set_xscale("log")
    panel.set_xlim(min(values) / 1.2, max(values) * 1.2)
    panel.xaxis.set_major_locator(FixedLocator(list(TICKS)))
    panel.xaxis.set_minor_locator(NullLocator())
    panel.xaxis.set_major_formatter(FuncFormatter(lambda x, _: f"{x:g}"))
    panel.set_xlabel("bytes, log scale", loc="left")


def caption(found: Weights) -> str:
    """'In bytes, an int takes 33 in gil, 33 in object, 32 in CPython 3.11.2; an instance ...'"""
    parts = []
    for kind, article in (("int", "an int"), ("list", "a list of two"), ("instance", "an instance with three attributes")):
        known = {e: a for e, a in found.get(kind, {}).items() if told(e)}
        said = [f"{known[e].value:.0f} in {e}" for e in in_order(known)]
        parts += [f"{article} takes {', '.join(said)}"] if said else []
    text = "; ".join(parts) or "what objects take"
    return f"In bytes, {text}."
