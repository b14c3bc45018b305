"""What can go wrong while measuring: nothing that was measured is lost."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import time
import unittest
from pathlib import Path
from unittest import mock

from suite import machine, results, run, runner
from suite.errors import InputError, OutsideError
from suite.tests.helpers import Case, command, finished_run, quiet, request

PATIENCE_S = 60


def resume(out: Path) -> None:
    """Completes the run in `out`; commits that were made since it began do not matter here."""
    commit = results.read_meta(out)["commit"]
    with quiet(), mock.patch.object(machine, "commit", return_value=(commit, False)):
        code = run.resume(out, yes=True)
    assert code == 0


class Interrupts(Case):
    def start(self, out: Path, **environment: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            command("run", "--profile", "smoke", "--out", out), cwd=self.folder,
            env=os.environ | environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip

    def wait_for_samples(self, out: Path, child: subprocess.Popen[str]) -> None:
        """Until some windows are there, so that there is something to keep."""
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            samples = out / results.SAMPLES_FILE
            if samples.exists() and samples.read_text().count("\n") >= 30:
                return
            self.assertIsNone(child.poll(), "ended before it was interrupted")
            time.sleep(0.02)
        self.fail("no samples came")

    def interrupt(self, out: Path, number: int = signal.SIGINT) -> tuple[int, str]:
        child = self.start(out, FAKE_WINDOW_S="0.02")
        self.wait_for_samples(out, child)
        child.send_signal(number)
        _, complaint = child.communicate(timeout=PATIENCE_S)
        return child.returncode, complaint

    def test_sigint_keeps_samples_and_resume_completes(self) -> None:
        out = self.folder / "R"
        code, complaint = self.interrupt(out)
        self.assertEqual(code, 130, complaint)
        self.assertEqual(len(complaint.strip().splitlines()), 1, complaint)
        self.assertIn("--resume", complaint)
        kept = results.load(out)
        self.assertEqual(kept.meta["state"], "interrupted")
        self.assertGreaterEqual(len(kept.samples), 25)
        resume(out)
        whole = results.load(out)
        self.assertTrue(whole.complete)
        self.assertEqual(whole.samples[: len(kept.samples)], kept.samples)
        self.assert_all_done(whole)

    def assert_all_done(self, found: results.Run) -> None:
        for planned in found.meta["plan"]:
            if planned["weighed_s"]:
                weighed = {line["variant"] for line in found.memory if line["case"] == planned["case"]}
                self.assertLessEqual(set(planned["variants"]), weighed, planned["case"])
            if not planned["timed"]:
                continue
            mine = [s for s in found.samples if s["case"] == planned["case"]]
            whole = [
                p for p in {s["process"] for s in mine}
                if runner.whole_blocks([s for s in mine if s["process"] == p], planned["variants"])
            ]  # fmt: skip
            self.assertEqual(len(whole), found.meta["processes_planned"], planned["case"])

    def test_sigterm_too(self) -> None:
        code, _ = self.interrupt(self.folder / "R", signal.SIGTERM)
        self.assertEqual(code, 130)
        self.assertEqual(results.load(self.folder / "R").meta["state"], "interrupted")

    def test_resume_of_a_complete_run_does_nothing(self) -> None:
        out = finished_run(self.folder / "R")
        before = (out / results.SAMPLES_FILE).read_bytes()
        with quiet() as printed:
            self.assertEqual(run.resume(out, yes=True), 0)
        self.assertIn("complete", printed.getvalue())
        self.assertEqual((out / results.SAMPLES_FILE).read_bytes(), before)

    def test_resume_on_another_commit_is_refused(self) -> None:
        out = finished_run(self.folder / "R")
        meta = json.loads((out / results.RUN_FILE).read_text())
        meta |= {"state": "interrupted", "commit": "0" * 40}
        (out / results.RUN_FILE).write_text(json.dumps(meta))
        with self.assertRaises(InputError):
            run.resume(out, yes=True)

    def test_resume_cuts_off_half_a_line(self) -> None:
        out = finished_run(self.folder / "R")
        meta = json.loads((out / results.RUN_FILE).read_text())
        (out / results.RUN_FILE).write_text(json.dumps(meta | {"state": "running"}))
        samples = out / results.SAMPLES_FILE
        os.truncate(samples, samples.stat().st_size - 20)
        resume(out)
        self.assert_all_done(results.load(out))


class Failures(Case):
    def fails(self, **environment: str) -> tuple[str, results.Run]:
        out = self.folder / "R"
        with mock.patch.dict(os.environ, environment), quiet():
            with self.assertRaises(OutsideError) as caught:
                run.start(request(out))
        return str(caught.exception), results.load(out, need_samples=False)

    def test_no_permission_to_pin(self) -> None:
        said, left = self.fails(FAKE_FAIL="pin")
        self.assertIn("cannot bind a worker", said)
        self.assertEqual((left.meta["state"], left.samples), ("interrupted", []))

    def test_crash_leaves_whole_lines(self) -> None:
        said, left = self.fails(FAKE_FAIL="crash")
        self.assertIn("SIGSEGV", said)
        self.assertEqual(len(left.samples), 1)
        self.assertFalse(left.truncated)

    def test_lines_that_are_no_samples(self) -> None:
        out = self.folder / "R"
        with mock.patch.dict(os.environ, FAKE_FAIL="garbage"), quiet():
            with self.assertRaises((OutsideError, InputError)) as caught:
                run.start(request(out))
        self.assertNotIn("\n", str(caught.exception))

    def test_a_folder_that_cannot_be_made(self) -> None:
        (self.folder / "file").write_text("")
        answer = self.gilbench("run", "--profile", "smoke", "--out", self.folder / "file" / "R")
        self.assert_one_line(answer, 1, "file")

    def test_full_disk(self) -> None:
        """A limit on file size stands in for the disk: the same error, at the same places."""
        out = self.folder / "R"
        child = subprocess.run(
            command("run", "--profile", "smoke", "--out", out), cwd=self.folder, env=os.environ,
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=PATIENCE_S,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000)),
        )  # fmt: skip
        self.assert_one_line(child, 1, "no room", "--resume")
        left = results.load(out)
        self.assertGreater(len(left.samples), 10)
        resume(out)
        self.assertTrue(results.load(out).complete)

    @unittest.skipUnless(os.geteuid() == 0, "mounting needs root")
    def test_really_full_disk(self) -> None:
        disk = self.folder / "disk"
        disk.mkdir()
        mount = ["mount", "-t", "tmpfs", "-o", "size=96k", "tmpfs", str(disk)]
        if subprocess.run(mount, capture_output=True).returncode != 0:
            self.skipTest("mounting is not allowed here")
        self.addCleanup(subprocess.run, ["umount", "-l", str(disk)], check=True)
        answer = self.gilbench("run", "--profile", "smoke", "--out", disk / "R")
        self.assert_one_line(answer, 1, "no room")
        self.assertGreater(len(results.load(disk / "R").samples), 10)


class Disturbed(Case):
    def test_disturbed_processes_are_repeated_once(self) -> None:
        out = self.folder / "R"
        with mock.patch.dict(os.environ, FAKE_DISTURBED="1"), quiet():
            self.assertEqual(run.start(request(out)), 0)
        found = results.load(out)
        own = {s["process"] for s in found.samples if s["case"] == "refcount_own/threads:1"}
        self.assertEqual(len(own), 6)  # three planned, each repeated under a new number
        self.assertTrue(any("repeated" in warning for warning in found.meta["warnings"]))


class Budget(Case):
    def test_a_spent_budget_is_said(self) -> None:
        from dataclasses import replace

        from suite.tests.helpers import TINY

        with quiet():
            out = self.folder / "R"
            profile = replace(TINY, budget_s=0.001, blocks=None)
            with self.assertRaises(InputError):  # no samples at all, and that is said
                run.start(request(out, profile))
        warnings = results.load(out, need_samples=False).meta["warnings"]
        self.assertTrue(any("budget" in warning for warning in warnings))


if __name__ == "__main__":
    unittest.main()
