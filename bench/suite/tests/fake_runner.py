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
    "crossing": ("crossing_dict", "crossing_list", "crossing_map"),
    "io": ("sleepers", "socket_echo"),
    "mixed": ("mixed_reply",),
    "contention": ("reacquire", "convoy_echo", "long_calls", "gil_time", "lost_update"),
    "workloads": (
        "sieve", "word_count", "trees", "matrix", "pipe_ring", "tcp_echo", "file_sync", "mixed_work",
    ),
    "allocation": ("alloc_pair", "alloc_lifo", "alloc_random", "alloc_bleed", "alloc_handover"),
    "collector": ("gc_live", "gc_garbage", "gc_young", "gc_cycles", "safepoint"),
    "reads": ("read_dict", "read_list"),
    "footprint": ("object_memory", "churn"),
}  # fmt: skip
WINDOW_MS = {
    "sleepers": 100, "socket_echo": 60, "gil_handover": 60, "mixed_reply": 600, "reacquire": 600,
    "convoy_echo": 600, "long_calls": 600, "gil_time": 200, "lost_update": 200, "pipe_ring": 60,
    "tcp_echo": 60, "file_sync": 100, "gc_live": 100, "gc_garbage": 100, "gc_young": 100,
    "gc_cycles": 100, "safepoint": 200,
}  # fmt: skip
FROM_TWO = (
    "gil_handover", "socket_echo", "mixed_reply", "crossing_map", "reacquire", "long_calls",
    "gil_time", "lost_update", "pipe_ring", "tcp_echo", "alloc_handover", "safepoint",
)  # fmt: skip
MOST = {"long_calls": 2, "lost_update": 2, "object_memory": 1}
BLOCKING = ("pipe_ring", "tcp_echo", "file_sync", "sleepers", "socket_echo", "gil_pair", "gil_handover")
EVEN = ("socket_echo", "tcp_echo", "alloc_handover")
INTERVALS = [100, 500, 1000, 5000, 20000]
SHARES = [0, 1, 5, 25, 100]
OBJECTS = [10000, 100000, 1000000]
ORDERS = ["linear", "random"]
SHARING = ["private", "read", "disjoint", "contended"]
PARAMS = {
    "crossing_dict": {"share": SHARES}, "crossing_list": {"share": SHARES},
    "crossing_map": {"share": SHARES, "section": [1, 10, 100]},
    "reacquire": {"interval": INTERVALS}, "convoy_echo": {"interval": INTERVALS},
    "long_calls": {"call": [100, 1000, 10000, 50000]},
    "gil_time": {"interval": INTERVALS, "io": [0, 1, 2]},
    "lost_update": {"poll": ["edge", "call"]}, "mixed_work": {"share": [25, 50, 75]},
    "sieve": {"sharing": SHARING}, "word_count": {"sharing": SHARING},
    "trees": {"sharing": SHARING}, "matrix": {"sharing": SHARING},
    "alloc_pair": {"size": [48, 64, 512]}, "alloc_lifo": {"size": [64, 512], "live": [1000]},
    "alloc_random": {"live": [1000, 100000]}, "alloc_bleed": {"live": [5000]},
    "alloc_handover": {"size": ["mixed", 64]},
    "gc_live": {"objects": OBJECTS, "order": ORDERS},
    "gc_garbage": {"share": [10, 50, 100], "objects": OBJECTS, "order": ORDERS},
    "gc_young": {"objects": [*OBJECTS, 10000000]},
    "read_dict": {"kind": ["immortal", "counted"]}, "read_list": {"kind": ["immortal", "counted"]},
    "object_memory": {
        "objects": [200000], "kind": ["int", "float", "str", "tuple", "list", "dict", "instance"],
    },
}  # fmt: skip
OBJECT_NS = {"gc_live": (150, 400), "gc_garbage": (150, 900), "gc_young": (120, 0)}
WEIGHED = ("alloc_lifo", "alloc_random", "alloc_bleed", "alloc_handover", *TOPICS["footprint"])
TIMED = ("mixed_reply", "reacquire", "convoy_echo", "long_calls", "gc_live", "gc_garbage",
         "gc_young", "safepoint")  # fmt: skip
SPEED = {"unlocked": 1.1, "gil": 1.0, "gil-biased": 0.95, "object": 0.9, "object-atomic": 0.6}


def cells():
    return [
        {
            "cell": cell, "topic": topic, "question": f"What does {cell} cost?", "good": "high",
            "unit": "ops/s", "metric": "throughput", "contends": cell not in BLOCKING,
            "window_ms": WINDOW_MS.get(cell, 0), "threads_even": cell in EVEN,
            "params": PARAMS.get(cell, {}), "threads_min": 2 if cell in FROM_TWO else 1,
            "threads_max": MOST.get(cell, 2 if topic == "gil" else None),
            "latency": cell in TIMED, "timed": topic != "footprint", "weighed": cell in WEIGHED,
            "scales": cell == "churn",
            "object_ns": OBJECT_NS.get(cell, (0, 0))[0],
            "object_window_ns": OBJECT_NS.get(cell, (0, 0))[1],
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
    return cell, {name: int(v) if v.isdigit() else v for name, v in values.items()}, threads


def window(case, variant, role, process, block, position, generator):
    cell, params, threads = split_case(case)
    rate = 1e7 * SPEED[variant] * generator.lognormvariate(0, 0.002)
    scale = threads if variant.startswith("object") else 1
    latency = None
    if cell in TIMED:
        p50 = 5_000_000 if variant.startswith("gil") else 60_000
        latency = {"unit": "ns", "count": 40, "mean": 1.1 * p50, "min": p50 // 2, "p50": p50, "p90": p50 * 2,
                   "p99": p50 * 3, "p999": p50 * 3, "max": p50 * 4,
                   "buckets": [[p50, 20], [p50 * 4, 20]]}  # fmt: skip
    disturbed = os.environ.get("FAKE_DISTURBED") == "1"
    lost = {"lost": 0 if params["poll"] == "edge" else 1000} if cell == "lost_update" else {}
    return lost | {
        "case": case, "cell": cell, "params": params, "threads": threads, "variant": variant,
        "role": role, "build": "timed", "process": process, "block": block, "position": position,
        "window_ms": 20.0, "cpus": list(range(threads)), "bound": True,
        "ops": [int(rate * scale / threads * 0.02)] * threads, "wall_ns": [20_000_000] * threads,
        "latency": latency,
        "disturbance": {"runq_wait_ns": [0] * threads, "involuntary": [0] * threads,
                        "psi_some_us": None},
        "accepted": not disturbed, "why": "run-queue wait 31% of the window" if disturbed else None,
    }  # fmt: skip


def memory(case, variant, process):
    cell, params, threads = split_case(case)
    return {
        "case": case, "cell": cell, "params": params, "threads": threads, "variant": variant,
        "role": "main", "build": "memory", "process": process, "ops": [1000] * threads,
        "resident": {"start": 4_000_000, "peak": 14_000_000, "end": 4_100_000},
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
    if "trace" in given:
        with open(given["trace"], "w", encoding="utf-8") as trace:
            trace.write('{"traceEvents": []}')
        return
    with open(given["samples"], "a", encoding="utf-8") as samples:
        if "memory" in given:
            for variant in variants:
                samples.write(json.dumps(memory(case, variant, process)) + "\n")
            return
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
