"""Runs programs on CPython and on interpreters of the runtime, and compares what they print.

    oracle.py --interpreter PROGRAM... [--random COUNT] [--seed SEED] [NAME]...

Every program here, the walkthrough's and the workloads' (at their smallest) must print the same
and end with the same exit code as under this Python; if an exception ends it, its last line
must be the same too. With --random, so many programs made up from the seed on are compared as
well. Exit code 1 if any differs; each is shown with its first differing line.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Iterator

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
sys.path[:0] = [str(HERE), str(ROOT / "runtime")]

import random_programs  # noqa: E402
import translate  # noqa: E402

TOOLS = {"oracle.py", "random_programs.py"}
SECONDS = 60  # that a program may take; more is a hang
WORKLOADS = {
    "fib": "2 12", "nbody": "2 20", "spectral_norm": "2 10", "fannkuch": "2 5", "binary_trees": "2 6", "sieve": "2 500",
    "word_count": "2 1", "richards": "1 1", "ray_tracer": "2 6", "list_loop": "2 1", "dict_loop": "2 1", "calls": "2 50",
    "garbage_cycles": "2 100", "shared_dict": "striped 2 200", "counter": "locked 2 100", "queue_pipeline": "2 50",
    "echo": "2 5", "pipe_ring": "3 5", "sleep_fan": "2 3", "convoy": "2 2",
}  # fmt: skip


@dataclass(frozen=True)
class Program:
    """A source file and the arguments to run it with."""

    path: Path
    arguments: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return " ".join((self.path.stem, *self.arguments))


@dataclass(frozen=True)
class Outcome:
    """What a run left behind: its lines (without times), its exit code, the last line of an error."""

    lines: tuple[str, ...]
    code: int
    error: str


def programs(folder: Path, names: list[str], count: int, seed: int) -> Iterator[Program]:
    """All programs that were asked for; made-up ones are written into the folder."""
    known = [Program(path) for path in sorted(HERE.rglob("*.py")) if path.name not in TOOLS]
    known += [Program(path) for path in sorted((ROOT / "bench/programs/walkthrough").glob("*.py"))]
    known += [Program(ROOT / f"bench/programs/{name}.py", tuple(words.split())) for name, words in WORKLOADS.items()]
    yield from (p for p in known if not names or any(name in p.name for name in names))
    for number in range(seed, seed + count):
        path = folder / f"random_{number}.py"
        path.write_text(random_programs.program(number), encoding="utf-8")
        yield Program(path)


def run(command: list[str]) -> Outcome:
    """Runs to the end, with hashes as they always are."""
    environment = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=SECONDS, errors="replace", check=False
        )
    except subprocess.TimeoutExpired:
        return Outcome((), -1, f"still running after {SECONDS} s")
    lines = tuple(line for line in done.stdout.splitlines() if not line.startswith("seconds "))
    last = done.stderr.strip().splitlines()[-1:] if done.returncode else []
    return Outcome(lines, done.returncode, "".join(last))


def difference(expected: Outcome, found: Outcome) -> str:
    """Where two runs first differ; empty if they agree."""
    for number, (want, have) in enumerate(zip(expected.lines, found.lines), 1):
        if want != have:
            return f"line {number}: CPython prints {want!r}, this {have!r}"
    if len(expected.lines) != len(found.lines):
        return f"CPython prints {len(expected.lines)} lines, this {len(found.lines)}; {found.error}"
    if (expected.code, expected.error) != (found.code, found.error):
        return f"CPython ends with {expected.code} {expected.error!r}, this with {found.code} {found.error!r}"
    return ""


def compare(program: Program, interpreters: list[Path]) -> list[str]:
    """A sentence for each interpreter that differs."""
    arguments = list(program.arguments)
    expected = run([sys.executable, str(program.path), *arguments])
    try:
        code = str(translate.translate_file(program.path))
    except translate.Refused as refused:
        return [f"{program.name}: refused: {refused}"]
    found = ((i, difference(expected, run([str(i), code, *arguments]))) for i in interpreters)
    return [f"{program.name} on {i.name}: {words}" for i, words in found if words]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--interpreter", type=Path, action="append", required=True, help="a program that runs assembly")
    parser.add_argument("--random", type=int, default=0, metavar="COUNT", help="how many made-up programs to run too")
    parser.add_argument("--seed", type=int, default=1, help="the first one's seed")
    parser.add_argument("names", nargs="*", help="only programs with this in their name")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(os.cpu_count()) as pool:
        chosen = list(programs(Path(folder), asked.names, asked.random, asked.seed))
        differing = [words for found in pool.map(lambda p: compare(p, asked.interpreter), chosen) for words in found]
    for words in differing:
        print(words)
    print(f"{len(chosen)} programs on {len(asked.interpreter)} interpreters, {len(differing)} differences")
    return 1 if differing or not chosen else 0


if __name__ == "__main__":
    sys.exit(main())
