"""Made-up account lines, traces and outcome tables, of the shapes that real ones have."""

from __future__ import annotations

import json
import math
import random
from pathlib import Path
from typing import Any

WINDOW_NS = 200_000_000
OPERATIONS = (
    # test, operation, share seen by variants that lock nothing, share seen by the others, disaster
    ("attribute_increment", "x.v += 1", 0.21, 0.18, None),
    ("attribute_increment_call", "x.v = f(x.v)", 0.30, 0.056, None),
    ("attribute_increment_locked", "section(x): x.v += 1", 0.0, 0.0, None),
    ("list_increment", "x[0] += 1", 0.19, 0.15, None),
    ("list_append_append", "x.append(a) | x.append(b)", 0.08, 0.0, "CRASH"),
    ("list_append_pop", "x.append(b) | x.pop()", 0.02, 0.0, "CRASH"),
    ("list_iterate_mutate", "for i in x | x.pop(); x.append(d)", 1e-5, 1e-5, None),
    ("dict_set_set", "d[j] = a | d[k] = b", 0.004, 0.0, "HANG"),
    ("dict_grow_get", "d[k1] .. d[k8] = ... | d[k]", 3e-6, 0.0, "CRASH"),
    ("dict_setdefault", "d.setdefault(k, a) | d.setdefault(k, b)", 0.01, 0.0, None),
    ("check_then_act", "if k not in d: d[k] = a", 0.11, 0.002, None),
    ("two_objects_nested", "section(a): section(b): ... | section(b): section(a): ...", 0.0, 0.0, None),
    ("publish_attribute", "x.ready = T(a, b) | x.ready", 0.0, 0.0, None),
    ("message_passing", "data = 1; flag = 1 | flag; data", 0.0, 0.0, None),
    ("raw_increment", "n++ (a field in C)", 0.4, 0.38, None),
    ("slot_get_replace", "x[0] | x[0] = b", 0.03, 0.0, "CRASH"),
)


def gil_like(variant: str) -> bool:
    """Whether one thread runs at a time."""
    return variant in ("gil", "gil-biased") or (variant.startswith("CPython") and not variant.endswith("t"))


