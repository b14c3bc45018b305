"""Programs on engines: the table, a process, runs with interpreters that know no language."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import unittest
from pathlib import Path
from typing import Any
from unittest import mock

from suite import compare, peers, plan, profiles, programs, results, run
from suite.errors import OutsideError
from suite.locations import SAFE_VARIANTS
from suite.tests.helpers import Case, interpreter, quiet, request

FIB = "fib.py/threads:2"
TWO = profiles.Profile(
    "two", "for tests", rounds=3, threads=(1,), budget_s=None, blocks=1,
    choices=(profiles.Choice("fib.py", (1, 2)),
             profiles.Choice("counter.py", (1,), {"way": ("locked",)}, ("gil", "object")),
             profiles.Choice("count_small", (1,), variants=("gil", "object"))),
)  # fmt: skip
PROCESSES = 3 * plan.PROGRAM_RUNS  # of an engine on a program


class Table(unittest.TestCase):
    def test_every_program_has_a_row_and_every_row_a_program(self) -> None:
        self.assertEqual(sorted(path.name for path in programs.FOLDER.glob("*.py")), sorted(programs.CELLS))

    def test_each_asks_a_question(self) -> None:
        for cell in programs.cells():
            self.assertTrue(cell["question"].endswith("?"), cell["cell"])
            self.assertEqual(cell["topic"], "programs")

    def test_every_engine_can_be_given_every_program(self) -> None:
        for cell in programs.CELLS:
            self.assertTrue(programs.translated(cell).exists(), cell)

    def test_whose_the_operations_are(self) -> None:
        self.assertEqual(programs.operations("sleep_fan.py", 3), [150, 150, 150])
        self.assertEqual(programs.operations("convoy.py", 3), [2000, 0, 0])
        self.assertEqual(programs.operations("queue_pipeline.py", 4), [150_000, 0, 150_000, 0])

    def test_arguments(self) -> None:
        self.assertEqual(programs.arguments("fib.py", {}, 2), ["2", "30"])
        self.assertEqual(programs.arguments("counter.py", {"way": "bare"}, 1), ["bare", "1", "1000000"])

    def test_disagreements_name_who_printed_what(self) -> None:
        lines = [{"case": f"fib.py/threads:{threads}", "variant": variant, "threads": threads, "checksum": checksum}
                 for variant, threads, checksum in (("gil", 1, "5"), ("object", 2, "5"), ("object", 1, "6"))]  # fmt: skip
        self.assertEqual(programs.disagreements(lines[:2]), [])
        (sentence,) = programs.disagreements(lines)
        for word in ("fib.py", "5 by gil on 1 thread, object on 2 threads", "6 by object on 1 thread"):
            self.assertIn(word, sentence)


class Process(Case):
    """bench/peers/program.py, which is given any command line."""

    def program(self, does: str, *flags: str) -> subprocess.CompletedProcess[str]:
        file = self.folder / "any.py"
        file.write_text(does, encoding="utf-8")
        return subprocess.run(
            [sys.executable, "-s", str(peers.PROGRAM_RUNNER), f"--case={FIB}", "--ops=10,10",
             "--name=object", "--process=3", *flags, "--", sys.executable, str(file)],
            env=peers.environment(), capture_output=True, text=True, timeout=100,
        )  # fmt: skip

    def test_a_line_of_samples(self) -> None:
        done = self.program("print('checksum (1, 2)'); print('lost 4'); print('seconds 0.5')")
        self.assertEqual(done.returncode, 0, done.stderr)
        line = json.loads(done.stdout)
        self.assertEqual(list(results.validator("sample").iter_errors(line)), [])
        self.assertEqual((line["checksum"], line["lost"], line["variant"]), ("(1, 2)", 4, "object"))
        self.assertEqual((line["process"], line["ops"], line["wall_ns"]), (3, [10, 10], [500_000_000] * 2))
        self.assertTrue(line["accepted"])

    def test_a_real_program_on_this_python(self) -> None:
        done = subprocess.run(
            [sys.executable, str(peers.PROGRAM_RUNNER), "--case=fib.py/threads:2", "--ops=1,1", "--role=peer",
             "--", sys.executable, str(programs.source("fib.py")), "2", "12"],
            env=peers.environment(), capture_output=True, text=True, timeout=100,
        )  # fmt: skip
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(json.loads(done.stdout)["checksum"], "144")

    def test_failures_are_one_line(self) -> None:
        for does, words in (
            ("raise ValueError('no luck')", "ValueError: no luck"),
            ("print('checksum 1')", "did not print"),
            ("print('checksum 1'); print('seconds soon')", "did not print"),
            ("import os; os.abort()", "SIGABRT"),
            ("import sys; sys.exit(7)", "exit code 7"),
        ):
            done = self.program(does)
            self.assertEqual(done.returncode, 1)
            self.assertIn(words, done.stderr)
            self.assertEqual((len(done.stderr.splitlines()), done.stdout), (1, ""), done.stderr)

    def test_an_account_is_what_the_build_left(self) -> None:
        said = "print('checksum 1'); print('seconds 1')"
        wrote = "import sys; print('account incref 3 count', file=sys.stderr); "
        line = json.loads(self.program(wrote + said, "--account").stdout)
        self.assertEqual(list(results.validator("account").iter_errors(line)), [])
        self.assertEqual(line["account"], {"incref": 3})
        self.assertIn("no account", self.program(said, "--account").stderr)

    def test_an_interrupt_ends_it(self) -> None:
        started = self.folder / "started"
        file = self.folder / "long.py"
        file.write_text(f"open({str(started)!r}, 'w'); import time; time.sleep(60)", encoding="utf-8")
        child = subprocess.Popen(
            [sys.executable, str(peers.PROGRAM_RUNNER), f"--case={FIB}", "--ops=1,1", "--", sys.executable, str(file)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        while not started.exists() and child.poll() is None:
            time.sleep(0.01)
        child.send_signal(signal.SIGINT)
        child.communicate(timeout=50)
        self.assertEqual(child.returncode, 130)


class Pins(Case):
    """The library that binds threads, where it was built."""

    LIBRARY = Path(os.environ.get("GILBENCH_BUILT_RUNNER") or "nowhere").with_name("libgilbench-pin.so")
    ASKS = """
