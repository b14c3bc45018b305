"""What is outside the subset is refused with one line that says where and what."""

from __future__ import annotations

import sys
import tempfile
import unittest
from pathlib import Path

from ..refusal import Refused
from .helpers import assembly, run

REFUSED = [
    ("def f():\n    yield 1", 2, "generators are outside the subset: build a list and return it"),
    ("def f(a):\n    yield from a", 2, "generators are outside the subset: build a list and return it"),
    ("async def f():\n    pass", 1, "async functions are outside the subset"),
    ("f(*a)", 1, "star arguments are outside the subset"),
    ("f(**a)", 1, "double star arguments are outside the subset"),
    ("x = 1\ndef f(*a): pass", 2, "star parameters are outside the subset"),
    ("def f(**a): pass", 1, "star parameters are outside the subset"),
    ("def f(*, a): pass", 1, "keyword-only and positional-only parameters are outside the subset"),
    ("def f(a, /): pass", 1, "keyword-only and positional-only parameters are outside the subset"),
    ("lambda *a: 1", 1, "star parameters are outside the subset"),
    ("[*a, 1]", 1, "unpacking with a star in a display is outside the subset"),
    ("{**a}", 1, "unpacking with two stars in a display is outside the subset"),
    ("class A(B, C): pass", 1, "multiple inheritance is outside the subset"),
    ("class A(metaclass=B): pass", 1, "keywords of a class, such as metaclass, are outside the subset"),
    ("class A:\n    def __new__(cls): pass", 2, "__new__ is outside the subset: nothing would call it"),
    ("class A:\n    @f\n    def __get__(self, o, t): pass", 3, "__get__ is outside the subset: nothing would call it"),
    ("class A:\n    __setattr__ = f", 2, "__setattr__ is outside the subset: nothing would call it"),
    ("A.__round__ = f", 1, "__round__ is outside the subset: nothing would call it"),
    ("a.__class__ = A", 1, "changing __class__ is outside the subset"),
    ("import os.path", 1, "modules inside modules, such as os.path, are outside the subset"),
    ("from os.path import join", 1, "modules inside modules are outside the subset"),
    ("from . import a", 1, "modules inside modules are outside the subset"),
    ("from math import *", 1, "import * is outside the subset"),
    ("x = 1j", 1, "complex numbers are outside the subset"),
    ("x = (1, 2j)", 1, "complex numbers are outside the subset"),
    ("x = '\\ud83d'", 1, "halves of surrogate pairs are outside the subset: strings are UTF-8"),
    ("a @ b", 1, "the operator @ is outside the subset"),
    ("a @= b", 1, "the operator @ is outside the subset"),
    ("def f():\n    return super().f()", 2, "super() without arguments belongs in a method with a first argument"),
    ("x = (y for y in z)", 1, "a generator expression may only be the argument of all, any, dict, list, max, min, "
                              "set, sorted, sum, tuple or of str.join: use a list comprehension"),
    ("f(y for y in z)", 1, "a generator expression may only be the argument of all, any, dict, list, max, min, "
                           "set, sorted, sum, tuple or of str.join: use a list comprehension"),
    ("f(" + ", ".join(["g"] * 200) + ")", 1, "this needs more than 128 variables and temporaries"),
    ("def f():\n" + "    g(1, 2)\n" * 4000, 1, "this is longer than 10000 instructions"),
    ("x = 1\nx = (", 2, None),
    ("return 1", 1, "SyntaxError: 'return' outside function"),
    ("if x:\ny", 2, None),
    ("a\0b", 1, None),
]  # fmt: skip


class RefusalTest(unittest.TestCase):
    def test_each(self):
        for source, line, sentence in REFUSED:
            with self.subTest(source[:40]):
                with self.assertRaises(Refused) as caught:
                    assembly(source, "p.py")
                text = str(caught.exception)
                self.assertTrue(text.startswith(f"p.py:{line}: "), text)
                self.assertNotIn("\n", text)
                if sentence:
                    self.assertEqual(text, f"p.py:{line}: {sentence}")

    def test_annotations_may_be_anything(self):
        assembly("def f(a: [*x], b: (yield_ @ 2j) = 1) -> {**c}: pass\nx: 1j = 2")

    def test_command_exits_with_2(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "p.py"
            path.write_text("f(*a)\n")
            done = run(sys.executable, "-m", "runtime.translate", str(path))
            self.assertEqual((done.returncode, done.stdout), (2, b""))
            self.assertEqual(done.stderr.decode(), f"{path}:1: star arguments are outside the subset\n")
            missing = run(sys.executable, "-m", "runtime.translate", str(path) + "x")
            self.assertEqual(missing.returncode, 2)
            self.assertEqual(missing.stderr.decode(), f"{path}x: No such file or directory\n")


if __name__ == "__main__":
    unittest.main()