def histogram(values: list[float]) -> dict[str, Any]:
    """Values as the runner writes them: 32 buckets for each power of two."""
    values.sort()
    counts: dict[int, int] = {}
    for value in values:
        step = 2 ** (max(int(value).bit_length() - 5, 0))
        upper = (int(value) // step + 1) * step
        counts[upper] = counts.get(upper, 0) + 1

    def quantile(q: float) -> int:
        return int(values[min(int(q * len(values)), len(values) - 1)])

    return {
        "unit": "ns", "count": len(values), "mean": sum(values) / len(values), "min": int(values[0]), "p50": quantile(0.5),
        "p90": quantile(0.9), "p99": quantile(0.99), "p999": quantile(0.999), "p9999": quantile(0.9999),
        "max": int(values[-1]), "buckets": [[u, c] for u, c in sorted(counts.items())],
    }


def account(rng: random.Random, variant: str, threads: int, io: int, interval_us: int) -> dict[str, Any]:
    """What an account pass of `gil_time` adds to a line: the time of each worker, hand-overs."""
    workers = [_times(variant, w < io, threads, io) for w in range(threads)]
    switches = round(WINDOW_NS / 1e3 / interval_us) if gil_like(variant) and threads - io > 0 else 0
    waits = [rng.lognormvariate(math.log(6e3), 0.9) for _ in range(40 * max(switches, 1))]
    counters = {"gil_forced_switch": switches, "gil_drop_request": switches, "gil_take": 2 * switches}
    names = list(workers[0])
    return {
        "build": "account", "process": 0, "ops": [1000] * threads, "window_ms": WINDOW_NS / 1e6,
        "cpus": list(range(threads)), "bound": True, "wall_ns": [WINDOW_NS] * threads, "accepted": True,
        "account": counters | {name: sum(w[name] for w in workers) for name in names},
        "account_threads": [w | counters for w in workers],
        "histograms": {"gil_handover": histogram(waits) if gil_like(variant) else None},
    }


def _times(variant: str, sleeps: bool, threads: int, io: int) -> dict[str, int]:
    """A worker's window, divided among the four states."""
    counting = max(threads - io, 1)
    if gil_like(variant):
        shares = (0.004, 0.79, 0.003, 0.203) if sleeps else (1 / counting - 0.002, 1 - 1 / counting, 0.002, 0.0)
    else:
        shares = (0.02, 0.0, 0.0, 0.98) if sleeps else (0.999, 0.001, 0.0, 0.0)
    names = ("running", "waiting", "switching", "blocked")
    return {f"time_{name}_ns": round(share * WINDOW_NS) for name, share in zip(names, shares)}


def write_traces(folder: Path, threads: int, variants: tuple[str, ...]) -> None:
    """A sleeper beside threads that count, under the GIL and with object locks."""
    folder.mkdir(exist_ok=True)
    threads = max(threads, 2)
    for variant in set(variants) & {"gil", "object"}:
        case = f"gil_time/interval:5000/io:1/threads:{threads}"
        events = [{"ph": "M", "name": "thread_name", "pid": 1, "tid": w,
                   "args": {"name": f"worker {w}{' (sleeps and wakes)' if w == 0 else ''}"}}
                  for w in range(threads)]  # fmt: skip
        events += _by_turns(threads) if variant == "gil" else _at_once(threads)
        whole = {"traceEvents": events, "displayTimeUnit": "ms", "otherData": {
            "case": case, "variant": variant, "build": "account", "window_ms": 200, "threads": threads, "dropped": 0,
        }}  # fmt: skip
        name = f"{case.replace('/', '-').replace(':', '_')}-{variant}.json"
        (folder / name).write_text(json.dumps(whole))


def _slice(worker: int, state: str, begin: float, end: float) -> dict[str, Any]:
    return {"ph": "X", "cat": "state", "name": state, "pid": 1, "tid": worker, "ts": begin, "dur": end - begin}


def _moment(worker: int, what: str, at: float) -> dict[str, Any]:
    return {"ph": "i", "s": "t", "cat": "gil", "name": what, "pid": 1, "tid": worker, "ts": at}


def _by_turns(threads: int) -> list[dict[str, Any]]:
    """Each thread has 5 ms; worker 0 gives the GIL up after 40 us and sleeps for a while."""
    events, at, turn = [], 0.0, 0
    while at < 200e3:
        worker = turn % threads
        length = 40.0 if worker == 0 else 5000.0
        events.append(_slice(worker, "running", at, at + length))
        for other in range(threads):
            if other == worker:
                continue
            asleep = min(1000.0, length) if other == 0 and worker == 1 else 0.0
            events += [_slice(other, "blocked", at, at + asleep)] if asleep else []
            events.append(_slice(other, "waiting", at + asleep, at + length))
        at += length
        turn += 1
        if worker != 0:
            events += [_moment(turn % threads, "drop requested", at), _moment(worker, "forced switch", at)]
        events += [_slice(turn % threads, "switching", at, at + 30)]
        events += [_slice(w, "waiting", at, at + 30) for w in range(threads) if w != turn % threads]
        at += 30
    return events


def _at_once(threads: int) -> list[dict[str, Any]]:
    """Counting threads run, worker 0 sleeps 1.1 ms and runs 40 us."""
    events = [_slice(w, "running", 0.0, 200e3) for w in range(1, threads)]
    for i in range(175):
        at = 1140.0 * i
        events += [_slice(0, "blocked", at, at + 1100.0), _slice(0, "running", at + 1100.0, at + 1140.0)]
    return events


def write_outcomes(path: Path, variants: tuple[str, ...]) -> None:
    """A table for each of OPERATIONS on each variant, and for some of them on engines."""
    lines = [_table(*operation, variant) for operation in OPERATIONS for variant in variants]
    engines = [f"{variant} exec" for variant in variants if variant != "unlocked"] + ["CPython 3.11.2"]
    lines += [_table(*operation, engine) for operation in OPERATIONS[:3] for engine in engines]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))


def _table(test: str, operation: str, bare: float, safe: float, disaster: str | None, variant: str) -> dict[str, Any]:
    """One line of outcomes.jsonl."""
    unsafe = variant == "unlocked"
    odd = bare if unsafe else safe if not (gil_like(variant) and test == "attribute_increment") else 0.0
    samples, enough = 1_200_000, not (test == "message_passing" and gil_like(variant))
    rows = [("right", 1 - odd, "ACCEPTABLE"), ("lost", odd, "INTERESTING")]
    ended = bare / 20 if unsafe and disaster else 0.0
    rows.append((disaster or "CRASH", ended, "INTERESTING" if unsafe else "FORBIDDEN"))
    seen = [{"outcome": o, "samples": max(round(s * samples), 1), "share": s, "expect": e, "meaning": o}
            for o, s, e in rows if s]  # fmt: skip
    unseen = [{"outcome": o, "expect": e, "below": 3 / samples, "meaning": o} for o, s, e in rows if not s]
    fate = {"CRASH": "can crash", "HANG": "can hang"}.get(disaster or "") if unsafe else None
    return {
        "test": test, "operation": operation, "title": f"What comes of {operation}?", "variant": variant,
        "seed": 7, "cpus": [0, 1], "actors": 2, "samples": samples,
        "overlap": {"measure": "switched" if gil_like(variant) else "overlapped",
                    "count": 60_000 if enough else 12, "share": 0.05 if enough else 1e-5, "enough": enough},
        "outcomes": seen, "unseen": unseen,
        "verdict": "INTERESTING" if odd or fate else "PASS" if enough else "INCONCLUSIVE",
        "behaviour": fate or ("can be lost" if odd else "atomic" if enough else "unknown"),
    }  # fmt: skip
