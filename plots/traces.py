"""The traces of a run: who was in which state when, read from Chrome trace JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

STATES = ("running", "waiting", "switching", "blocked")
LOCK = "lock"


@dataclass(frozen=True)
class Slice:
    """Worker `worker` was in a state (one of STATES), or held an object's lock (LOCK)."""

    worker: int
    state: str
    begin_us: float
    end_us: float


@dataclass(frozen=True)
class Moment:
    """Something happened to a worker: "forced switch", "drop requested"."""

    worker: int
    what: str
    at_us: float


@dataclass(frozen=True)
class Trace:
    """One account window of one variant; times count from the start of the window."""

    case: str
    variant: str
    window_us: float
    names: tuple[str, ...]
    slices: tuple[Slice, ...]
    moments: tuple[Moment, ...]
    dropped: int


def read(folder: Path) -> tuple[list[Trace], list[str]]:
    """The traces in a folder, by name of file, and the names of the files that are none."""
    traces, damaged = [], []
    for path in sorted(folder.glob("*.json")):
        try:
            traces.append(_trace(json.loads(path.read_text(encoding="utf-8"))))
        except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError):
            damaged.append(path.name)
    return traces, damaged


def _trace(whole: dict[str, Any]) -> Trace:
    about, events = whole["otherData"], whole["traceEvents"]
    names = [f"worker {worker}" for worker in range(about["threads"])]
    slices, moments = [], []
    for event in events:
        worker = event["tid"]
        if event["ph"] == "M":
            names[worker] = event["args"]["name"]
        elif event["ph"] == "X":
            state = LOCK if event["cat"] == "lock" else event["name"]
            slices.append(Slice(worker, state, event["ts"], event["ts"] + event["dur"]))
        elif event["ph"] == "i":
            moments.append(Moment(worker, event["name"], event["ts"]))
    return Trace(
        about["case"], about["variant"], 1e3 * about["window_ms"], tuple(names), tuple(slices),
        tuple(sorted(moments, key=lambda m: (m.at_us, m.worker))), about.get("dropped", 0),
    )  # fmt: skip
