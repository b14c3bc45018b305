"""Outcome tables of Python programs: the races of `stress/programs/races.py` on every engine.

The engines are the interpreters of the safe variants and the CPythons given or found. Each race
is a process of its own, so that one that crashes or hangs is known by name. A line is what the
runtime's own tables are (`outcomes.py`), with the engine in place of the variant.

Two things make the threads meet, on every engine alike. Each is bound to a processor of its own:
left alone, both may stay on one, where a turn lasts as long as the scheduler likes, milliseconds.
And timers are as exact as the kernel has them: who waits for a GIL waits by a timer, which Linux
else lets be late by 50 us, many times the switch interval that the program asks for.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Sequence

from . import execute, machine, outcomes, peers, results
from .errors import OutsideError
from .locations import ROOT

PROGRAM = ROOT / "stress" / "programs" / "races.py"
EXACT_NS = 1  # how late a timer may be; 0 would mean the system's default
ENOUGH_OVERLAPS = 100  # as for the runtime's own tables (stress/README.md)
HANG_S = 20.0  # over its time: what takes so much longer stands still
TITLE = "The same in a Python program?"
Show = Callable[[outcomes.Line], None]


@dataclass(frozen=True)
class Engine:
    """What runs the program: its name in the tables, the start of its command line."""

    name: str
    command: tuple[str, ...]
    environment: dict[str, str]
    is_ours: bool  # its crashes and hangs are bugs of this project


def engines(variants: Sequence[str], pythons: Sequence[dict[str, Any]]) -> list[Engine]:
    """The interpreters of these variants, built if need be, and these CPythons."""
    assembly = str(execute.translated(str(PROGRAM)))
    ours = [Engine(f"{v} exec", (str(execute.program(v)), assembly), dict(os.environ), True) for v in variants]
    theirs = [Engine(p["name"], (p["executable"], str(PROGRAM)), peers.environment(), False) for p in pythons]
    return ours + theirs


def operations() -> dict[str, str]:
    """Every race of the program by name, with what its threads do."""
    text = PROGRAM.read_text(encoding="utf-8")
    return dict(re.findall(r'^    name = "(.*)"\n    operation = "(.*)"$', text, re.MULTILINE))


def switch_interval_us() -> float:
    """The switch interval that the program asks for."""
    (seconds,) = re.findall(r"^SWITCH_INTERVAL = (.*)$", PROGRAM.read_text(encoding="utf-8"), re.MULTILINE)
    return round(float(seconds) * 1e6, 3)


def record(
    folder: Path, seconds: float, chosen: Sequence[Engine], *, only: Sequence[str] = (), show: Show | None = None
) -> list[outcomes.Line]:
    """Appends a line for each race on each engine to the folder's `outcomes.jsonl`, and calls
    `show` with it. Raises OutsideError if an engine cannot run the program."""
    raced = {race: operation for race, operation in operations().items() if not only or race in only}
    lines = []
    pin = execute.pin_library()
    for engine in chosen:
        for race, operation in raced.items():
            line = measure(engine, race, operation, seconds / len(chosen) / len(raced), pin)
            with (folder / results.OUTCOMES_FILE).open("a", encoding="utf-8") as file:
                file.write(json.dumps(line) + "\n")
            lines.append(line)
            if show is not None:
                show(line)
    return lines


def measure(engine: Engine, race: str, operation: str, seconds: float, pin: Path | None) -> outcomes.Line:
    """One race on one engine, on two processors if there are so many, a thread on each if there is a
    library `pin` to bind them."""
    cpus = sorted(os.sched_getaffinity(0))[:2]
    bound = {"LD_PRELOAD": str(pin), "GILBENCH_PIN": ",".join(map(str, cpus))} if pin else {}
    try:
        done = subprocess.run(
            [*engine.command, f"{seconds:.3f}", race], env=engine.environment | bound, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=seconds + HANG_S, preexec_fn=lambda: _prepare(cpus),
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return _line(engine, cpus, [[race, operation, "HANG", "1", "HANG", "the threads stood still"]])
    except OSError as error:
        raise OutsideError(f"{engine.command[0]}: {error.strerror}") from None
    if done.returncode < 0:
        return _line(engine, cpus, [[race, operation, "CRASH", "1", "CRASH", "the process crashed or aborted"]])
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    if done.returncode != 0 or not rows or any(len(row) != 6 for row in rows):
        raise OutsideError(f"{engine.name}: {race}: {machine.last_line(done.stderr) or 'no table'}")
    return _line(engine, cpus, rows)


def _prepare(cpus: list[int]) -> None:
    """Makes this process, the child, and what it becomes, run on these processors with exact timers."""
    os.sched_setaffinity(0, cpus)
    with contextlib.suppress(OSError):  # of a kernel that does not let it be set
        Path("/proc/self/timerslack_ns").write_text(str(EXACT_NS), encoding="ascii")


def _line(engine: Engine, cpus: list[int], rows: list[list[str]]) -> outcomes.Line:
    """The table that the program printed, as a line of the file."""
    counted = [row for row in rows if row[4] != "OVERLAP"]
    samples = sum(int(row[3]) for row in counted)
    overlaps = sum(int(row[3]) for row in rows if row[4] == "OVERLAP")
    seen = [_seen(row, samples, engine.is_ours) for row in counted if int(row[3])]
    unseen = [
        {"outcome": row[2], "expect": row[4], "below": min(1.0, 3 / max(samples, 1)), "meaning": row[5]}
        for row in counted if not int(row[3])
    ]  # fmt: skip
    behaviour = _behaviour(counted, overlaps >= ENOUGH_OVERLAPS)
    return {
        "test": rows[0][0], "operation": rows[0][1], "title": TITLE, "variant": engine.name, "seed": 0, "cpus": cpus, "actors": 2,
        "switch_interval_us": switch_interval_us(), "samples": samples,
        "overlap": {"measure": "overlapped", "count": overlaps, "share": min(1.0, overlaps / max(samples, 1)),
                    "enough": overlaps >= ENOUGH_OVERLAPS},
        "outcomes": seen, "unseen": unseen, "verdict": _verdict(seen, behaviour), "behaviour": behaviour,
    }  # fmt: skip


def _seen(row: list[str], samples: int, is_ours: bool) -> dict[str, Any]:
    expect = row[4]
    if expect in ("CRASH", "HANG"):
        expect = "FORBIDDEN" if is_ours else "INTERESTING"
    return {"outcome": row[2], "samples": int(row[3]), "share": int(row[3]) / samples, "expect": expect, "meaning": row[5]}


def _behaviour(rows: list[list[str]], enough: bool) -> str:
    """The cell of the summary."""
    kinds = {row[4] for row in rows if int(row[3])}
    worst = {"CRASH": "can crash", "HANG": "can hang", "INTERESTING": "can be lost"}
    return next((words for kind, words in worst.items() if kind in kinds), "atomic" if enough else "unknown")


def _verdict(seen: list[dict[str, Any]], behaviour: str) -> str:
    expectations = {row["expect"] for row in seen}
    if expectations != {"ACCEPTABLE"}:
        return "FORBIDDEN" if "FORBIDDEN" in expectations else "INTERESTING"
    return "INCONCLUSIVE" if behaviour == "unknown" else "PASS"
