"""What the command lines of the programs here have in common."""

from __future__ import annotations

import argparse
import sys
from typing import NoReturn


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line and exits with 2."""

    def error(self, message: str) -> NoReturn:
        print(f"{self.prog}: {message}", file=sys.stderr)
        sys.exit(2)


def numbers(text: str) -> list[int]:
    """The type of a flag whose value is whole numbers, as 0,1."""
    return [int(part) for part in text.split(",")]
