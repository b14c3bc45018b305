#!/usr/bin/env python3
"""The fault program, from outside: it must be able to find what it looks for.

    test_faults.py PROGRAM
"""
import subprocess
import sys
import unittest

PROGRAM = ""
# What each hidden step does wrong, and the words for it.
HIDDEN = {
    "silent": "a call failed and nobody was told",
    "another": "gave another error",
    "array": "arrays were not given back",
    "object": "objects are left alive",
    "crash": "a crash (signal 6)",
}


def run(*arguments):
    result = subprocess.run([PROGRAM, *arguments], text=True, check=False, timeout=120,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return result.returncode, result.stdout, result.stderr


class Program(unittest.TestCase):
    def test_each_fault_of_a_step_is_found(self):
        for step, words in HIDDEN.items():
            with self.subTest(step):
                code, _, said = run("--mode", "once", "--hidden", step)
                self.assertEqual(code, 1)
                self.assertIn(words, said)

    def test_leaked_objects_are_told(self):
        _, _, said = run("--mode", "once", "--hidden", "object")
        self.assertIn("    lost: 1 list, ", said)

    def test_a_failure_is_made_again_by_its_line(self):
        _, _, said = run("--mode", "once", "--hidden", "array")
        again = said.split(": ")[2].split()
        code, _, once_more = run(*again, "--hidden", "array")
        self.assertEqual((code, once_more), (1, said))

    def test_every_call_is_reached(self):
        code, text, said = run("--mode", "once", "--stride", "50")
        self.assertEqual((code, said), (0, ""))
        calls = int(text.split(" calls that can fail")[0].split()[-1])
        self.assertGreater(calls, 200)

    def test_a_wrong_command_line(self):
        for wrong in (["--nth", "0"], ["--mode", "never"], ["--hidden", "no"], ["--seed"]):
            self.assertEqual(run(*wrong)[0], 2)


if __name__ == "__main__":
    PROGRAM = sys.argv.pop(1)
    unittest.main()
