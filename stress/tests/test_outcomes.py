#!/usr/bin/env python3
"""The outcome programs, from outside: what they say, write and exit with.

    test_outcomes.py FOLDER     the folder has outcomes-<variant> for every variant

The hidden tests show that FORBIDDEN, CRASH and HANG can be said at all; the short real runs that
they are said of `unlocked` only.
"""
import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

FOLDER = Path()
SEED = "7"


def run(variant, *arguments):
    """Returns exit code, standard output and error, and the lines written."""
    with tempfile.TemporaryDirectory() as folder:
        jsonl = Path(folder, "outcomes.jsonl")
        result = subprocess.run(
            [FOLDER / f"outcomes-{variant}", "--seed", SEED, "--jsonl", jsonl, *arguments],
            text=True, check=False, timeout=60, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        lines = jsonl.read_text(encoding="utf-8").splitlines() if jsonl.exists() else []
    return result.returncode, result.stdout, result.stderr, [json.loads(line) for line in lines]


def rows(line):
    return {row["outcome"]: row for row in line["outcomes"] + line["unseen"]}


class Judging(unittest.TestCase):
    def test_forbidden_is_said_and_is_exit_code_1(self):
        code, text, _, [line] = run("gil", "--only", "hidden_forbidden", "--seconds", "0.1")
        self.assertEqual(code, 1)
        self.assertIn("1 forbidden", text)
        self.assertEqual(line["verdict"], "FORBIDDEN")

    def test_a_crash_is_counted_in_each_child(self):
        for variant, verdict in (("object", "FORBIDDEN"), ("unlocked", "INTERESTING")):
            code, _, _, [line] = run(variant, "--only", "hidden_crash", "--seconds", "0.2")
            self.assertEqual(code, 1 if verdict == "FORBIDDEN" else 0)
            self.assertGreater(rows(line)["CRASH"]["samples"], 1)
            self.assertEqual((line["verdict"], line["behaviour"]), (verdict, "can crash"))

    def test_a_hang_is_noticed_and_killed(self):
        code, _, _, [line] = run("unlocked", "--only", "hidden_hang", "--seconds", "0.1")
        self.assertEqual(code, 0)
        self.assertEqual(rows(line)["HANG"]["samples"], 1)
        self.assertEqual(line["behaviour"], "can hang")

    def test_one_processor_is_inconclusive(self):
        code, _, _, [line] = run("object", "--only", "list_append_append", "--seconds", "0.3",
                                 "--cpus", "0,0")
        self.assertEqual(code, 0)
        self.assertFalse(line["overlap"]["enough"])
        self.assertEqual((line["verdict"], line["behaviour"]), ("INCONCLUSIVE", "unknown"))


class Findings(unittest.TestCase):
    def test_unlocked_shows_something_in_at_least_eight_tables(self):
        code, _, _, lines = run("unlocked", "--seconds", "3")
        found = [line["test"] for line in lines if line["verdict"] == "INTERESTING"]
        self.assertEqual(code, 0)
        self.assertGreaterEqual(len(found), 8, found)

    def test_each_lock_loses_what_it_is_known_to_lose(self):
        arguments = ["--only", "attribute_increment", "--only", "attribute_increment_call",
                     "--seconds", "1"]
        _, _, _, gil = run("gil", *arguments)
        _, _, _, locks = run("object", *arguments)
        if not all(line["overlap"]["enough"] for line in gil + locks):
            self.skipTest("NOT RUN: the actors did not meet often enough on this machine")
        self.assertEqual([line["behaviour"] for line in gil], ["atomic", "can be lost"])
        self.assertEqual([line["behaviour"] for line in locks], ["can be lost", "can be lost"])


class Lines(unittest.TestCase):
    def test_samples_add_up_and_the_unseen_are_bounded(self):
        _, _, _, [line] = run("object", "--only", "dict_set_get", "--seconds", "0.3")
        self.assertEqual(sum(row["samples"] for row in line["outcomes"]), line["samples"])
        for row in line["unseen"]:
            self.assertAlmostEqual(row["below"], 3 / line["samples"])
        self.assertEqual(set(rows(line)),
                         {"old", "new", "missing", "other", "LEFT", "CRASH", "HANG"})


class Arguments(unittest.TestCase):
    def test_what_is_wrong_is_said_in_one_line(self):
        for wrong in (["--only", "nonsense"], ["--seconds", "0"], ["--seconds", "x"],
                      ["--seed", "-1"], ["--cpus", "0"], ["--cpus", "0,1,2"], ["--what", "1"],
                      ["--seconds"]):
            code, text, error, _ = run("gil", *wrong)
            self.assertEqual((code, text), (2, ""), wrong)
            self.assertEqual(len(error.splitlines()), 1, error)
            self.assertIn(wrong[0], error)

    def test_a_file_that_cannot_be_written_is_exit_code_1(self):
        code, _, error, _ = run("gil", "--only", "raw_increment", "--seconds", "0.1",
                                "--jsonl", "/nonexistent/x")
        self.assertEqual(code, 1)
        self.assertIn("/nonexistent/x", error)


if __name__ == "__main__":
    FOLDER = Path(sys.argv.pop(1))
    unittest.main()
