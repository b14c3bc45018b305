"""The assembly of small inputs is what golden/ has, under every Python that is here.

    python3 -m runtime.translate.tests.test_golden write      makes golden/ anew
"""

from __future__ import annotations

import sys
import unittest

from .helpers import GOLDEN, ROOT, assembly, programs, pythons, run


def translated(path) -> str:
    return assembly(path.read_text(encoding="utf-8"), path.name)


class GoldenTest(unittest.TestCase):
    def test_assembly(self):
        for path in sorted(GOLDEN.glob("*.py")):
            with self.subTest(path.name):
                self.assertEqual(translated(path), path.with_suffix(".gba").read_text(encoding="utf-8"))


class VersionsTest(unittest.TestCase):
    def test_every_python_makes_the_same(self):
        others = pythons()[1:]
        if not others:
            self.skipTest("there is one Python from 3.9 to 3.13 on PATH")
        for path in [*GOLDEN.glob("*.py"), *programs(), *(ROOT / "bench" / "programs").rglob("*.py")]:
            expected = run(sys.executable, "-m", "runtime.translate", str(path)).stdout
            for python in others:
                with self.subTest(python=python, path=path.name):
                    self.assertEqual(run(python, "-m", "runtime.translate", str(path)).stdout, expected)


if __name__ == "__main__":
    if sys.argv[1:] == ["write"]:
        for source in GOLDEN.glob("*.py"):
            source.with_suffix(".gba").write_text(translated(source), encoding="utf-8")
    else:
        unittest.main()
