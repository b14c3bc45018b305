"""`gilbench test` itself: what is counted as passed, failed and not run."""

from __future__ import annotations

import tempfile
import unittest
from pathlib import Path
from unittest import mock

from suite import doctor, test
from suite.tests.helpers import quiet

REPORT = """<?xml version="1.0" encoding="UTF-8"?>
<testsuite name="x" tests="4" failures="1" disabled="0" skipped="2">
 <testcase name="good" status="run"/>
 <testcase name="bad" status="fail"><failure message=""/><system-out>why it failed</system-out></testcase>
 <testcase name="torture" status="notrun"><skipped message="SKIP_REGULAR_EXPRESSION_MATCHED"/>
  <system-out>ThreadSanitizer: unexpected memory mapping</system-out></testcase>
 <testcase name="absent" status="notrun"><skipped message="Unable to find executable"/></testcase>
</testsuite>
"""


class Junit(unittest.TestCase):
    def read(self, text: str) -> tuple[test.Tally, str]:
        with tempfile.TemporaryDirectory() as folder, quiet() as printed:
            report = Path(folder, "junit.xml")
            report.write_text(text)
            return test.read_junit(report, "tsan"), printed.getvalue()

    def test_counts(self) -> None:
        tally, said = self.read(REPORT)
        self.assertEqual((tally.passed, tally.failed), (["tsan: good"], ["tsan: bad"]))
        self.assertEqual(tally.not_run, ["tsan: torture", "tsan: absent"])
        self.assertIn("why it failed", said)
        self.assertIn("torture: NOT RUN: the sanitizer cannot live", said)
        self.assertIn("absent: NOT RUN: Unable to find", said)

    def test_a_broken_report_is_a_failure(self) -> None:
        for text in ("", "<testsuite>", "<testsuite/>"):
            self.assertEqual(self.read(text)[0].failed, ["tsan: ctest"])


class Jobs(unittest.TestCase):
    def run_job(self, tally: test.Tally) -> test.Tally:
        job = next(job for job in test.OTHERS if job.name == "tsan")
        with (
            mock.patch.object(doctor, "sanitizer", return_value=("plain", "")),
            mock.patch.object(test.build, "build"),
            mock.patch.object(test, "_ctest"),
            mock.patch.object(test, "read_junit", return_value=tally),
            quiet(),
        ):
            return test._run_job(job)

    def test_the_negative_control_must_be_there(self) -> None:
        self.assertEqual(len(self.run_job(test.Tally(passed=["tsan: torture.gil"])).failed), 1)
        control = f"tsan: {test.NEGATIVE_CONTROL}"
        self.assertEqual(self.run_job(test.Tally(passed=[control])).failed, [])
        self.assertEqual(self.run_job(test.Tally(not_run=[control])).failed, [])

    def test_a_sanitizer_that_cannot_run_is_no_pass(self) -> None:
        with mock.patch.object(doctor, "sanitizer", return_value=("not", "why")), quiet() as said:
            tally = test._run_job(next(job for job in test.OTHERS if job.name == "tsan"))
        self.assertEqual((tally.passed, tally.not_run), ([], ["tsan"]))
        self.assertIn("NOT RUN: why", said.getvalue())
        self.assertIn("sysctl", said.getvalue())

    def run_all(self, tally: test.Tally, everything: bool) -> tuple[int, str]:
        with (
            mock.patch.object(test.install, "ensure"),
            mock.patch.object(test, "_run_job", side_effect=lambda job: tally),
            quiet() as said,
        ):
            return test.run(everything=everything, yes=True), said.getvalue().splitlines()[-1]

    def test_last_line(self) -> None:
        good = test.Tally(passed=["a"])
        self.assertEqual(self.run_all(good, False), (0, "1 passed, 0 failed"))
        self.assertEqual(self.run_all(good, True), (0, f"{1 + len(test.OTHERS)} passed, 0 failed"))
        mixed = test.Tally(passed=["a"], not_run=["b"])
        self.assertEqual(self.run_all(mixed, False), (0, "1 passed, 0 failed"))
        self.assertEqual(self.run_all(mixed, True), (1, f"{1 + len(test.OTHERS)} passed, {1 + len(test.OTHERS)} failed"))
        self.assertEqual(self.run_all(test.Tally(), False)[0], 1)


if __name__ == "__main__":
    unittest.main()
