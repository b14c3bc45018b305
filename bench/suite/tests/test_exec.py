"""`gilbench exec` and `demo` on the interpreters of the build that is tested."""

from __future__ import annotations

import os
import signal
import subprocess
import unittest
from pathlib import Path
from unittest import mock

from suite import demo, execute
from suite.tests.helpers import Case

BUILT = os.environ.get("GILBENCH_BUILT_EXEC", "")


class Exec(Case):
    def setUp(self) -> None:
        super().setUp()
        patch = mock.patch.dict(os.environ, {"GILBENCH_EXEC": BUILT})
        patch.start()
        self.addCleanup(patch.stop)

    def exec(self, source: str, *arguments: str, before: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
        (self.folder / "prog.py").write_text(source, encoding="utf-8")
        return self.gilbench("exec", *before, "prog.py", *arguments)

    def test_output_and_status_are_the_programs(self) -> None:
        for variant in execute.SAFE_VARIANTS:
            answer = self.exec("print(1 + 1)\nraise SystemExit(7)\n", before=("--variant", variant))
            self.assertEqual((answer.returncode, answer.stdout, answer.stderr), (7, "2\n", ""))

    def test_uncaught(self) -> None:
        answer = self.exec("def f():\n    return 1 // 0\n\n\nf()\n")
        self.assertEqual(answer.returncode, 1)
        self.assertEqual(answer.stderr.splitlines(), [
            "Traceback (most recent call last):", '  File "prog.py", line 5, in <module>',
            '  File "prog.py", line 2, in f',
            "ZeroDivisionError: integer division or modulo by zero",
        ])  # fmt: skip

    def test_refused_programs(self) -> None:
        answer = self.exec("x = 1\n\ndef f():\n    yield x\n")
        self.assert_one_line(answer, 2, "prog.py:4: ", "generators")
        self.assert_one_line(self.exec("x = = 1\n"), 2, "prog.py:1: ")

    def test_disassembly(self) -> None:
        answer = self.exec("print(5)\n", before=("--dis",))
        self.assertEqual(answer.returncode, 0)
        self.assertIn("LOADGLOBAL", answer.stdout)

    def test_a_program_that_interrupts_itself_ends_by_the_signal(self) -> None:
        answer = self.exec("raise KeyboardInterrupt\n")
        self.assertEqual(answer.returncode, -signal.SIGINT)
        self.assertIn("KeyboardInterrupt", answer.stderr)

    def test_account(self) -> None:
        if not Path(BUILT, "gilbench-exec-gil-account").exists():
            self.skipTest("this build has no account flavour")
        answer = self.exec("x = [[] for i in range(100)]\n", before=("--account",))
        self.assertEqual(answer.returncode, 0)
        counted = dict(line.split()[1:3] for line in answer.stderr.splitlines())
        self.assertGreaterEqual(int(counted["alloc_objects"]), 100)

    def test_ladder(self) -> None:
        answer = self.exec("print('seconds', 1)\nprint('sum', 2)\n", before=("--ladder",))
        self.assertEqual(answer.returncode, 0, answer.stdout + answer.stderr)
        for variant in execute.SAFE_VARIANTS:
            self.assertIn(variant, answer.stdout)

    def test_ladder_sees_outputs_that_differ(self) -> None:
        one, other, failed = (
            execute.Engine(name, [], {}, [1.0], found)
            for name, found in (("one", (0, "a\nseconds 1\nb\n")), ("other", (0, "a\nseconds 2\nc\n")),
                                ("failed", (1, "a\nseconds 1\nb\n")))
        )  # fmt: skip
        self.assertIn("line 3", "\n".join(execute._table([one, other])))
        self.assertIn("exit status 1", "\n".join(execute._table([one, failed])))


class Demo(unittest.TestCase):
    def test_every_program_of_the_walkthrough_is_a_lesson(self) -> None:
        files = [lesson.file for lesson in demo.lessons()]
        self.assertEqual(files, sorted(demo.WALKTHROUGH.glob("*.py")))
        self.assertTrue(all(lesson.text.strip() for lesson in demo.lessons()))


if __name__ == "__main__":
    unittest.main()
