#!/usr/bin/env python3
"""Stands in for outcomes-, torture-, faults- and gilbench-exec-<variant>: flags, lines, exit codes, no races.

Environment: FAKE_FORBIDDEN (a test that shows what is forbidden), FAKE_FAIL (torture | faults | program | exec | crash),
FAKE_TABLE_S (seconds that a table takes).
"""

import json
import os
import sys
import time

TESTS = {
    "attribute_increment": "x.v += 1",
    "list_append_append": "x.append(a) | x.append(b)",
    "raw_increment": "n++ (a field in C)",
}


def line(test, variant, seed):
    lost = test == "attribute_increment" and variant.startswith("object")
    crash = variant == "unlocked"
    forbidden = os.environ.get("FAKE_FORBIDDEN") == test and not crash
    outcomes = [{"outcome": "2", "samples": 900, "share": 0.9, "expect": "ACCEPTABLE", "meaning": "both"}]
    if lost or forbidden or crash:
        outcomes.append({
            "outcome": "CRASH" if crash else "1", "samples": 100, "share": 0.1, "meaning": "one",
            "expect": "FORBIDDEN" if forbidden else "INTERESTING",
        })  # fmt: skip
    return {
        "test": test, "operation": TESTS[test], "title": "What comes of it?", "variant": variant,
        "seed": seed, "cpus": [0, 1], "actors": 2, "samples": 1000,
        "overlap": {"measure": "overlapped", "count": 500, "share": 0.5, "enough": True},
        "outcomes": outcomes,
        "unseen": [{"outcome": "HANG", "expect": "FORBIDDEN", "below": 0.003, "meaning": "stood"}],
        "verdict": "FORBIDDEN" if forbidden else "INTERESTING" if lost or crash else "PASS",
        "behaviour": "can crash" if crash else "can be lost" if lost or forbidden else "atomic",
    }  # fmt: skip


def torture(part):
    print(f"fake {part}")
    sys.exit(1 if os.environ.get("FAKE_FAIL") == part else 0)


def outcomes(variant, arguments):
    if "--list" in arguments:
        return print("\n".join(f"{test} {operation}" for test, operation in TESTS.items()))
    if os.environ.get("FAKE_FAIL") == "program":
        print("outcomes: fork: no more processes", file=sys.stderr)
        sys.exit(1)
    given = list(zip(arguments[::2], arguments[1::2]))
    only = [value for name, value in given if name == "--only"]
    flags = dict(given)
    lines = [line(test, variant, int(flags["--seed"])) for test in only or TESTS]
    for each in lines:
        time.sleep(float(os.environ.get("FAKE_TABLE_S", "0")))
        with open(flags["--jsonl"], "a", encoding="utf-8") as file:
            file.write(json.dumps(each) + "\n")
    sys.exit(any(each["verdict"] == "FORBIDDEN" for each in lines))


def race(engine, name):
    """One race of stress/programs/races.py, as it prints it."""
    if os.environ.get("FAKE_FAIL") == "crash":
        os.abort()
    if os.environ.get("FAKE_FAIL") == "exec":
        sys.exit("NameError: name 'threading' is not defined")
    lost = 7 if "object" in engine else 0
    print(name, "x.v += 1", "overlapped", 50 if "biased" in engine else 500, "OVERLAP", "both", sep="\t")
    print(name, "x.v += 1", "2", 993, "ACCEPTABLE", "both", sep="\t")
    print(name, "x.v += 1", "1", lost, "INTERESTING", "one", sep="\t")


if __name__ == "__main__":
    part, _, name = os.path.basename(sys.argv[1]).partition("-")
    if part == "gilbench":
        sys.exit(race(name, sys.argv[4]))
    outcomes(name, sys.argv[2:]) if part == "outcomes" else torture(part)
