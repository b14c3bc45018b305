"""The assembly of small inputs is what golden/ has, under every Python that is here.

    python3 -m runtime.translate.tests.test_golden write      makes golden/ anew
    python3 -m runtime.translate.tests.test_golden hashes     of the assembly of every program here
"""

from __future__ import annotations

import hashlib
import sys
import unittest

from .helpers import GOLDEN, ROOT, assembly, programs, pythons, run


def translated(path) -> str:
    return assembly(path.read_text(encoding="utf-8"), path.name)


def write() -> None:
    for path in GOLDEN.glob("*.py"):
        path.with_suffix(".gba").write_text(translated(path), encoding="utf-8")


def hashes() -> None:
    for path in [*sorted(GOLDEN.glob("*.py")), *programs(), *sorted((ROOT / "bench" / "programs").rglob("*.py"))]:
        print(path.name, hashlib.sha256(translated(path).encode()).hexdigest())


class GoldenTest(unittest.TestCase):
    def test_assembly(self):
        for path in sorted(GOLDEN.glob("*.py")):
            with self.subTest(path.name):
                self.assertEqual(translated(path), path.with_suffix(".gba").read_text(encoding="utf-8"))


class VersionsTest(unittest.TestCase):
    def test_every_python_makes_the_same(self):
        expected, *others = [
            run(python, "-m", "runtime.translate.tests.test_golden", "hashes").stdout.decode().splitlines()
            for python in pythons()
        ]
        self.assertGreater(len(expected), 100)
        if not others:
            self.skipTest("there is one Python from 3.9 to 3.13 on PATH")
        for lines in others:
            self.assertEqual(lines, expected)


if __name__ == "__main__":
    if sys.argv[1:] == ["write"]:
        write()
    elif sys.argv[1:] == ["hashes"]:
        hashes()
    else:
        unittest.main()
