"""The piece of the convoy figure that says how many increments are lost, by engine."""

from __future__ import annotations

from typing import Iterable

from . import heat, style
from .data import LEAST_PROCESSES, Absolute, Case, RunData, statistics

CELL = "lost_update"
WAYS = {"edge": "x.v += 1", "call": "x.v = f(x.v)"}
LEFT_OUT = ("unlocked", "object-atomic")  # they say no more than object does, and hide the others
ROW, HEAD = 0.19, 0.52
NONE, SOME = "#bfe3d6", "#f5d48b"

Shares = dict[tuple[str, str], Absolute]  # by engine and where it polls


def engines(run: RunData, case: Case) -> list[str]:
    """Variants and peers that took part, without those that are left out."""
    return [v for v in run.variants(case, peers=True) if v not in LEFT_OUT]


def told(engine: str) -> bool:
    """Whether captions tell of an engine: the two disciplines, and other people's."""
    return engine in ("gil", "object") or engine not in style.LOOKS


def in_order(present: Iterable[str]) -> list[str]:
    """Engines in the order of the ladder, peers last."""
    found = set(present)
    return [v for v in style.LOOKS if v in found] + sorted(found - style.LOOKS.keys())


def shares(run: RunData) -> Shares:
    """The share of increments that is lost."""
    found = {}
    for case in run.of_cell(CELL):
        for variant in engines(run, case):
            share = run.absolute(case, variant, statistics.lost_share)
            if share:
                found[variant, dict(case.params)["poll"]] = share
    return found


def height(found: Shares) -> float:
    """Inches that the table takes."""
    return HEAD + ROW * len({v for v, _ in found}) if found else 0.0


def draw(sheet: style.Sheet, found: Shares, left: float, below: float) -> None:
    """A table of engines and ways to increment, `below` inches above the lower edge."""
    rows = in_order(v for v, _ in found)
    columns = [poll for poll in WAYS if any(p == poll for _, p in found)]
    panel = sheet.axes(left, below + 0.24, style.WIDTH - left - style.EDGE, ROW * len(rows))
    tiles = [[tile(found.get((v, poll))) for poll in columns] for v in rows]
    heat.draw(panel, tiles, rows, [WAYS[poll] for poll in columns])
    panel.tick_params(axis="y", pad=1)
    panel.set_title("increments lost", weight="bold")


def tile(share: Absolute | None) -> heat.Tile | None:
    """The share that is lost; None where it was not measured."""
    if share is None:
        return None
    return heat.Tile(share_words(share), SOME if share.value else NONE, share.processes >= LEAST_PROCESSES)


def share_words(share: Absolute) -> str:
    """'12.3%', 'none'."""
    return f"{100 * share.value:.3g}%" if share.value else "none"


def words(found: Shares) -> str:
    """'Of increments x.v += 1 are lost: none in gil, 31% in object.'"""
    said = [f"{share_words(a)} in {v}" for (v, poll), a in found.items() if poll == "edge" and told(v)]
    return f"Of increments {WAYS['edge']} are lost: {', '.join(said)}." if said else ""
