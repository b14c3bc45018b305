"""Draws every figure whose data a run has: `python3 -m plots.draw RUN [--only NAME]`.

Writes `RUN/figures/NAME.svg` and `.png`, and `RUN/figures/captions.json`. A figure that lacks
data is named in one line, with what is missing, and the others are drawn.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import sys
from pathlib import Path
from typing import Callable

if __package__ in (None, ""):  # started as a file: make the package findable
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from plots import data, style
from plots.drawing import Drawing

FIGURES = (
    "ladder", "speedup", "crossing", "crossing_map", "heatmap", "latency", "costs",
    "convoy", "gil_time", "timeline", "allocation", "collector", "footprint",
    "program_speedup", "program_ladder", "program_cpython", "atomicity", "engines", "outcomes",
)  # fmt: skip


def draw_run(
    run_dir: Path, figures: tuple[str, ...] = FIGURES, say: Callable[[str], None] = print
) -> list[Path]:
    """Draws the figures of a run and returns the files written, captions.json last.

    `say` is given one line for each figure that lacks data. Raises the suite's InputError if
    the folder is not a sound run, OSError if the figures cannot be written.
    """
    run = data.load(Path(run_dir))
    folder = Path(run_dir) / "figures"
    written: list[Path] = []
    captions: dict[str, dict[str, str]] = {}
    with style.applied():
        for name in figures:
            drawing = _draw_one(run, name, say)
            if drawing is not None:
                folder.mkdir(exist_ok=True)
                written += style.save(drawing.figure, folder / name, drawing.title, drawing.caption)
                captions[name] = {"title": drawing.title, "caption": drawing.caption}
            else:
                _remove(folder / name)
    if captions:
        written.append(_write_captions(folder / "captions.json", captions))
    return written


def _draw_one(run: data.RunData, name: str, say: Callable[[str], None]) -> Drawing | None:
    """One figure, or None and a line that says what it lacks."""
    try:
        return importlib.import_module(f"plots.{name}").draw(run)
    except data.NoData as missing:
        say(f"figure {name} left out: {missing}")
        return None


def _remove(stem: Path) -> None:
    """Takes away what an earlier call drew of a figure that the data no longer give."""
    for suffix in (".svg", ".png"):
        stem.with_suffix(suffix).unlink(missing_ok=True)


def _write_captions(path: Path, captions: dict[str, dict[str, str]]) -> Path:
    """Adds to the captions there are (`--only` draws one figure and keeps the others')."""
    known: dict[str, dict[str, str]] = {}
    if path.exists():
        try:
            known = json.loads(path.read_text(encoding="utf-8"))
        except ValueError:
            pass  # a damaged file of ours is written anew
    known.update(captions)
    kept = {name: known[name] for name in FIGURES if name in known and path.with_name(f"{name}.svg").exists()}
    path.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def main(arguments: list[str] | None = None) -> int:
    """The command line. 0 drawn, 1 not one figure or not writable, 2 the run is wrong."""
    parser = argparse.ArgumentParser(prog="plots", description=__doc__.splitlines()[0])
    named = os.environ.get("RUN")
    parser.add_argument("run", type=Path, nargs="?" if named else None, default=named,
                        help="a run folder; without it, what RUN in the environment names")  # fmt: skip
    parser.add_argument("--only", choices=FIGURES, help="draw this figure only")
    given = parser.parse_args(arguments)
    run = Path(given.run)
    try:
        written = draw_run(run, (given.only,) if given.only else FIGURES)
    except OSError as error:
        print(f"plots: {error.filename}: {error.strerror}", file=sys.stderr)
        return 1
    except data.InputError as error:
        print(f"plots: {error}", file=sys.stderr)
        return 2
    if not written:
        print(f"plots: {run}: the run has no data for any figure", file=sys.stderr)
        return 1
    print(f"{len([p for p in written if p.suffix == '.svg'])} figures in {run / 'figures'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
