"""Every instruction that is emitted is one of ../vm/opcodes.def, with operands of its format."""

from __future__ import annotations

import re
import unittest
from typing import Dict, List

from .helpers import GOLDEN, ROOT, assembly, programs

OPCODES = ROOT / "runtime" / "vm" / "opcodes.def"
REGISTER = r"r(\d|[1-9]\d|1[01]\d|12[0-7])"  # 0 to 127
BYTE = r"\d{1,3}"
LETTERS = {
    "d": REGISTER, "r": REGISTER + "!?", "o": f"({REGISTER}!?|-)", "n": BYTE, "i": r"-?\d{1,3}", "k": r"k\d+",
    "I": r"-?\d{1,5}", "N": r"\d+", "J": r"L\d+", "S": r"L\d+", "W": r"L\d+", "x": r"k\d+", "y": r"k\d+", "w": r"\d+",
}  # fmt: skip


def formats() -> Dict[str, str]:
    """For each operation, the pattern of its operands."""
    rows = re.findall(r'^OP\((\w+), "(\w*)"', OPCODES.read_text(encoding="utf-8"), re.MULTILINE)
    return {name: " ".join([name, *(LETTERS[letter] for letter in letters)]) for name, letters in rows}


def instructions(text: str) -> List[str]:
    return re.findall(r"^  ([A-Z]+(?: .*)?)$", text, re.MULTILINE)


class FormatsTest(unittest.TestCase):
    def test_emitted_instructions(self):
        known, seen = formats(), set()
        for path in [*GOLDEN.glob("*.py"), *programs(), *(ROOT / "bench" / "programs").rglob("*.py")]:
            for instruction in instructions(assembly(path.read_text(encoding="utf-8"))):
                operation = instruction.split()[0]
                seen.add(operation)
                self.assertRegex(instruction, f"^{known[operation]}$", path.name)
        self.assertEqual(set(known) - seen, set(), "no program here needs these")


if __name__ == "__main__":
    unittest.main()
