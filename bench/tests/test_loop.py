"""The optimiser has not deleted the work: looks at the instructions of the refcount loop.

In the release build of a module, the function `gb_refcount_loop` must hold, inside a loop, the
count's load and store (the same 32-bit word of memory, or a read-modify-write of one), or, for
atomic counts, locked instructions.
"""

import pathlib
import re
import subprocess
import sys
import unittest

MODULES = pathlib.Path()
LOOP = "gb_refcount_loop"
INSTRUCTION = re.compile(r"^\s*([0-9a-f]+):\s+(\S+)(?:\s+(.*?))?\s*$")


def disassemble(module: pathlib.Path) -> list[tuple[int, str, str]]:
    """(address, mnemonic, operands) of the loop function."""
    text = subprocess.run(
        ["objdump", "-d", "--no-show-raw-insn", str(module)],
        check=True, capture_output=True, text=True,
    ).stdout
    body = re.search(rf"<{LOOP}>:\n(.*?)\n\n", text + "\n\n", re.S)
    if body is None:
        raise AssertionError(f"{module.name} has no function {LOOP}")
    found = (INSTRUCTION.match(line) for line in body.group(1).splitlines())
    return [(int(m[1], 16), m[2], m[3] or "") for m in found if m]


def inside_loops(code: list[tuple[int, str, str]]) -> list[str]:
    """Instructions between the target of a backward jump and the jump."""
    ranges = []
    for address, mnemonic, operands in code:
        target = re.match(r"([0-9a-f]+) <", operands)
        if mnemonic.startswith("j") and target and int(target[1], 16) <= address:
            ranges.append((int(target[1], 16), address))
    return [
        f"{mnemonic} {operands}"
        for address, mnemonic, operands in code
        if any(low <= address <= high for low, high in ranges)
    ]


def counted_words(code: list[str]) -> set[str]:
    """Memory operands (not of the stack) that a loop loads and stores, 32 bits wide."""
    operand = r"((?:0x[0-9a-f]+)?\((?!%rbp|%rsp)%r\w+\))"
    low = r"%(?:e[a-ds][xip]|r\d+d)"
    loaded = {m[1] for line in code if (m := re.match(rf"mov\s+{operand},{low}", line))}
    stored = {m[1] for line in code if (m := re.match(rf"mov\s+{low},{operand}", line))}
    changed = {m[1] for line in code if (m := re.match(rf"(?:add|sub|inc|dec)l\s+(?:\S+,)?{operand}", line))}
    return (loaded & stored) | changed


def changes(code: list[str]) -> set[str]:
    """Which of "up" and "down" happen to a count between its load and its store: a loop that
    stores what it has loaded has been folded into nothing, and that, too, loads and stores."""
    low = r"%(?:e[a-ds][xip]|r\d+d)"
    value = rf"({low})"
    operand = r"(?:0x[0-9a-f]+)?\((?!%rbp|%rsp)%r\w+\)"
    found = set()
    for line, following in zip(code, code[1:]):
        stored = re.match(rf"mov\s+{value},{operand}$", following)
        step = re.match(rf"(add|sub|inc|dec|lea)\s+(?:(\S+),)?{value}$", line)
        if stored is None or step is None or stored[1] != step[3]:
            continue
        text = f"{step[1]} {step[2] or ''}"
        down = re.match(r"dec|sub \$0x1\b|add \$0xffffffff\b|lea -0x1\(", text)
        up = re.match(r"inc|add \$0x1$|sub \$0xffffffff\b|lea 0x1\(", text)
        found |= {"down"} if down else {"up"} if up else set()
    return found


class RefcountLoop(unittest.TestCase):
    def test_counts_are_loaded_and_stored(self) -> None:
        for variant in ("unlocked", "gil", "gil-biased", "object"):
            with self.subTest(variant):
                code = inside_loops(disassemble(MODULES / f"kernels-{variant}.so"))
                self.assertTrue(code, "no loop at all")
                self.assertTrue(counted_words(code), "no count in the loop:\n" + "\n".join(code))
                self.assertEqual(changes(code), {"up", "down"}, "\n".join(code))

    def test_atomic(self) -> None:
        code = inside_loops(disassemble(MODULES / "kernels-object-atomic.so"))
        locked = [line for line in code if line.startswith("lock ")]
        self.assertGreaterEqual(len(locked), 2, "\n".join(code))

    def test_the_finder_finds_nothing_in_an_empty_loop(self) -> None:
        code = [(0, "xor", "%eax,%eax"), (2, "add", "$0x1,%eax"), (4, "jne", "2 <f+0x2>")]
        self.assertEqual(counted_words(inside_loops(code)), set())


if __name__ == "__main__":
    MODULES = pathlib.Path(sys.argv.pop())
    unittest.main()
