"""Figure: how often two actors' race ends otherwise than one after the other.

A row per test, a panel per variant. The mark is the share of outcomes that surprise; where none
was seen an arrow points left from the share that they are below, at 95% (three over the number
of samples). The grey bar is how often the actors really met, which bounds what can be seen.
"""

from __future__ import annotations

from typing import Sequence

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from . import style
from .atomicity import BUILD
from .data import NoData, RunData, counted, outcomes
from .drawing import Drawing
from .outcome_tables import Table, tables

TITLE = "How often a race ends in a surprise"
ROW, WIDEST, SIZE = 0.165, 2.5, style.FOOT_SIZE
POWERS = {1e-6: "10⁻⁶", 1e-3: "10⁻³", 1.0: "1"}
LEAST = 1e-8  # nothing is drawn below
FORBIDDEN = "#c00000"


def draw(run: RunData) -> Drawing:
    """The figure. Raises NoData if the run has no outcome tables."""
    if not run.outcomes:
        raise NoData("the run has no outcome tables (outcomes.jsonl)")
    found = tables(run.outcomes)
    tests = {test: table.operation for (test, _), table in found.items()}
    variants = outcomes.summary(run.outcomes).variants
    sentence = caption(list(found.values()), variants)
    left = min(max(style.text_width(name, SIZE) for name in tests.values()), WIDEST) + style.EDGE + 0.08
    body = ROW * len(tests) + 0.76
    sheet = style.Sheet(TITLE, sentence, run.footer([], BUILD), body, legend(list(found.values())))
    panels = sheet.grid(
        1, len(variants), left=left, right=0.16, above=0.22, below=0.5, across=0.14, down=0
    )[0]  # fmt: skip
    for panel, variant in zip(panels, variants):
        for row, test in enumerate(tests):
            if row % 2:
                panel.axhspan(row - 0.5, row + 0.5, color="#f5f5f5", lw=0, zorder=0)
            if (test, variant) in found:
                draw_row(panel, row, found[test, variant])
        finish(panel, variant, len(tests), least(list(found.values())))
    panels[0].set_yticks(range(len(tests)), [style.shortened(name, WIDEST, SIZE) for name in tests.values()])
    panels[0].set_xlabel("share of the races, log scale", loc="left")
    return Drawing(sheet.figure, TITLE, sentence)


def least(found: list[Table]) -> float:
    """Left end of the scale: a little left of all that is drawn."""
    shown = [share for t in found for share in (t.surprising or t.below, t.overlap) if share > 0]
    return max(min(shown, default=1e-6) / 6, LEAST)


def draw_row(panel: Axes, row: int, table: Table) -> None:
    """One test on one variant."""
    if table.overlap > 0:
        panel.vlines(table.overlap, row - 0.36, row + 0.36, color=style.FAINT, lw=2.2, zorder=2)
    if table.surprising > 0:
        shape = style.look(table.variant)
        colour = FORBIDDEN if table.forbidden else shape.colour
        panel.plot([table.surprising], [row], marker=shape.marker, ms=4.2, mfc=colour, mec=colour, zorder=4)
    else:
        panel.plot([table.below], [row], zorder=4, **arrow(table.enough))
    if table.disasters > 0:
        panel.plot([table.disasters], [row], zorder=5, **DISASTER)


def arrow(enough: bool) -> dict:
    """The mark of what was not seen, hollow where the actors met too seldom."""
    return {"marker": "<", "ms": 4.5, "ls": "none", "mfc": style.SOFT if enough else "white", "mec": style.SOFT}


DISASTER = {"marker": "x", "ms": 5, "mew": 1.3, "ls": "none", "color": FORBIDDEN}


def legend(found: list[Table]) -> list[Line2D]:
    """What the marks are, those that occur."""
    entries = [
        Line2D([], [], ls="none", marker="o", ms=5, color=style.INK, label="surprises seen"),
        Line2D([], [], label="none seen: below 3/N at 95%", **arrow(True)),
    ]
    if any(not t.enough and not t.surprising for t in found):
        entries.append(Line2D([], [], label="... and too few overlaps", **arrow(False)))
    if any(t.disasters for t in found):
        entries.append(Line2D([], [], label="of them crash or hang", **DISASTER))
    if any(t.forbidden for t in found):
        entries.append(Line2D([], [], ls="none", marker="o", ms=5, color=FORBIDDEN, label="must not be"))
    entries.append(Line2D([], [], ls="none", marker="|", ms=8, mew=2.2, color=style.FAINT, label="actors overlapped"))
    return entries


def finish(panel: Axes, variant: str, rows: int, low: float) -> None:
    """The axes of a variant's panel."""
    panel.set_title(variant, weight="bold", size=style.SMALL_SIZE, color=style.INK)
    panel.set_xscale("log")
    panel.set_xlim(low, 2.0)
    panel.set_ylim(rows - 0.5, -0.5)
    panel.set_yticks(range(rows), [])
    panel.tick_params(axis="y", length=0, labelsize=SIZE, pad=1)
    panel.grid(False, axis="y")
    panel.spines["left"].set_visible(False)
    panel.xaxis.set_major_locator(FixedLocator([share for share in POWERS if share >= low]))
    panel.xaxis.set_major_formatter(FuncFormatter(lambda share, _: POWERS.get(share, "")))
    panel.xaxis.set_minor_locator(NullLocator())
    panel.tick_params(axis="x", labelsize=SIZE)


def share_words(share: float) -> str:
    """'1%', '10 ppm'."""
    return f"{100 * share:.3g}%" if share >= 0.999e-4 else f"{1e6 * share:.2g} ppm"


def caption(found: list[Table], variants: Sequence[str]) -> str:
    """In each variant: how many tests surprised, and the test that surprised most often."""
    said = []
    for variant in variants:
        mine = [t for t in found if t.variant == variant]
        odd = [t for t in mine if t.surprising > 0]
        worst = max(odd, key=lambda t: t.surprising, default=None)
        head = f"{len(odd)} of {counted(len(mine), 'test')} in {variant}"
        said.append(f"{head} (at most {share_words(worst.surprising)}, {worst.test})" if worst else head)
    return f"Surprising outcomes were seen in {', '.join(said)}."
