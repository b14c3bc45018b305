"""CPythons beside: finding and naming them, what their program writes, runs with them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import unittest
from typing import Any
from unittest import mock

from suite import commands, peers, profiles, results, run
from suite.errors import InputError
from suite.tests.helpers import Case, quiet, request

CASES = (
    "reacquire/interval:500/threads:2", "convoy_echo/interval:500/threads:1",
    "convoy_echo/interval:500/threads:2", "lost_update/poll:edge/threads:2",
    "lost_update/poll:call/threads:2", "gc_live/objects:500/order:random/threads:1",
    "gc_live/objects:500/order:linear/threads:2",
    "gc_garbage/share:50/objects:500/order:linear/threads:1", "gc_young/objects:5000/threads:1",
    "gc_cycles/threads:2", "read_dict/kind:counted/threads:2", "read_list/kind:immortal/threads:1",
)  # fmt: skip
WEIGHED = "object_memory/objects:50000/kind:{}/threads:1"
LOST = profiles.Profile(
    "lost", "for tests", rounds=3, threads=(2,), budget_s=None, blocks=1,
    choices=(profiles.Choice("lost_update", (2,), {"poll": ("edge",)}, ("gil", "object")),
             profiles.Choice("count_small", (1,), variants=("gil", "object"))),
    traces=(("lost_update/poll:edge/threads:2", "gil"),),
)  # fmt: skip
CASE = "lost_update/poll:edge/threads:2"
SHORT_MS = 100


def measure(*flags: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-s", str(peers.PROGRAM), *flags], env=peers.environment(),
        capture_output=True, text=True, timeout=100,
    )  # fmt: skip


class Program(unittest.TestCase):
    def line(self, case: str) -> dict[str, Any]:
        done = measure(f"--case={case}", f"--window-ms={SHORT_MS}", "--name=CPython 1", "--process=7")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(len(done.stdout.splitlines()), 1)
        return json.loads(done.stdout)

    def test_every_cell_writes_valid_samples(self) -> None:
        cells = {case.split("/")[0] for case in (*CASES, WEIGHED)}
        self.assertEqual(cells, set(peers.CELLS))
        for case in CASES:
            with self.subTest(case):
                line = self.line(case)
                self.assertEqual(list(results.validator("sample").iter_errors(line)), [])
                self.assertEqual((line["variant"], line["role"], line["process"]), ("CPython 1", "peer", 7))
                self.assertEqual(len(line["ops"]), line["threads"])
                self.assertGreater(sum(line["ops"]), 0)
                self.assertTrue(line["bound"])

    def test_memory_is_what_the_objects_take(self) -> None:
        for kind, least in (("float", 24), ("list", 56), ("instance", 48)):
            with self.subTest(kind):
                line = self.line(WEIGHED.format(kind))
                self.assertEqual(list(results.validator("memory").iter_errors(line)), [])
                grown = line["resident"]["peak"] - line["resident"]["start"]
                self.assertGreater(grown / line["ops"][0], 0.95 * least)
                self.assertLess(grown / line["ops"][0], 4 * line["sizeof"])

    def test_histograms_are_the_runners(self) -> None:
        latency = self.line("convoy_echo/interval:500/threads:1")["latency"]
        self.assertEqual(sum(count for _, count in latency["buckets"]), latency["count"])
        self.assertLessEqual(latency["min"], latency["p50"])
        self.assertLessEqual(latency["p50"], latency["p99"])
        for bound, _ in latency["buckets"]:  # ends of sixteenths of powers of two
            shift = max((bound + 1).bit_length() - 6, 0)
            self.assertEqual((bound + 1) % (1 << shift), 0, bound)

    def test_a_window_is_longer_than_what_it_is_to_hold(self) -> None:
        done = measure("--case=gc_live/objects:20000/order:random/threads:1", "--window-ms=0.1")
        self.assertGreater(json.loads(done.stdout)["window_ms"], 0.3)

    def test_one_expression_loses_nothing_under_a_gil(self) -> None:
        line = self.line(CASE)
        if sys.version_info >= (3, 10) and getattr(sys, "_is_gil_enabled", lambda: True)():
            self.assertEqual(line["lost"], 0)

    def test_wrong_flags_are_one_line(self) -> None:
        for flags in ((), ("--case=nope/threads:2",), ("--case=reacquire",), ("--case=lost_update/threads:2",),
                      ("--case=gc_live/objects:0/order:random/threads:1",),
                      (f"--case={CASE}", "--cpus=x"), ("--nonsense",)):  # fmt: skip
            with self.subTest(flags):
                done = measure(*flags)
                self.assertEqual(done.returncode, 2, done.stderr)
                self.assertEqual(len(done.stderr.strip().splitlines()), 1, done.stderr)

    def test_an_interrupt_ends_it(self) -> None:
        child = subprocess.Popen(
            [sys.executable, str(peers.PROGRAM), f"--case={CASE}", "--window-ms=600", "--windows=100"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert child.stdout is not None
        json.loads(child.stdout.readline())  # it is in its second window now
        child.send_signal(signal.SIGINT)
        child.communicate(timeout=60)
        self.assertEqual(child.returncode, 130)


class Names(unittest.TestCase):
    PEER = {
        "implementation": "CPython", "version": "3.14.0", "gil": False, "free_threaded_build": True,
        "executable": "/x/python3",
    }  # fmt: skip

    def test_names_are_unique(self) -> None:
        with mock.patch.object(peers, "ask", return_value=self.PEER):
            found = peers.named(["python3", "python3", "python3"])
        self.assertEqual([peer["name"] for peer in found],
                         ["CPython 3.14.0t", "CPython 3.14.0t (2)", "CPython 3.14.0t (3)"])  # fmt: skip

    def test_the_old_are_refused(self) -> None:
        with mock.patch.object(peers, "ask", return_value=self.PEER | {"version": "3.8.18"}):
            with self.assertRaises(InputError) as caught:
                peers.named(["python3"])
        self.assertIn("3.9", str(caught.exception))

    def test_runs_do_not_tell_where_peers_are(self) -> None:
        self.assertNotIn("executable", peers.facts(self.PEER))

    def test_their_environment_changes_nothing(self) -> None:
        with mock.patch.dict(os.environ, {"PYTHONDONTWRITEBYTECODE": "1", "PATH": "/bin"}):
            self.assertNotIn("PYTHONDONTWRITEBYTECODE", peers.environment())
            self.assertEqual(peers.environment()["PATH"], "/bin")


class Shims(Case):
    def test_shims_and_second_ones_of_a_version_are_left_out(self) -> None:
        for folder in ("a", "shims", "b"):
            (self.folder / folder).mkdir()
            (self.folder / folder / "python3").symlink_to(sys.executable)
        path = os.pathsep.join(str(self.folder / folder) for folder in ("shims", "a", "b"))
        with mock.patch.dict(os.environ, {"PATH": path}):
            self.assertEqual(len(peers.on_path()), 1)


class Runs(Case):
    """Runs with the fake runner and a peer that is real, or fails."""

    def measured(self, out: str = "R", **more: Any) -> results.Run:
        with quiet():
            code = run.start(request(self.folder / out, LOST, pythons=[sys.executable], **more))
        self.assertEqual(code, 0)
        return results.load(self.folder / out)

    def test_a_peer_joins(self) -> None:
        found = self.measured()
        (peer,) = found.meta["machine"]["peers"]
        lines = [s for s in found.samples if s["variant"] == peer["name"]]
        self.assertEqual({line["case"] for line in lines}, {CASE})
        self.assertEqual(sorted(line["process"] for line in lines), [0, 1, 2])
        self.assertEqual(found.meta["processes_done"], 3)
        self.assertEqual(found.meta["switch_interval_us"], 5000)
        self.assertTrue(commands.trace_file(found.folder, CASE, "gil").exists())

    def test_a_peer_that_fails_is_a_warning(self) -> None:
        broken = self.folder / "broken.py"
        broken.write_text("raise SystemExit('no such luck')\n", encoding="utf-8")
        with mock.patch.object(peers, "PROGRAM", broken):
            found = self.measured()
        self.assertTrue(found.complete)
        (warning,) = [text for text in found.meta["warnings"] if text.startswith("left out")]
        self.assertIn("no such luck", warning)
        self.assertEqual({s["role"] for s in found.samples}, {"main", "copy"})

    def test_resuming_runs_the_peers_that_are_missing(self) -> None:
        whole = self.measured()
        kept = [json.dumps(s) for s in whole.samples if s["role"] != "peer" or s["process"] == 1]
        samples = whole.folder / results.SAMPLES_FILE
        samples.write_text("".join(line + "\n" for line in kept), encoding="utf-8")
        results.write_meta(whole.folder, whole.meta | {"state": "interrupted"})
        commands.trace_file(whole.folder, CASE, "gil").unlink()
        with quiet(), mock.patch.object(run.machine, "commit", return_value=(whole.meta["commit"], False)):
            run.resume(whole.folder, [sys.executable], yes=True)
        again = results.load(whole.folder)
        processes = [s["process"] for s in again.samples if s["role"] == "peer"]
        self.assertEqual(sorted(processes), [0, 1, 2])
        self.assertTrue(commands.trace_file(whole.folder, CASE, "gil").exists())

    def test_a_peer_that_is_gone_is_a_warning(self) -> None:
        whole = self.measured()
        results.write_meta(whole.folder, whole.meta | {"state": "interrupted"})
        kept = [json.dumps(s) for s in whole.samples if s["role"] != "peer"]
        samples = whole.folder / results.SAMPLES_FILE
        samples.write_text("".join(line + "\n" for line in kept), encoding="utf-8")
        with quiet(), mock.patch.object(run.machine, "commit", return_value=(whole.meta["commit"], False)), \
                mock.patch.object(peers, "on_path", return_value=[]):
            run.resume(whole.folder, yes=True)
        warnings = results.read_meta(whole.folder)["warnings"]
        self.assertTrue(any("not found again" in text for text in warnings), warnings)


if __name__ == "__main__":
    unittest.main()
