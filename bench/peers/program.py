"""Runs a program of bench/programs/ once, on any interpreter, and writes what it said.

    python3 program.py --case=fib.py/threads:2 --ops=10,10 --cpus=0,1 --pin=LIBRARY -- INTERPRETER FILE 2 10

The program prints `checksum` and `seconds`; that becomes a line of samples.jsonl (results/README.md),
printed or appended to --samples. With --account it is a line of counters, which an account build
prints to standard error. Exit codes: 1 the program failed or said something else, 2 the
command line was wrong, 130 interrupted.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from flags import Parser, numbers
from waiting import complaint

COUNTER = re.compile(r"^account (\w+) (\d+)", re.MULTILINE)
WHOLE_NUMBERS = ("lost",)  # lines that some programs print beside the two


class Failed(Exception):
    """The program failed; the text is one line that says how."""


def main() -> int:
    signal.signal(signal.SIGINT, signal.default_int_handler)
    options = parse()
    try:
        with tempfile.TemporaryDirectory(prefix="gilbench-") as folder:
            line = account(options, Path(folder)) if options.account else sample(options, Path(folder))
        with open(options.samples, "a", encoding="utf-8") as file:
            file.write(json.dumps(line, separators=(",", ":")) + "\n")
    except Failed as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"program.py: {error.filename or options.case}: {error.strerror}", file=sys.stderr)
        return 1
    return 0


def parse() -> argparse.Namespace:
    parser = Parser(prog="program.py", description=__doc__, allow_abbrev=False)
    parser.add_argument("--case", required=True, help="program.py/param:value/threads:n")
    parser.add_argument("--ops", type=numbers, required=True, help="operations of each thread")
    parser.add_argument("--cpus", type=numbers, default=[], help="for the threads, as 0,1")
    parser.add_argument("--pin", help="the library that binds them; without it nothing is bound")
    parser.add_argument("--name", default="", help="recorded as the variant")
    parser.add_argument("--role", choices=("main", "peer"), default="main", help="recorded")
    parser.add_argument("--process", type=int, default=0, help="recorded")
    parser.add_argument("--judge", action="store_true",
                        help="threads only compute: one that had to wait for its CPU was disturbed")  # fmt: skip
    parser.add_argument("--account", action="store_true", help="ask for the counters")
    parser.add_argument("--samples", default="/dev/stdout", help="a file to append to")
    parser.add_argument("command", nargs="+", help="interpreter, file, arguments")
    options = parser.parse_args()
    options.cell, options.params, options.threads = split_case(options.case)
    return options


def split_case(case: str) -> tuple[str, dict[str, Any], int]:
    """Cell, parameters and number of threads of a case's name."""
    cell, *rest = case.split("/")
    values = dict(part.partition(":")[::2] for part in rest)
    threads = int(values.pop("threads"))
    return cell, values, threads


# ---------------------------------------------------------------- lines


def sample(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """The line of a timed run."""
    report = folder / "pinned"
    said, _ = run(options, pinning(options, report))
    seconds = float(said["seconds"])
    bound, waited = read_report(options, report)
    why = judge(options, bound, waited, seconds)
    return {
        **head(options), "role": options.role, "build": "timed", "block": 0, "position": 0,
        "window_ms": seconds * 1e3, "cpus": options.cpus, "bound": bound, "ops": options.ops,
        "wall_ns": [round(seconds * 1e9)] * options.threads, "latency": None,
        "checksum": said["checksum"], **{name: int(said[name]) for name in WHOLE_NUMBERS if name in said},
        "disturbance": {
            "runq_wait_ns": [waited],
            "involuntary": [resource.getrusage(resource.RUSAGE_CHILDREN).ru_nivcsw],
            "psi_some_us": None,
        },
        "accepted": why is None, "why": why,
    }  # fmt: skip


def account(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """The line of an account build's run: counters and no time."""
    _, complaint = run(options, pinning(options, folder / "pinned"))
    counted = {name: int(value) for name, value in COUNTER.findall(complaint)}
    if not counted:
        raise Failed(f"{options.command[0]} printed no account")
    return {**head(options), "build": "account", "ops": options.ops, "account": counted}


def head(options: argparse.Namespace) -> dict[str, Any]:
    return {
        "case": options.case, "cell": options.cell, "params": options.params,
        "threads": options.threads, "variant": options.name, "process": options.process,
    }  # fmt: skip


def judge(options: argparse.Namespace, bound: bool, waited: int, seconds: float) -> str | None:
    """Why the run cannot be believed, or None."""
    if options.pin and not bound:
        return "a thread was moved off its processing unit"
    alone = options.judge and options.threads <= len(set(options.cpus))
    return complaint(waited, seconds * 1e9, "the run") if alone else None


# ---------------------------------------------------------------- the program


def pinning(options: argparse.Namespace, report: Path) -> dict[str, str]:
    """The environment's part in binding threads (bench/pin.c)."""
    if not options.pin:
        return {}
    cpus = ",".join(map(str, options.cpus))
    return {"LD_PRELOAD": options.pin, "GILBENCH_PIN": cpus, "GILBENCH_PIN_REPORT": str(report)}


def read_report(options: argparse.Namespace, report: Path) -> tuple[bool, int]:
    """Whether every thread was bound, and the longest that one waited for its CPU, in ns."""
    if not options.pin:
        return False, 0
    try:
        created, bound, waited = map(int, report.read_text(encoding="ascii").split())
    except (OSError, ValueError):
        raise Failed(f"{options.command[0]}: its threads could not be bound") from None
    return 0 < created == bound, waited


def run(options: argparse.Namespace, more: dict[str, str]) -> tuple[dict[str, str], str]:
    """What the program printed, by the first word of each line, and what came on standard error.
    Raises Failed."""
    with subprocess.Popen(
        options.command, env=os.environ | more, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace",
    ) as child:  # fmt: skip
        try:
            printed, complaint = child.communicate()
        except BaseException:
            child.kill()
            raise
    if child.returncode != 0:
        raise Failed(last_line(complaint) or how_it_ended(child.returncode))
    said = dict(line.partition(" ")[::2] for line in printed.splitlines())
    try:
        if said["checksum"] and float(said["seconds"]) > 0:
            return said, complaint
    except (KeyError, ValueError):
        pass
    raise Failed(f"{options.cell} did not print its checksum and seconds")


def how_it_ended(code: int) -> str:
    return f"killed by {signal.Signals(-code).name}" if code < 0 else f"ended with exit code {code}"


def last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else ""


if __name__ == "__main__":
    try:
        CODE = main()
    except KeyboardInterrupt:
        CODE = 130
    sys.exit(CODE)
