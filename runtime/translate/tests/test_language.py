"""Translated programs, executed by the evaluator, print what this Python prints."""

from __future__ import annotations

import importlib.util
import sys
import tempfile
import unittest
from pathlib import Path

from .helpers import LANGUAGE, programs, run

EVALUATOR = "runtime.translate.tests.evaluator"
SEEDS = range(20)


def random_program(seed: int) -> str:
    spec = importlib.util.spec_from_file_location("random_programs", LANGUAGE / "random_programs.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.program(seed)


class LanguageTest(unittest.TestCase):
    def same(self, path: Path) -> None:
        """Output and exit code; the last line of a traceback, too."""
        expected = run(sys.executable, str(path))
        got = run(sys.executable, "-m", EVALUATOR, str(path))
        self.assertEqual(got.stdout.decode(), expected.stdout.decode(), got.stderr.decode()[-2000:])
        self.assertEqual(got.returncode, expected.returncode, got.stderr.decode()[-2000:])
        self.assertEqual(got.stderr.splitlines()[-1:], expected.stderr.splitlines()[-1:])

    def test_programs(self):
        for path in programs():
            with self.subTest(path.name):
                self.same(path)

    def test_random_programs(self):
        with tempfile.TemporaryDirectory() as folder:
            for seed in SEEDS:
                path = Path(folder) / f"seed{seed}.py"
                path.write_text(random_program(seed), encoding="utf-8")
                with self.subTest(seed=seed):
                    self.same(path)


if __name__ == "__main__":
    unittest.main()
