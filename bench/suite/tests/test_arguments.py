"""Wrong command lines and inputs: one line that says what, the right exit code, no traceback."""

from __future__ import annotations

import subprocess
import tempfile
import unittest
from pathlib import Path

from suite.cli import main, thread_list
from suite.locations import ROOT
from suite.tests.helpers import Case, finished_run, quiet

# Command line, and words that the one line must have.
WRONG = (
    ((), ("COMMAND",)),
    (("frobnicate",), ("frobnicate", "run")),
    (("run", "--profile", "huge"), ("huge", "quick")),
    (("run", "--prof", "quick"), ("--prof",)),
    (("run", "--suite", "nope"), ("nope", "refcount")),
    (("run", "--variant", "nogil"), ("nogil", "object-atomic")),
    (("run", "--variant", "gil,nogil"), ("nogil",)),
    (("run", "--threads", "0"), ("--threads", "0")),
    (("run", "--threads", "-1"), ("--threads",)),
    (("run", "--threads", "1,,2"), ("1,,2",)),
    (("run", "--threads", "two"), ("two",)),
    (("run", "--threads", "1.5"), ("1.5",)),
    (("run", "--threads", "99999999"), ("99999999",)),
    (("run", "--threads", "1" * 400), ("--threads",)),
    (("run", "--threads", ""), ("--threads",)),
    (("run", "--threads"), ("--threads",)),
    (("run", "--seed", "-4"), ("--seed",)),
    (("run", "--seed", "lucky"), ("lucky",)),
    (("run", "--python", "/nowhere/python3"), ("/nowhere/python3",)),
    (("run", "--resume", "/nowhere"), ("/nowhere", "no such")),
    (("run", "--resume", "/nowhere", "--profile", "quick"), ("--profile",)),
    (("run", "--suite", "mixed", "--threads", "1"), ("nothing to run",)),
    (("run", "extra"), ("extra",)),
    (("compare",), ("RUN",)),
    (("compare", "/nowhere"), ("/nowhere", "no such")),
    (("plot",), ("RUN",)),
    (("plot", "/nowhere"), ("/nowhere", "no such")),
    (("stress", "--seconds", "0"), ("--seconds",)),
    (("stress", "--seconds", "soon"), ("soon",)),
    (("stress", "--variant", "nogil"), ("nogil", "unlocked")),
    (("test", "--some"), ("--some",)),
    (("list", "--fast"), ("--fast",)),
    (("exec",), ("FILE.py",)),
    (("exec", "--dis"), ("FILE.py",)),
    (("exec", "--variant", "nogil", "x.py"), ("nogil", "object-atomic")),
    (("exec", "--dis", "--ladder", "x.py"), ("--dis", "--ladder")),
    (("exec", "/nowhere/x.py"), ("/nowhere/x.py", "No such file")),
    (("exec", "--ladder", "/nowhere/x.py"), ("/nowhere/x.py", "No such file")),
    (("demo", "extra"), ("extra",)),
)


class Wrong(Case):
    def test_table(self) -> None:
        for arguments, words in WRONG:
            with self.subTest(arguments=arguments):
                self.assert_wrong(list(arguments), *words)

    def assert_wrong(self, arguments: list[str], *words: str) -> None:
        with quiet() as printed:
            code = main(arguments)
        text = printed.getvalue()
        self.assertEqual(code, 2, text)
        self.assertEqual(len(text.strip().splitlines()), 1, text)
        for word in words:
            self.assertIn(word, text)

    def test_out_that_is_taken(self) -> None:
        taken = finished_run(self.folder / "R")
        self.assert_wrong(["run", "--out", str(taken)], "--resume")
        (self.folder / "other").mkdir()
        (self.folder / "other" / "file").write_text("")
        self.assert_wrong(["run", "--out", str(self.folder / "other")], "not empty")
        self.assert_wrong(["run", "--out", str(self.folder / "other" / "file")], "a file")

    def test_compare_with_unknown_variant(self) -> None:
        folder = str(finished_run(self.folder / "R"))
        self.assert_wrong(["compare", folder, "--base", "nogil"], "nogil")

    def test_as_a_process(self) -> None:
        self.assert_one_line(self.gilbench("run", "--threads", "0"), 2, "--threads")
        self.assertNotIn("Traceback", self.gilbench("nope").stderr)

    def test_thread_list(self) -> None:
        self.assertEqual(thread_list("4,1,2,2"), (1, 2, 4))


class Right(Case):
    def test_help_of_every_command(self) -> None:
        for name in ("run", "exec", "demo", "test", "compare", "plot", "stress", "list", "doctor"):
            with self.subTest(name), quiet() as printed, self.assertRaises(SystemExit) as ended:
                main([name, "--help"])
            self.assertEqual(ended.exception.code, 0)
            self.assertIn("usage", printed.getvalue())

    def test_list(self) -> None:
        with quiet() as printed:
            self.assertEqual(main(["list"]), 0)
        for word in ("refcount_own", "What does refcount_own cost?", "object-atomic", "quick"):
            self.assertIn(word, printed.getvalue())

    def test_run_from_start_to_figures(self) -> None:
        answer = self.gilbench("run", "--yes", "--profile", "smoke", "--out", "my run", "--seed", "1")
        self.assertEqual(answer.returncode, 0, answer.stderr)
        self.assertIn("gil to object", answer.stdout)
        self.assertTrue((self.folder / "my run" / "run.json").exists())


class Launcher(unittest.TestCase):
    def test_from_elsewhere_through_a_link_with_spaces(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder, "a place with spaces")
            place.mkdir()
            (place / "root").symlink_to(ROOT)
            (place / "first").symlink_to("root/gilbench")
            (place / "second").symlink_to(place / "first")
            for program in ("./first", str(place / "second"), "root/gilbench"):
                with self.subTest(program):
                    answer = subprocess.run(
                        [program, "run", "--threads", "0"], cwd=place, capture_output=True, text=True
                    )
                    self.assertEqual(answer.returncode, 2, answer.stderr)
                    self.assertIn("--threads", answer.stderr)

    def test_a_folder_of_the_user_does_not_shadow_ours(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            for name in ("suite", "statistics", "plots", "json"):
                Path(folder, f"{name}.py").write_text("raise SystemExit(99)\n")
            answer = subprocess.run(
                [str(ROOT / "gilbench"), "list", "--nope"], cwd=folder, capture_output=True
            )
            self.assertEqual(answer.returncode, 2)


if __name__ == "__main__":
    unittest.main()
