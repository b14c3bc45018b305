"""Figure: which operations are atomic in a Python program, on which engine.

The same tiles as in `atomicity.py`, for the races as programs (stress/programs): on the
interpreters of the safe variants and on each CPython.
"""

from __future__ import annotations

from . import atomicity
from .data import NoData, RunData
from .drawing import Drawing

TITLE = "Which operations are atomic in a Python program"
BUILD = "programs, two threads on two CPUs, switch interval 1 us"


def draw(run: RunData) -> Drawing:
    """The figure. Raises NoData if no programs were raced."""
    if not run.races:
        raise NoData("the run has no races of programs (outcomes.jsonl)")
    return atomicity.tiles(run, run.races, TITLE, BUILD)
