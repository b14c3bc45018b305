"""`gilbench exec` and `demo` on the interpreters of the build that is tested."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import time
import unittest
from pathlib import Path
from unittest import mock

from suite import demo, execute
from suite.tests.helpers import Case, command

BUILT = os.environ.get("GILBENCH_BUILT_EXEC", "")


class Programs(Case):
    """Tests that run programs."""

    def setUp(self) -> None:
        super().setUp()
        patch = mock.patch.dict(os.environ, {"GILBENCH_EXEC": BUILT})
        patch.start()
        self.addCleanup(patch.stop)

    def exec(self, source: str, *arguments: str, before: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
        (self.folder / "prog.py").write_text(source, encoding="utf-8")
        return self.gilbench("exec", *before, "prog.py", *arguments)


class Exec(Programs):
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


# What the main thread is at when Ctrl-C comes; each has said so on stdout before.
INTERRUPTED = (
    "while True:\n    pass\n",
    "import time\ntime.sleep(100)\n",
    "import threading\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()\n",
    "import threading\nthreading.Event().wait()\n",
    "import queue\nqueue.Queue().get()\n",
)
CAUGHT = """import threading, time
stop = []
def spin():
    while not stop:
        pass
spinner = threading.Thread(target=spin)
spinner.start()
print("ready", flush=True)
try:
    spinner.join()
except KeyboardInterrupt:
    print("caught")
    stop.append(1)
    spinner.join()
"""


class Ends(Programs):
    """How a program ends that nobody lets end well."""

    def interrupted(self, source: str, variant: str) -> tuple[int, str, str]:
        (self.folder / "prog.py").write_text(source, encoding="utf-8")
        with subprocess.Popen(
            command("exec", "--variant", variant, "prog.py"), cwd=self.folder, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        ) as process:  # fmt: skip
            self.assertEqual(process.stdout.readline(), "ready\n")
            time.sleep(0.05)  # between a thread's last look and its sleep no signal wakes it
            process.send_signal(signal.SIGINT)
            rest, errors = process.communicate(timeout=60)
        return process.returncode, rest, errors

    def test_control_c(self) -> None:
        for number, source in enumerate(INTERRUPTED):
            variant = ("gil", "object")[number % 2]
            with self.subTest(source, variant=variant):
                status, _, errors = self.interrupted('print("ready", flush=True)\n' + source, variant)
                self.assertEqual(status, -signal.SIGINT, errors)
                self.assertEqual(errors.splitlines()[0], "Traceback (most recent call last):")
                self.assertEqual(errors.splitlines()[-1], "KeyboardInterrupt")

    def test_control_c_that_is_caught(self) -> None:
        for variant in ("gil", "object"):
            self.assertEqual(self.interrupted(CAUGHT, variant), (0, "caught\n", ""))

    def test_no_memory(self) -> None:
        source = "x = []\nwhile True:\n    x.append([0] * 100000)\n"
        (self.folder / "prog.py").write_text(source, encoding="utf-8")
        answer = subprocess.run(
            command("exec", "prog.py"), cwd=self.folder, text=True, capture_output=True, timeout=100,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (1 << 29, 1 << 29)),
        )  # fmt: skip
        self.assertEqual(answer.returncode, 1, answer.stderr)
        self.assertIn("MemoryError", answer.stderr.splitlines()[-1])

    def test_endless_recursion(self) -> None:
        answer = self.exec("def f(n):\n    return f(n + 1)\n\n\nf(0)\n")
        self.assertEqual(answer.returncode, 1)
        self.assertIn("RecursionError: maximum recursion depth exceeded", answer.stderr.splitlines()[-1])

    def test_a_thread_that_dies_is_reported_and_the_others_go_on(self) -> None:
        answer = self.exec(
            "import threading\n\n\ndef die():\n    raise ValueError('why')\n\n\n"
            "t = threading.Thread(target=die, name='Dier')\nt.start()\nt.join()\nprint('on')\n"
        )  # fmt: skip
        self.assertEqual((answer.returncode, answer.stdout), (0, "on\n"))
        lines = answer.stderr.splitlines()
        self.assertEqual(lines[0], "Exception in thread Dier:")
        self.assertEqual(lines[-1], "ValueError: why")

    def test_corrupt_assembly(self) -> None:
        self.exec("print(1)\n")
        (kept,) = (self.folder / "__pycache__").iterdir()
        text = kept.read_text(encoding="utf-8")
        for number, broken in enumerate((text[: len(text) // 2], text.replace("CALL r", "CALL r9"), "", "\0" * 99)):
            file = self.folder / f"broken{number}.gba"
            file.write_text(broken, encoding="utf-8")
            line = [str(Path(BUILT, "gilbench-exec-gil")), str(file)]
            answer = subprocess.run(line, capture_output=True, text=True, timeout=60)
            self.assert_one_line(answer, 2, f"{file}:")


class Demo(Programs):
    def test_it_runs(self) -> None:
        answer = self.gilbench("demo")
        self.assertEqual((answer.returncode, answer.stderr), (0, ""))
        self.assertEqual(answer.stdout.count("with a lock: 40000 of 40000"), 2)
        self.assertIn(f"object, {demo.CONVOY[1]} echoes:\n    checksum {demo.CONVOY[1]}\n", answer.stdout)

    def test_every_program_of_the_walkthrough_is_a_lesson(self) -> None:
        files = [lesson.file for lesson in demo.lessons()]
        self.assertEqual(files, sorted(demo.WALKTHROUGH.glob("*.py")))
        self.assertTrue(all(lesson.text.strip() for lesson in demo.lessons()))


if __name__ == "__main__":
    unittest.main()
