"""Runs programs on CPython and on interpreters of the runtime, and compares what they print.

    oracle.py --interpreter PROGRAM... [--random COUNT] [--seed SEED] [--of N] [NAME]...

Every program here, the walkthrough's and the workloads' (at their smallest) must print the same
and end with the same exit code as under this Python; what is reported of uncaught exceptions
must be the same too: kinds, messages, the functions and lines of the traceback, not the source
lines that CPython quotes. With --random, so many programs made up from the seed on are compared
as well. Exit code 1 if any differs; each is shown with its first differing line.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Iterator

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
sys.path[:0] = [str(HERE), str(ROOT / "runtime")]

import random_programs  # noqa: E402
import translate  # noqa: E402

TOOLS = {"oracle.py", "random_programs.py"}
SECONDS = 60  # that a program may take; more is a hang
BATCH = 5  # made-up programs in one file: most of a small program's time is the start
SAID = 12  # last lines of a run's errors that are shown where they were not expected
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
    """What a run left behind: its lines (without times), its exit code, what it said of errors."""

    lines: list[str]
    code: int
    errors: list[str]


# ---------------------------------------------------------------- programs


def chosen(folder: Path, asked: argparse.Namespace) -> list[Program]:
    """The programs that were asked for; made-up ones are written into the folder."""
    known = [p for p in written() if not asked.names or any(name in p.name for name in asked.names)]
    known = [p for p in known[asked.seed % asked.of :: asked.of] if p.name not in asked.without]
    return known + list(made_up(folder, asked.random, asked.seed))


def written() -> Iterator[Program]:
    """Every program that somebody wrote."""
    yield from (Program(path) for path in sorted(HERE.rglob("*.py")) if path.name not in TOOLS)
    yield from (Program(path) for path in sorted((ROOT / "bench/programs/walkthrough").glob("*.py")))
    yield from (Program(ROOT / f"bench/programs/{name}.py", tuple(words.split())) for name, words in WORKLOADS.items())


def made_up(folder: Path, count: int, seed: int) -> Iterator[Program]:
    """Programs from `count` seeds, several in a file; each prints its seed first."""
    for first in range(seed, seed + count, BATCH):
        seeds = range(first, min(first + BATCH, seed + count))
        path = folder / f"random_{seeds[0]}_to_{seeds[-1]}.py"
        path.write_text("".join(f"print('seed', {s})\n{random_programs.program(s)}" for s in seeds), encoding="utf-8")
        yield Program(path)


# ---------------------------------------------------------------- running


def run(command: list[str], path: Path) -> tuple[Outcome, str]:
    """Runs a program to the end, with hashes as they always are. Its outcome, and all it said of errors."""
    environment = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONWARNINGS": "ignore"}
    try:
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=SECONDS, errors="replace", check=False
        )
    except subprocess.TimeoutExpired:
        return Outcome([], -1, []), f"still running after {SECONDS} s"
    lines = [line for line in done.stdout.splitlines() if not line.startswith("seconds ")]
    return Outcome(lines, done.returncode, compared(done.stderr, path)), done.stderr


def compared(stderr: str, path: Path) -> list[str]:
    """What must be the same of reports: without addresses, source lines, the library's frames, and
    those of comprehensions, which CPython has up to 3.11."""
    lines = [re.sub("0x[0-9a-f]+", "0x", line) for line in stderr.splitlines() if not line.startswith("    ")]
    return [line.replace(str(path), path.name) for line in lines if not _is_hidden(line, path)]


def _is_hidden(line: str, path: Path) -> bool:
    frame = re.match(r'  File "(.*)", line \d+, in (.*)', line)
    return frame is not None and (frame[1] != str(path) or frame[2] in ("<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>"))


def expected(program: Program, kept: Path | None) -> Outcome:
    """What this Python makes of it; looked up if the folder has it from an earlier time."""
    key = "\0".join((sys.version, str(program.path), *program.arguments)).encode() + program.path.read_bytes()
    file = kept / hashlib.sha256(key).hexdigest() if kept else None
    if file and file.exists():
        return Outcome(**json.loads(file.read_text(encoding="utf-8")))
    found, _ = run([sys.executable, str(program.path), *program.arguments], program.path)
    if file:
        part = file.with_suffix(f".{os.getpid()}")
        part.write_text(json.dumps(asdict(found)), encoding="utf-8")
        os.replace(part, file)
    return found


def difference(want: Outcome, have: Outcome, said: str) -> str:
    """Where two runs first differ; empty if they agree."""
    end = "".join(f"\n    {line}" for line in said.splitlines()[-SAID:])
    for number, (line, other) in enumerate(zip(want.lines, have.lines), 1):
        if line != other:
            return f"line {number}: CPython prints {line!r}, this {other!r}"
    if len(want.lines) != len(have.lines):
        return f"CPython prints {len(want.lines)} lines, this {len(have.lines)}{end}"
    if want.code != have.code:
        return f"CPython ends with {want.code}, this with {have.code}{end}"
    for line, other in zip(want.errors + [""], have.errors + [""]):
        if line != other:
            return f"CPython reports {line!r}, this {other!r}{end}"
    return ""


def compare(program: Program, interpreters: list[Path], kept: Path | None) -> list[str]:
    """A sentence for each interpreter that differs."""
    try:
        code = str(translate.translate_file(program.path))
    except translate.Refused as refused:
        return [f"{program.name}: refused: {refused}"]
    want = expected(program, kept)
    found = ((i, difference(want, *run([str(i), code, *program.arguments], program.path))) for i in interpreters)
    return [f"{program.name} on {i.name}: {words}" for i, words in found if words]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--interpreter", type=Path, action="append", required=True, help="a program that runs assembly")
    parser.add_argument("--random", type=int, default=0, metavar="COUNT", help="how many made-up programs to run too")
    parser.add_argument("--seed", type=int, default=1, help="the first one's seed")
    parser.add_argument("--without", action="append", default=[], metavar="NAME", help="leave this program out; repeatable")
    parser.add_argument("--of", type=int, default=1, metavar="N", help="only one in N of the others, which depends on the seed")
    parser.add_argument("--kept", type=Path, metavar="FOLDER", help="where to keep what CPython prints")
    parser.add_argument("names", nargs="*", help="only programs with this in their name")
    asked = parser.parse_args()
    if asked.kept:
        asked.kept.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(os.cpu_count()) as pool:
        programs = chosen(Path(folder), asked)
        differing = [words for found in pool.map(lambda p: compare(p, asked.interpreter, asked.kept), programs) for words in found]
    for words in differing:
        print(words)
    print(f"{len(programs)} programs on {len(asked.interpreter)} interpreters, {len(differing)} differences")
    return 1 if differing or not programs else 0


if __name__ == "__main__":
    sys.exit(main())
