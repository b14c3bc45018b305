"""The words of `compare`."""

from __future__ import annotations

import json
import math
import unittest
from pathlib import Path

from suite import beside, compare, results, statistics
from suite.errors import InputError
from suite.tests.helpers import Case, finished_run, quiet


def estimate(**more: object) -> statistics.Estimate:
    given = {
        "case": "c", "base": "gil", "against": "object", "ratio": 1.2, "low": 1.1, "high": 1.3,
        "processes": 6, "blocks": 12, "floor": statistics.Floor(0.01, 6, 1.0), "verdict": "faster",
    } | more  # fmt: skip
    return statistics.Estimate(**given)


class BesideCPython(unittest.TestCase):
    CASE = "lost_update/poll:call/threads:2"

    def sample(self, variant: str, role: str, process: int, lost: int) -> dict[str, object]:
        return {
            "case": self.CASE, "cell": "lost_update", "variant": variant, "role": role, "build": "timed",
            "process": process, "block": 0, "accepted": True, "ops": [500, 500],
            "wall_ns": [10**9, 10**9], "lost": lost, "latency": None,
        }  # fmt: skip

    def lines(self, peers: list[dict[str, object]]) -> list[str]:
        samples = [self.sample("gil", "main", n, 300) for n in range(3)]
        samples += [self.sample("CPython 3.11.2", "peer", n, 200) for n in range(3)]
        plan = [{"case": self.CASE, "cell": "lost_update", "variants": ["gil"]}]
        meta = {"plan": plan, "machine": {"peers": peers}, "seed": 1}
        return list(beside.lines(results.Run(Path("R"), meta, samples)))

    def test_section(self) -> None:
        _, case, ours, theirs = self.lines([{"name": "CPython 3.11.2"}])
        self.assertIn("increments lost", case)
        self.assertEqual(ours.split(), ["gil", "30.0%"])
        self.assertEqual(theirs.split()[:5], ["CPython", "3.11.2", "20.0%", "1.500", "["])

    def test_windows_that_timed_nothing(self) -> None:
        case = "gc_live/objects:1000000/order:random/threads:1"
        ours = self.sample("gil", "main", 0, 0) | {"latency": {"count": 9, "mean": 13e6, "p50": 13e6, "p99": 14e6}}
        theirs = self.sample("CPython 3.11.2", "peer", 0, 0)
        samples = [line | {"case": case, "cell": "gc_live", "threads": 1, "params": {"objects": 10**6}}
                   for line in (ours, theirs)]  # fmt: skip
        plan = [{"case": case, "cell": "gc_live", "variants": ["gil"]}]
        meta = {"plan": plan, "machine": {"peers": [{"name": "CPython 3.11.2"}]}, "seed": 1, "cells": []}
        run = results.Run(Path("R"), meta, samples)
        for lines in (beside.lines(run), compare.case_lines(run, plan[0], "gil", "object")):
            said = next(line for line in lines if "CPython 3.11.2" in line)
            self.assertIn(beside.NOTHING_TIMED, said)
            self.assertNotIn("nan", said)

    def test_nothing_without_a_cpython(self) -> None:
        self.assertEqual(self.lines([]), [])


class Words(unittest.TestCase):
    def test_table(self) -> None:
        for given, expected in (
            ({}, "faster by 20.0% (6 processes)"),
            ({"ratio": 0.9, "verdict": "slower"}, "slower by 10.0% (6 processes)"),
            ({"ratio": 4.0}, "faster, 4 times (6 processes)"),
            ({"ratio": 0.25, "verdict": "slower"}, "slower, 4 times (6 processes)"),
            ({"ratio": 1034.9}, "faster, 1,035 times (6 processes)"),
            ({"ratio": 1.0, "verdict": "equal"}, "equal within 3.0% (6 processes)"),
            ({"processes": 1, "verdict": "inconclusive"}, "inconclusive: too few processes (1 process)"),
        ):
            with self.subTest(expected):
                self.assertEqual(compare.words(estimate(**given)), expected)

    def test_why_inconclusive(self) -> None:
        unknown = statistics.Floor(math.nan, 0, math.nan)
        self.assertIn("not known", compare.words(estimate(verdict="inconclusive", floor=unknown)))
        self.assertIn("holds 1", compare.words(estimate(verdict="inconclusive", low=0.9)))


class Output(Case):
    def test_ladder(self) -> None:
        folder = finished_run(self.folder / "R")
        with quiet() as printed:
            self.assertEqual(compare.compare(folder, None, "gil", "object"), 0)
        text = printed.getvalue()
        for words in ("unlocked -> gil", "gil -> gil-biased", "gil-biased -> object",
                      "object -> object-atomic", "gil -> object", "noise floor", "3 processes",
                      "What does refcount_own cost?", "2 increfs"):  # fmt: skip
            self.assertIn(words, text)

    def test_known_ratios(self) -> None:
        """The fake runner's object-atomic does 0.6 / 0.9 of what its object does."""
        run = results.load(finished_run(self.folder / "R"))
        found = statistics.compare_pair(
            run.samples, "refcount_own/threads:1", "object", "object-atomic"
        )
        self.assertAlmostEqual(found.ratio, 0.6 / 0.9, delta=0.01)
        self.assertEqual(found.verdict, "slower")

    def test_two_runs(self) -> None:
        first, second = finished_run(self.folder / "A"), finished_run(self.folder / "B")
        with quiet():
            self.assertEqual(compare.compare(first, second, "gil", "object"), 0)
        samples = second / results.SAMPLES_FILE
        lines = [json.loads(line) for line in samples.read_text().splitlines()]
        for line in lines:
            if line["variant"] == "object":
                line["ops"] = [count // 2 for count in line["ops"]]
        samples.write_text("".join(json.dumps(line) + "\n" for line in lines))
        with quiet() as printed:
            self.assertEqual(compare.compare(first, second, "gil", "object"), 1)
        self.assertIn("slower, 2 times", printed.getvalue())

    def test_nothing_in_common(self) -> None:
        first, second = finished_run(self.folder / "A"), finished_run(self.folder / "B")
        samples = second / results.SAMPLES_FILE
        samples.write_text(samples.read_text().replace("/threads:", "/other:"))
        with quiet(), self.assertRaises(InputError):
            compare.compare(first, second, "gil", "object")


if __name__ == "__main__":
    unittest.main()
