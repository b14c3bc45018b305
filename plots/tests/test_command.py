"""draw.py: what it writes, that it writes the same twice, and what it says of a poor run."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from plots.draw import FIGURES, draw_run
from plots.tests.synthetic import Plan, write_run

ROOT = Path(__file__).resolve().parents[2]


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs the script as a user would."""
    return subprocess.run(
        [sys.executable, "-m", "plots.draw", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=110
    )  # fmt: skip


class Drawn(unittest.TestCase):
    def setUp(self) -> None:
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = Path(holder.name) / "run"
        self.said: list[str] = []

    def draw(self, plan: Plan) -> set[str]:
        write_run(self.folder, plan)
        return {path.name for path in draw_run(self.folder, say=self.said.append)}

    def test_every_figure_twice_the_same(self) -> None:
        names = self.draw(Plan(processes=3))
        wanted = {f"{figure}.{kind}" for figure in FIGURES for kind in ("svg", "png")}
        self.assertEqual(names, wanted | {"captions.json"})
        self.assertEqual(self.said, [])
        figures = self.folder / "figures"
        before = {path.name: path.read_bytes() for path in figures.iterdir()}
        draw_run(self.folder, say=self.said.append)
        self.assertEqual(before, {path.name: path.read_bytes() for path in figures.iterdir()})
        captions = json.loads(before["captions.json"])
        self.assertEqual(list(captions), list(FIGURES))
        self.assertTrue(all(entry["caption"].endswith(".") for entry in captions.values()))

    def test_figures_without_data_are_named_and_removed(self) -> None:
        self.draw(Plan(processes=3, cells=("count_small", "crossing_dict"), records=False))
        self.said.clear()
        names = self.draw(Plan(processes=3, cells=("count_small",), records=False))
        drawn = ["ladder", "speedup", "heatmap"]
        self.assertEqual(names, {f"{name}.{kind}" for name in drawn for kind in ("svg", "png")} | {"captions.json"})
        self.assertEqual([line.split()[1] for line in self.said], [f for f in FIGURES if f not in drawn])
        self.assertFalse((self.folder / "figures" / "crossing.svg").exists())
        self.assertEqual(list(json.loads((self.folder / "figures" / "captions.json").read_text())), drawn)

    def test_one_variant_only(self) -> None:
        names = self.draw(Plan(processes=3, variants=("object",), cells=("refcount_own", "count_small"), records=False))
        self.assertEqual({name for name in names if name.endswith(".svg")}, {"speedup.svg", "costs.svg"})


class PoorRuns(unittest.TestCase):
    def setUp(self) -> None:
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = write_run(Path(holder.name) / "run", Plan(processes=1, cells=("socket_echo",), records=False))

    def check(self, code: int, words: str) -> None:
        done = command(str(self.folder))
        self.assertEqual(done.returncode, code, done.stderr)
        self.assertNotIn("Traceback", done.stderr)
        self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
        self.assertIn(words, done.stderr)

    def test_missing_folder(self) -> None:
        self.folder = self.folder / "nowhere"
        self.check(2, "no such run folder")

    def test_empty_run_json(self) -> None:
        (self.folder / "run.json").write_text("")
        self.check(2, "run.json")

    def test_no_samples(self) -> None:
        (self.folder / "samples.jsonl").write_text("")
        self.check(2, "no samples")

    def test_damaged_samples(self) -> None:
        with open(self.folder / "samples.jsonl", "a", encoding="utf-8") as out:
            out.write("{not json\n")
        self.check(2, "samples.jsonl")

    def test_damaged_outcomes(self) -> None:
        (self.folder / "outcomes.jsonl").write_text('{"test": 1}\n')
        self.check(2, "outcomes.jsonl:1")

    def test_damaged_trace_is_named(self) -> None:
        write_run(self.folder, Plan(processes=1, cells=("count_small",), records=False))
        (self.folder / "traces").mkdir()
        (self.folder / "traces" / "cut-off.json").write_text('{"traceEvents": [')
        done = command(str(self.folder))
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn("figure timeline left out: the run has no traces (not readable: cut-off.json)", done.stdout)

    def test_no_figure_has_data(self) -> None:
        self.check(1, "no data for any figure")

    def test_not_writable(self) -> None:
        write_run(self.folder, Plan(processes=1, cells=("count_small",)))
        (self.folder / "figures").write_text("in the way")
        self.check(1, "figures")

    def test_cut_off_run_is_drawn(self) -> None:
        write_run(self.folder, Plan(processes=3, state="interrupted", cells=("count_small",)))
        path = self.folder / "samples.jsonl"
        path.write_bytes(path.read_bytes()[:-40])
        done = command(str(self.folder))
        self.assertEqual((done.returncode, done.stderr), (0, ""))


if __name__ == "__main__":
    unittest.main()
