"""Translated programs, executed by the evaluator, print what this Python prints."""

from __future__ import annotations

import importlib.util
import os
import sys
import tempfile
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import List

from .helpers import LANGUAGE, programs, run

EVALUATOR = "runtime.translate.tests.evaluator"
SEEDS = range(20)


def random_program(seed: int) -> str:
    spec = importlib.util.spec_from_file_location("random_programs", LANGUAGE / "random_programs.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.program(seed)


def outcome(*command: str) -> tuple:
    """What was printed, the exit code, the last line of a traceback."""
    done = run(sys.executable, *command)
    return done.stdout.decode(), done.returncode, done.stderr.decode().splitlines()[-1:]


class LanguageTest(unittest.TestCase):
    def same(self, paths: List[Path]) -> None:
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            expected = pool.map(lambda path: outcome(str(path)), paths)
            found = pool.map(lambda path: outcome("-m", EVALUATOR, str(path)), paths)
            for path, want, have in zip(paths, expected, found):
                with self.subTest(path.name):
                    self.assertEqual(have, want)

    def test_programs(self):
        self.same(programs())

    def test_random_programs(self):
        with tempfile.TemporaryDirectory() as folder:
            paths = [Path(folder) / f"seed{seed}.py" for seed in SEEDS]
            for seed, path in zip(SEEDS, paths):
                path.write_text(random_program(seed), encoding="utf-8")
            self.same(paths)


if __name__ == "__main__":
    unittest.main()
