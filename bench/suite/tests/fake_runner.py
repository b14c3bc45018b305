#!/usr/bin/env python3
"""Stands in for gilbench-bench: the same flags, lines and exit codes, invented numbers.

Environment: FAKE_BLOCKS (blocks per process), FAKE_WINDOW_S (seconds slept per window),
FAKE_FAIL (pin | crash | garbage), FAKE_DISTURBED (1: every window is rejected).
"""

import json
import os
import random
import signal
import sys
import time

VARIANTS = ["unlocked", "gil", "gil-biased", "object", "object-atomic"]
TOPICS = {
    "refcount": ("refcount_own", "refcount_shared", "refcount_immortal"),
    "lock": ("lock_private", "lock_shared"),
    "gil": ("gil_pair", "gil_handover"),
    "cpu": ("count_int", "count_small", "list_private", "dict_private"),
    "crossing": ("crossing_dict", "crossing_list"),
    "io": ("sleepers", "socket_echo"),
    "mixed": ("mixed_reply",),
}
WINDOW_MS = {"sleepers": 100, "socket_echo": 60, "gil_handover": 60, "mixed_reply": 600}
LEAST = {"gil_handover": 2, "socket_echo": 2, "mixed_reply": 2}
SPEED = {"unlocked": 1.1, "gil": 1.0, "gil-biased": 0.95, "object": 0.9, "object-atomic": 0.6}


def cells():
    return [
        {
            "cell": cell, "topic": topic, "question": f"What does {cell} cost?", "good": "high",
            "unit": "ops/s", "metric": "throughput", "contends": topic not in ("gil", "io"),
            "window_ms": WINDOW_MS.get(cell, 0), "threads_even": cell == "socket_echo",
            "params": {"share": [0, 1, 5, 25, 100]} if topic == "crossing" else {},
            "threads_min": LEAST.get(cell, 1), "threads_max": 2 if topic == "gil" else None,
            "latency": cell == "mixed_reply",
        }
        for topic, names in TOPICS.items()
        for cell in names
    ]  # fmt: skip


def machine():
    return {"cpu_model": "Imaginary 9000", "processing_units": 2, "placement": [0, 1], "kernel": "none"}


def flags(arguments):
    found = {}
    for argument in arguments:
        name, _, value = argument.lstrip("-").partition("=")
        found[name] = value
    return found


def split_case(case):
    cell, *rest = case.split("/")
    values = dict(part.split(":") for part in rest)
    threads = int(values.pop("threads"))
    return cell, {name: int(value) for name, value in values.items()}, threads


def window(case, variant, role, process, block, position, generator):
    cell, params, threads = split_case(case)
    rate = 1e7 * SPEED[variant] * generator.lognormvariate(0, 0.002)
    scale = threads if variant.startswith("object") else 1
    latency = None
    if cell == "mixed_reply":
        p50 = 5_000_000 if variant.startswith("gil") else 60_000
        latency = {"unit": "ns", "count": 40, "min": p50 // 2, "p50": p50, "p90": p50 * 2,
                   "p99": p50 * 3, "p999": p50 * 3, "max": p50 * 4,
                   "buckets": [[p50, 20], [p50 * 4, 20]]}  # fmt: skip
    disturbed = os.environ.get("FAKE_DISTURBED") == "1"
    return {
        "case": case, "cell": cell, "params": params, "threads": threads, "variant": variant,
        "role": role, "build": "timed", "process": process, "block": block, "position": position,
        "window_ms": 20.0, "cpus": list(range(threads)), "bound": True,
        "ops": [int(rate * scale / threads * 0.02)] * threads, "wall_ns": [20_000_000] * threads,
        "latency": latency,
        "disturbance": {"runq_wait_ns": [0] * threads, "involuntary": [0] * threads,
                        "psi_some_us": None},
        "accepted": not disturbed, "why": "run-queue wait 31% of the window" if disturbed else None,
    }  # fmt: skip


def main():
    given = flags(sys.argv[1:])
    if "list-json" in given:
        return print(json.dumps(cells()))
    if "machine-json" in given:
        return print(json.dumps(machine()))
    fail = os.environ.get("FAKE_FAIL")
    if fail == "pin":
        print("gilbench-bench: cannot bind a worker to PU 1: not permitted", file=sys.stderr)
        sys.exit(3)
    stop = []
    signal.signal(signal.SIGINT, lambda *_: stop.append(1))
    case = given["cells"].strip("^$")
    variants = given["variants"].split(",")
    process = int(given["process"])
    generator = random.Random(int(given["seed"]))
    with open(given["samples"], "a", encoding="utf-8") as samples:
        if "account" in given:
            for variant in variants:
                line = {"case": case, "variant": variant, "build": "account", "process": process,
                        "ops": [1000], "accepted": True,
                        "account": {"incref": 2000, "alloc_objects": 10, "alloc_bytes": 320}}
                samples.write(json.dumps(line) + "\n")
            return
        main_windows = [(variant, "main") for variant in variants]
        order = [main_windows[0], (variants[0], "copy"), *main_windows[1:]]
        for block in range(int(os.environ.get("FAKE_BLOCKS", "2"))):
            for position, (variant, role) in enumerate(order + order[::-1]):
                time.sleep(float(os.environ.get("FAKE_WINDOW_S", "0")))
                line = window(case, variant, role, process, block, position, generator)
                samples.write(json.dumps(line) + "\n")
                samples.flush()
                if stop:
                    sys.exit(130)
                if fail == "garbage":
                    samples.write('{"case": 1}\n')
                if fail == "crash":
                    samples.write('{"case":"half a li')
                    samples.flush()
                    os.kill(os.getpid(), signal.SIGSEGV)
    if "benchmark_out" in given:
        with open(given["benchmark_out"], "w", encoding="utf-8") as raw:
            raw.write("{}\n")


if __name__ == "__main__":
    try:
        main()
    except OSError as error:
        print(f"gilbench-bench: {error.strerror}", file=sys.stderr)
        sys.exit(1)
