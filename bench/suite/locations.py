"""Where things are, relative to the checkout that this file is in."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RUNS = ROOT / "results" / "runs"
SCHEMA = ROOT / "results" / "schema.json"

# The ladder, in the order of runtime/variants.cmake; neighbours differ in one policy.
VARIANTS = ("unlocked", "gil", "gil-biased", "object", "object-atomic")
# Variants that are correct with threads.
SAFE_VARIANTS = VARIANTS[1:]


def build_folder(preset: str = "release") -> Path:
    """The build folder of a CMake preset."""
    return ROOT / "build" / preset


def runner_override() -> Path | None:
    """A runner program named by the environment; nothing is then built or installed."""
    named = os.environ.get("GILBENCH_RUNNER")
    return Path(named) if named else None


def stress_override() -> Path | None:
    """A folder of stress programs named by the environment; nothing is then built or installed."""
    named = os.environ.get("GILBENCH_STRESS")
    return Path(named) if named else None


def exec_override() -> Path | None:
    """A folder of interpreters named by the environment; nothing is then built or installed."""
    named = os.environ.get("GILBENCH_EXEC")
    return Path(named) if named else None


def interpreter(build: str) -> Path:
    """The program that runs programs on a variant, or on its account build (`gil-account`)."""
    return (exec_override() or build_folder() / "runtime") / f"gilbench-exec-{build}"


def pin_library() -> Path | None:
    """What binds a program's threads: beside the runner; None if one that the environment names
    has none beside it."""
    library = runner().with_name("libgilbench-pin.so")
    return None if runner_override() and not library.exists() else library


def runner() -> Path:
    """The program that measures: the override, or the release build's."""
    return runner_override() or build_folder() / "bench" / "gilbench-bench"
