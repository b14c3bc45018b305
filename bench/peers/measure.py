"""Measures a cell in the CPython that runs this, window by window.

    python3 measure.py --case=reacquire/interval:5000/threads:2 --cpus=0,1 --windows=2

Prints a line of samples.jsonl per window (results/README.md), or appends it to --samples. Needs
Linux, Python 3.9 and nothing else. Exit codes: 1 something outside failed, 2 the command line
was wrong, 130 interrupted; whole lines are kept.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import signal
import sys
import sysconfig
from typing import Any, Callable, TextIO

import cells
import collector
import reads
import weights
from flags import Parser, numbers
from waiting import complaint
from window import Window, run

CELLS = {**cells.CELLS, **collector.CELLS, **reads.CELLS}

INTERVALS_PER_WINDOW = 40  # as in bench/runner.c: switches of a contended GIL average out
LEAST_WINDOW_MS = 600.0
SWITCH_INTERVAL_US = 5000
WARM_UP_SHARE = 10  # a tenth of the window, thrown away
LEAST_OPERATIONS = 3  # in a window, of those that take longer than windows do


def is_count(text: str) -> bool:
    return text.isdigit() and int(text) > 0


def is_order(text: str) -> bool:
    return text in ("linear", "random")


# What a cell cannot do without.
PARAMS: dict[str, dict[str, Callable[[str], bool]]] = {
    "lost_update": {"poll": lambda text: text in ("edge", "call")},
    "gc_live": {"objects": is_count, "order": is_order},
    "gc_garbage": {"objects": is_count, "order": is_order, "share": str.isdigit},
    "gc_young": {"objects": is_count},
    "read_dict": {"kind": lambda text: text in ("immortal", "counted")},
    "read_list": {"kind": lambda text: text in ("immortal", "counted")},
    "object_memory": {"objects": is_count, "kind": weights.MAKERS.__contains__},
}


def main() -> int:
    signal.signal(signal.SIGINT, signal.default_int_handler)
    options = parse()
    try:
        with open(options.samples, "a", encoding="utf-8") as file:
            (weigh if options.cell in weights.CELLS else measure)(options, file)
    except OSError as error:
        print(f"measure.py: {error.filename or options.case}: {error.strerror}", file=sys.stderr)
        return 1
    return 0


def parse() -> argparse.Namespace:
    parser = Parser(prog="measure.py", description=__doc__, allow_abbrev=False)
    parser.add_argument("--case", required=True, help="cell/param:value/threads:n")
    parser.add_argument("--cpus", type=numbers, default=None, help="of each worker, as 0,1")
    parser.add_argument("--windows", type=int, default=1)
    parser.add_argument("--window-ms", type=float, default=None)
    parser.add_argument("--process", type=int, default=0, help="recorded")
    parser.add_argument("--name", default=name(), help="recorded as the variant")
    parser.add_argument("--samples", default="/dev/stdout", help="a file to append to")
    options = parser.parse_args()
    options.cell, options.params, options.threads = split_case(parser, options.case)
    usable = options.cpus or sorted(os.sched_getaffinity(0))
    options.placement = [usable[worker % len(usable)] for worker in range(options.threads)]
    return options


def split_case(parser: Parser, case: str) -> tuple[str, dict[str, Any], int]:
    """Cell, parameters and number of threads of a case's name."""
    cell, *rest = case.split("/")
    values = dict(part.partition(":")[::2] for part in rest)
    threads = values.pop("threads", "")
    known = (*CELLS, *weights.CELLS)
    if cell not in known or not threads.isdigit() or int(threads) < 1:
        parser.error(f"--case: {case!r} is none of {', '.join(known)}, with /threads:n")
    for name, good in PARAMS.get(cell, {}).items():
        if not good(values.get(name, "")):
            parser.error(f"--case: {case!r} needs a good /{name}:")
    return cell, {key: int(v) if v.isdigit() else v for key, v in values.items()}, int(threads)


def name() -> str:
    """This Python, as `CPython 3.14.0t`: t is for the free-threaded build."""
    free = "t" if sysconfig.get_config_var("Py_GIL_DISABLED") else ""
    return f"{platform.python_implementation()} {platform.python_version()}{free}"


# ---------------------------------------------------------------- windows


def measure(options: argparse.Namespace, file: TextIO) -> None:
    """Warms up with a short window that is not written, then measures; in longer windows than
    asked for, if what the case does takes so long."""
    interval_us = options.params.get("interval", SWITCH_INTERVAL_US)
    sys.setswitchinterval(interval_us / 1e6)
    window_ms = options.window_ms or max(LEAST_WINDOW_MS, INTERVALS_PER_WINDOW * interval_us / 1e3)
    warm, _ = window_of(options, window_ms / WARM_UP_SHARE)
    window_ms = max(window_ms, LEAST_OPERATIONS * warm.longest_ns / 1e6)
    for block in range(options.windows):
        write(sample(options, window_ms, block), file)


def write(line: dict[str, Any], file: TextIO) -> None:
    file.write(json.dumps(line, separators=(",", ":")) + "\n")
    file.flush()


def weigh(options: argparse.Namespace, file: TextIO) -> None:
    """Looks at memory instead, once."""
    said = weights.weigh(options.params)
    write({
        "case": options.case, "cell": options.cell, "params": options.params,
        "threads": options.threads, "variant": options.name, "role": "peer", "build": "memory",
        "process": options.process, **said,
    }, file)  # fmt: skip


def window_of(options: argparse.Namespace, window_ms: float) -> tuple[Window, dict[str, Any]]:
    """Runs a window. Returns it with what the cell says of it."""
    cell = CELLS[options.cell](options.params)
    length = int(window_ms * 1e6)
    window = Window(length, length // WARM_UP_SHARE if cell.warms_up else 0, options.placement)
    run(window, cell)
    return window, cell.close()


def sample(options: argparse.Namespace, window_ms: float, block: int) -> dict[str, Any]:
    window, said = window_of(options, window_ms)
    why = judge(window, timed=CELLS[options.cell].timed)
    return {
        "case": options.case, "cell": options.cell, "params": options.params,
        "threads": options.threads, "variant": options.name, "role": "peer", "build": "timed",
        "process": options.process, "block": block, "position": 0, "window_ms": window_ms,
        "cpus": window.cpus, "bound": window.bound(), "ops": window.ops(),
        "wall_ns": [window.length_ns] * options.threads, **said,
        "disturbance": {
            "runq_wait_ns": [worker.runq_wait_ns for worker in window.workers],
            "involuntary": [worker.involuntary for worker in window.workers],
            "psi_some_us": None,
        },
        "accepted": why is None, "why": why,
    }  # fmt: skip


def judge(window: Window, *, timed: bool) -> str | None:
    """Why a window cannot be believed, or None: the rules of bench/samples.c."""
    if not window.bound():
        return "a worker was moved off its processing unit"
    if timed or len(set(window.cpus)) < len(window.cpus):
        return None
    waited = max(worker.runq_wait_ns for worker in window.workers)
    return complaint(waited, window.length_ns, "the window")


if __name__ == "__main__":
    try:
        CODE = main()
        sys.stdout.flush()
    except KeyboardInterrupt:
        CODE = 130
    os._exit(CODE)  # threads of a window that was broken off do not hold it up
