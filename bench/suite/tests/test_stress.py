"""`gilbench stress` and what is made of outcome lines, with programs that race nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import unittest
from pathlib import Path
from unittest import mock

from suite import outcomes, races, stress
from suite.errors import InputError, OutsideError
from suite.locations import VARIANTS
from suite.tests.fake_outcomes import line
from suite.tests.helpers import Case, command

FAKE = Path(__file__).with_name("fake_outcomes.py")


def write(folder: Path, *lines: object, end: str = "") -> Path:
    """A folder with these lines in outcomes.jsonl."""
    text = "".join(json.dumps(each) + "\n" for each in lines) + end
    (folder / "outcomes.jsonl").write_text(text, encoding="utf-8")
    return folder


class StressCase(Case):
    """A test with fake stress programs in the environment."""

    def setUp(self) -> None:
        super().setUp()
        self.programs = self.folder / "programs"
        self.programs.mkdir()
        for name in [f"{part}-{variant}" for part in ("outcomes", "torture", "faults", "gilbench-exec") for variant in VARIANTS]:
            script = self.programs / name
            script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -I -S "{FAKE}" "$0" "$@"\n')
            script.chmod(0o755)
        # On this PATH there is no CPython.
        places = {"GILBENCH_STRESS": str(self.programs), "GILBENCH_EXEC": str(self.programs), "PATH": str(self.programs)}
        patch = mock.patch.dict(os.environ, places)
        patch.start()
        self.addCleanup(patch.stop)
        self.out = self.folder / "out"


class Command(StressCase):
    def test_everything(self) -> None:
        answer = self.gilbench("stress", "--seconds", "4", "--seed", "7", "--out", self.out)
        self.assertEqual(answer.returncode, 0, answer.stderr)
        lines, programs = outcomes.parts(outcomes.load_outcomes(self.out))
        self.assertEqual(len(lines), 15)
        self.assertEqual(len(programs), 4 * len(races.operations()))
        self.assertEqual([each["variant"] for each in lines[::3]], list(VARIANTS))
        self.assertEqual(answer.stdout.count("fake torture"), 4)
        self.assertEqual(answer.stdout.count("fake faults"), 4)
        self.assertRegex(answer.stdout, r"(?m)^x\.v \+= 1 +can crash +atomic +atomic +can be lost +can be lost$")
        self.assertRegex(answer.stdout, r"(?m)^ +gil exec +gil-biased exec +object exec +object-atomic exec$")
        self.assertRegex(answer.stdout, r"(?m)^x\.v \+= 1 +atomic +unknown +can be lost +can be lost$")

    def test_forbidden_is_exit_code_1(self) -> None:
        answer = self.gilbench("stress", "--variant", "gil", "--out", self.out,
                               FAKE_FORBIDDEN="list_append_append")  # fmt: skip
        self.assertEqual(answer.returncode, 1)
        self.assertIn("FAILED: gil: list_append_append", answer.stdout)

    def test_a_failed_torture_is_exit_code_1(self) -> None:
        answer = self.gilbench("stress", "--variant", "gil,object", "--out", self.out,
                               FAKE_FAIL="torture")  # fmt: skip
        self.assertEqual(answer.returncode, 1)
        self.assertIn("FAILED: torture-gil, torture-object", answer.stdout)

    def test_a_failed_call_that_nobody_saw_is_exit_code_1(self) -> None:
        answer = self.gilbench("stress", "--variant", "gil", "--out", self.out, FAKE_FAIL="faults")
        self.assertEqual(answer.returncode, 1)
        self.assertIn("FAILED: faults-gil", answer.stdout)

    def test_only_one_test(self) -> None:
        answer = self.gilbench("stress", "--only", "raw_increment", "--out", self.out)
        self.assertEqual(answer.returncode, 0, answer.stderr)
        self.assertEqual({each["test"] for each in outcomes.load_outcomes(self.out)}, {"raw_increment"})
        self.assertNotIn("torture", answer.stdout)

    def test_unlocked_alone_is_not_tortured(self) -> None:
        answer = self.gilbench("stress", "--variant", "unlocked", "--out", self.out)
        self.assertEqual(answer.returncode, 0, answer.stderr)
        self.assertNotIn("torture", answer.stdout)

    def test_only_one_race_of_programs(self) -> None:
        answer = self.gilbench("stress", "--only", "attribute_increment_mutex", "--out", self.out)
        self.assertEqual(answer.returncode, 0, answer.stderr)
        self.assertEqual({each["test"] for each in outcomes.load_outcomes(self.out)}, {"attribute_increment_mutex"})

    def test_a_cpython_of_ones_own(self) -> None:
        answer = self.gilbench("stress", "--only", "list_append_append", "--variant", "unlocked", "--seconds", "1",
                               "--python", sys.executable, "--out", self.out)  # fmt: skip
        self.assertEqual(answer.returncode, 0, answer.stderr)
        lines = outcomes.parts(outcomes.load_outcomes(self.out))[1]
        self.assertEqual([each["variant"].split()[0] for each in lines], ["CPython"])
        self.assertGreater(lines[0]["samples"], 1000)

    def test_an_interpreter_that_crashes_or_fails(self) -> None:
        how = ("stress", "--variant", "gil", "--only", "list_increment", "--out", self.out)
        self.assert_one_line(self.gilbench(*how, FAKE_FAIL="exec"), 1, "gil exec", "list_increment", "NameError")
        answer = self.gilbench(*how, FAKE_FAIL="crash")
        self.assertEqual(answer.returncode, 1, answer.stderr)
        self.assertIn("FAILED: gil exec: list_increment", answer.stdout)

    def test_wrong_input(self) -> None:
        answer = self.gilbench("stress", "--only", "nonsense", "--out", self.out)
        self.assert_one_line(answer, 2, "nonsense", "attribute_increment")
        taken = self.folder / "taken"
        taken.mkdir()
        self.assert_one_line(self.gilbench("stress", "--out", write(taken)), 2, "taken")

    def test_a_program_that_fails(self) -> None:
        answer = self.gilbench("stress", "--out", self.out, FAKE_FAIL="program")
        self.assert_one_line(answer, 1, "no more processes")

    def test_interrupt_keeps_what_is_done(self) -> None:
        process = subprocess.Popen(
            command("stress", "--variant", "gil", "--out", self.out),
            env=os.environ | {"FAKE_TABLE_S": "0.5"}, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip
        end = time.monotonic() + 60
        while not (self.out / "outcomes.jsonl").exists() and time.monotonic() < end:
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGINT)
        text, error = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130, text + error)
        self.assertIn("x.v += 1", text)
        self.assertTrue(1 <= len(outcomes.load_outcomes(self.out)) < 3)


class Record(StressCase):
    def test_appends_to_a_folder(self) -> None:
        folder = write(self.folder, line("raw_increment", "gil", 1))
        shown: list[object] = []
        lines = stress.record(folder, 1.0, ("gil", "object"), 7, show=shown.append)
        self.assertEqual(lines, shown)
        self.assertEqual(len(lines), 6)
        self.assertEqual(outcomes.load_outcomes(folder)[1:], lines)

    def test_failure_is_said(self) -> None:
        with mock.patch.dict(os.environ, {"FAKE_FAIL": "program"}):
            with self.assertRaisesRegex(OutsideError, "no more processes"):
                stress.record(self.folder, 1.0, ("gil",), 7)


class Loading(Case):
    def test_none(self) -> None:
        self.assertEqual(outcomes.load_outcomes(self.folder), [])

    def test_half_a_line_is_left_out(self) -> None:
        whole = line("raw_increment", "gil", 1)
        write(self.folder, whole, end='{"test": "raw')
        self.assertEqual(outcomes.load_outcomes(self.folder), [whole])

    def test_what_is_wrong_is_said(self) -> None:
        good = line("raw_increment", "gil", 1)
        for wrong, words in (
            ({**good, "behaviour": "fine"}, "jsonl:2: behaviour"),
            ({**good, "samples": -1}, "samples"),
            ({key: good[key] for key in good if key != "overlap"}, "overlap"),
            ([], "jsonl:2"),
        ):
            write(self.folder, good, wrong)
            with self.assertRaisesRegex(InputError, words):
                outcomes.load_outcomes(self.folder)


class Summing(unittest.TestCase):
    def test_the_worst_wins_and_the_ladder_is_kept(self) -> None:
        lines = [line("attribute_increment", variant, 1) for variant in ("object", "gil")]
        lines.append({**lines[1], "behaviour": "can crash"})
        found = outcomes.summary(lines)
        self.assertEqual(found.variants, ("gil", "object"))
        self.assertEqual(found.operations, ("x.v += 1",))
        self.assertEqual(found.cells["x.v += 1", "gil"], "can crash")
        self.assertEqual(found.cells["x.v += 1", "object"], "can be lost")

    def test_unknown_hides_atomic_and_nothing_else(self) -> None:
        good = line("raw_increment", "gil", 1)
        for behaviour, worst in (("atomic", "unknown"), ("can be lost", "can be lost")):
            pair = [{**good, "behaviour": "unknown"}, {**good, "behaviour": behaviour}]
            self.assertEqual(set(outcomes.summary(pair).cells.values()), {worst})

    def test_a_variant_that_was_not_run_is_a_dash(self) -> None:
        lines = [line("raw_increment", "gil", 1), line("attribute_increment", "object", 1)]
        text = outcomes.table(outcomes.summary(lines))
        self.assertRegex(text[1], r"n\+\+ .* +atomic +-$")
        self.assertRegex(text[2], r"x\.v \+= 1 +- +can be lost$")

    def test_words_name_what_is_forbidden(self) -> None:
        with mock.patch.dict(os.environ, {"FAKE_FORBIDDEN": "raw_increment"}):
            text = outcomes.words(line("raw_increment", "gil", 1))
        self.assertIn("1: 10.00% FORBIDDEN of 1000 (overlapped 500)", text)


if __name__ == "__main__":
    unittest.main()