import os, threading
where = []
workers = [threading.Thread(target=lambda: where.append(sorted(os.sched_getaffinity(0)))) for _ in range(3)]
for w in workers:
    w.start(); w.join()
print("checksum", where); print("seconds", 1)
"""

    def line(self, does: str, cpus: list[int]) -> subprocess.CompletedProcess[str]:
        file = self.folder / "where.py"
        file.write_text(does, encoding="utf-8")
        return subprocess.run(
            [sys.executable, str(peers.PROGRAM_RUNNER), "--case=fib.py/threads:3", "--ops=1,1,1",
             f"--cpus={','.join(map(str, cpus))}", f"--pin={self.LIBRARY}", "--", sys.executable, str(file)],
            env=peers.environment(), capture_output=True, text=True, timeout=100,
        )  # fmt: skip

    @unittest.skipUnless(LIBRARY.exists(), "the library is not built")
    def test_threads_go_round_the_units(self) -> None:
        usable = sorted(os.sched_getaffinity(0))[:2]
        line = json.loads(self.line(self.ASKS, usable).stdout)
        self.assertEqual(json.loads(line["checksum"]), [[usable[i % len(usable)]] for i in range(3)])
        self.assertTrue(line["bound"] and line["accepted"])

    @unittest.skipUnless(LIBRARY.exists(), "the library is not built")
    def test_who_cannot_be_bound_fails(self) -> None:
        done = self.line(self.ASKS, [1000])
        self.assertEqual(done.returncode, 1)
        self.assertIn("cannot bind", done.stderr)

    @unittest.skipUnless(LIBRARY.exists(), "the library is not built")
    def test_who_moves_is_not_believed(self) -> None:
        moved = "os.sched_setaffinity(0, os.sched_getaffinity(os.getpid()))"
        if len(os.sched_getaffinity(0)) < 2:
            self.skipTest("there is nowhere to move to")
        line = json.loads(self.line(self.ASKS.replace("where.append(", f"({moved}, where.append(").replace(
            "(0)))) for", "(0))))) for"), [0, 1]).stdout)  # fmt: skip
        self.assertFalse(line["bound"] or line["accepted"])


class Runs(Case):
    """Whole runs, whose interpreters print what they are told to."""

    def setUp(self) -> None:
        super().setUp()
        self.engines = self.folder / "exec"
        patch = mock.patch.object(peers, "on_path", return_value=[])
        patch.start()
        self.addCleanup(patch.stop)

    def start(self, **more: Any) -> int:
        with quiet() as printed:
            try:
                return run.start(request(self.folder / "R", TWO, **more))
            finally:
                self.printed = printed.getvalue()

    def warnings(self) -> list[str]:
        return [text for text in results.read_meta(self.folder / "R")["warnings"] if "program failed" in text]

    def test_every_safe_variant_runs_in_processes_of_its_own(self) -> None:
        self.assertEqual(self.start(), 0)
        found = results.load(self.folder / "R")
        mine = [s for s in found.samples if s["case"] == FIB]
        self.assertEqual(sorted({(s["variant"], s["process"]) for s in mine}),
                         sorted((v, n) for v in SAFE_VARIANTS for n in range(PROCESSES)))  # fmt: skip
        accounts = [line["variant"] for line in found.accounts if line["case"] == FIB]
        self.assertEqual(sorted(accounts), sorted(SAFE_VARIANTS))
        self.assertEqual(found.meta["processes_done"], 3)
        self.assertEqual(found.cell("fib.py")["operation"], "a call")
        self.assertIn("2 of 2 with one checksum", self.printed)

    def test_a_peer_runs_them_too(self) -> None:
        quick = programs.Program("fib", programs.CPU, "Fast?", "a call", 10, 177)
        interpreter(self.engines, "gil", "echo checksum 55; echo seconds 0.5")
        with mock.patch.dict(programs.BY_CELL, {"fib.py": quick}):
            self.assertEqual(self.start(suites=["fib.py"], variants=("gil",), pythons=[sys.executable]), 0)
        found = results.load(self.folder / "R")
        (peer,) = found.meta["machine"]["peers"]
        theirs = [s for s in found.samples if s["role"] == "peer"]
        self.assertEqual({(s["variant"], s["checksum"]) for s in theirs}, {(peer["name"], "55")})
        self.assertEqual(len(theirs), 2 * PROCESSES)
        with quiet() as printed:
            compare.compare(self.folder / "R", None, "gil", "object")
        self.assertIn(f"speed on one thread over {peer['name']}", printed.getvalue())

    def test_another_checksum_fails_the_run(self) -> None:
        interpreter(self.engines, "object", "echo checksum 18; echo seconds 0.2")
        with self.assertRaises(OutsideError):
            self.start()
        self.assertEqual(len(self.warnings()), 2)
        self.assertIn("18 by object on 1 thread, object on 2 threads", self.warnings()[0])
        self.assertTrue(results.load(self.folder / "R").complete)

    def test_who_cannot_run_a_program_fails_the_run_and_only_that(self) -> None:
        interpreter(self.engines, "object", "echo 'no such word' >&2; exit 1")
        with self.assertRaises(OutsideError):
            self.start()
        self.assertEqual(len(self.warnings()), 3)
        self.assertTrue(all("on object: no such word" in text for text in self.warnings()))
        found = results.load(self.folder / "R")
        self.assertEqual({s["variant"] for s in found.samples if s["case"] == FIB},
                         set(SAFE_VARIANTS) - {"object"})  # fmt: skip
        self.assertEqual(len([s for s in found.samples if s["case"] == FIB]), 3 * PROCESSES)

    def test_resuming_runs_what_is_missing(self) -> None:
        self.assertEqual(self.start(), 0)
        whole = results.load(self.folder / "R")
        lines = whole.samples + whole.accounts
        kept = [s for s in lines if not (s["case"] == FIB and s["variant"] == "gil" and s["process"] != 1)]
        text = "".join(json.dumps(s) + "\n" for s in kept)
        (whole.folder / results.SAMPLES_FILE).write_text(text, encoding="utf-8")
        results.write_meta(whole.folder, whole.meta | {"state": "interrupted"})
        with quiet(), mock.patch.object(run.machine, "commit", return_value=(whole.meta["commit"], False)):
            run.resume(whole.folder, yes=True)
        again = results.load(whole.folder)
        mine = [s["process"] for s in again.samples if (s["case"], s["variant"]) == (FIB, "gil")]
        self.assertEqual(sorted(mine), list(range(PROCESSES)))
        self.assertEqual(len(again.samples), len(whole.samples))
        self.assertEqual(len(again.accounts), len(whole.accounts))


if __name__ == "__main__":
    unittest.main()
