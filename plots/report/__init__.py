"""`RUN/report.html`: what a run found, in one file that needs nothing else.

It opens with the answers, in sentences computed from the data (`answers.py`, `races.py`); then
the figures that were drawn, the tables (`tables.py`), machine and method. `page.html` and
`page.css` are the page. No figure of it is written by hand, and none is computed here.
"""

from __future__ import annotations

from pathlib import Path

from .. import data
from .page import render


def write_report(run_dir: Path) -> Path:
    """Writes the report of a run from its data and the figures in its folder; returns its path.

    Raises the suite's InputError if the folder is not a sound run, OSError if the report cannot
    be written.
    """
    path = Path(run_dir) / "report.html"
    path.write_text(render(data.load(Path(run_dir))), encoding="utf-8")
    return path
