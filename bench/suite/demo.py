"""`gilbench demo`: the walkthrough's programs, one by one, each with its explanation, its source
and what it prints; then the two that need several threads, with and without the interpreter lock.
"""

from __future__ import annotations

import re
import subprocess
import sys
import textwrap
from dataclasses import dataclass
from pathlib import Path

from . import execute
from .errors import DONE, OutsideError
from .locations import ROOT

PROGRAMS = ROOT / "bench" / "programs"
WALKTHROUGH = PROGRAMS / "walkthrough"
WIDTH = 88
CONVOY = ("2", "200")  # one spinner, echoes

_ITEM = re.compile(r"^\d+\. \*\*`(?P<file>[^`]+)`\*\* (?P<text>.*?)(?=^\d+\. |^\S|\Z)", re.M | re.S)


@dataclass(frozen=True)
class Lesson:
    """A program of the walkthrough, and what its README says of it."""

    file: Path
    text: str


def lessons() -> list[Lesson]:
    """The walkthrough in order, as its README numbers it."""
    readme = (WALKTHROUGH / "README.md").read_text(encoding="utf-8")
    return [Lesson(WALKTHROUGH / item["file"], item["text"]) for item in _ITEM.finditer(readme)]


def run(pause: bool) -> int:
    """Shows everything. Raises OutsideError if a program fails."""
    for number, lesson in enumerate(lessons(), 1):
        _heading(f"{number}. {lesson.file.stem[3:].replace('_', ' ')}")
        _explain(lesson.text)
        print(textwrap.indent(lesson.file.read_text(encoding="utf-8").strip(), "    "))
        print("\nwith the interpreter lock it prints:")
        _show("gil", lesson.file)
        _wait(pause)
    _compare()
    return DONE


def _compare() -> None:
    _heading("without the interpreter lock")
    _explain("The lost update once more, where both threads run at once: the lock that the "
             "program takes mends it here as well.")
    _show("object", lessons()[-1].file)
    _explain("A convoy. One thread echoes a byte over a socket, beside one that only counts. "
             "With the interpreter lock each echo waits until the other lets go of it, a switch "
             "interval later; without, they have nothing to do with each other.")
    for variant in ("gil", "object"):
        print(f"{variant}, {CONVOY[1]} echoes:")
        _show(variant, PROGRAMS / "convoy.py", *CONVOY)


def _heading(text: str) -> None:
    print(f"\n---- {text} ".ljust(WIDTH, "-") + "\n")


def _explain(text: str) -> None:
    plain = " ".join(text.replace("`", "").split())
    print(textwrap.fill(plain, WIDTH) + "\n")


def _show(variant: str, file: Path, *arguments: str) -> None:
    assembly = execute.translated(str(file))
    if assembly is None:
        raise OutsideError(f"{file.name} was refused")
    line = [str(execute.program(variant)), str(assembly), *arguments]
    sys.stdout.flush()
    done = subprocess.run(line, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
    print(textwrap.indent(done.stdout, "    "))
    if done.returncode != 0:
        raise OutsideError(f"{file.name} ended with exit status {done.returncode} on {variant}")


def _wait(pause: bool) -> None:
    if pause:
        input("Enter goes on ")
