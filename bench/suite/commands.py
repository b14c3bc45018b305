"""The command line of each kind of process that a run starts."""

from __future__ import annotations

import sys
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import locations, peers, plan, programs, results


@dataclass
class Settings:
    """What the processes of a run have in common."""

    runner: Path
    folder: Path
    cases: dict[str, dict[str, Any]]  # id -> planned case (plan.Case.planned)
    seed: int
    rounds: int
    next_process: int  # the first number that no process of the plan has
    budget_s: float | None = None
    pythons: dict[str, str] = field(default_factory=dict)  # name of a peer -> program
    placement: list[int] = field(default_factory=list)  # processing units in the runner's order
    scale: int = 1  # of the work while memory is looked at

    @property
    def samples(self) -> Path:
        return self.folder / results.SAMPLES_FILE


def command(settings: Settings, task: plan.Task) -> list[str]:
    """The command line of a task's process."""
    if programs.is_program(task.case):
        return _program(settings, task)
    if task.kind == plan.PEER:
        return _peer(settings, task)
    case = settings.cases[task.case]
    line = [
        str(settings.runner),
        f"--cells=^{task.case.replace('.', '[.]')}$",
        f"--threads={case['threads']}",
        f"--process={task.process}",
        f"--seed={_seed(settings, task)}",
    ]
    if task.kind == plan.TRACE:
        trace = trace_file(settings.folder, task.case, task.who)
        return [*line, f"--variants={task.who}", "--account", f"--trace={trace}"]
    line += [f"--samples={settings.samples}", f"--variants={','.join(case['variants'])}"]
    if task.kind == plan.ACCOUNT:
        return [*line, "--account"]
    if task.kind == plan.MEMORY:
        return [*line, "--memory", f"--scale={settings.scale}"]
    raw = settings.folder / results.RAW_FOLDER / f"{file_name(task.case)}-{task.process}.json"
    amount = f"--blocks={case['blocks']}" if case.get("blocks") else f"--seconds={case['seconds']}"
    return [*line, amount, f"--benchmark_out={raw}", "--benchmark_out_format=json"]


def _peer(settings: Settings, task: plan.Task) -> list[str]:
    case = settings.cases[task.case]
    line = [
        settings.pythons[task.who], "-s", str(peers.PROGRAM), f"--samples={settings.samples}",
        f"--case={task.case}", f"--name={task.who}", f"--process={task.process}",
        f"--windows={plan.PEER_WINDOWS}", f"--window-ms={case['window_ms']}",
    ]  # fmt: skip
    cpus = ",".join(map(str, settings.placement))
    return [*line, f"--cpus={cpus}"] if cpus else line


def _program(settings: Settings, task: plan.Task) -> list[str]:
    """A program runs on one engine, whose command line bench/peers/program.py is given."""
    case = settings.cases[task.case]
    cell, threads = case["cell"], case["threads"]
    line = [
        sys.executable, "-s", str(peers.PROGRAM_RUNNER), f"--samples={settings.samples}",
        f"--case={task.case}", f"--name={task.who}", f"--process={task.process}",
        f"--ops={','.join(map(str, programs.operations(cell, threads)))}",
    ]  # fmt: skip
    library = locations.pin_library()
    if library and settings.placement:
        line += [f"--cpus={','.join(map(str, settings.placement))}", f"--pin={library}"]
    if programs.BY_CELL[cell].kind == programs.CPU:
        line.append("--judge")
    given = programs.arguments(cell, case["params"], threads)
    if task.who in settings.pythons:
        return [*line, "--role=peer", "--", settings.pythons[task.who], "-s", str(programs.source(cell)), *given]
    build = task.who + ("-account" if task.kind == plan.ACCOUNT else "")
    counts = ["--account"] if task.kind == plan.ACCOUNT else []
    engine = [str(locations.interpreter(build)), *counts, str(programs.translated(cell))]
    return [*line, *counts, "--", *engine, *given]


def _seed(settings: Settings, task: plan.Task) -> int:
    return zlib.crc32(f"{settings.seed} {task.case} {task.process}".encode()) & 0x7FFFFFFF


def trace_file(folder: Path, case: str, variant: str) -> Path:
    """Where the trace of a case on a variant is."""
    return folder / results.TRACES_FOLDER / f"{file_name(case)}-{variant}.json"


def file_name(case: str) -> str:
    """A case's id as part of a file name."""
    return case.replace("/", "-").replace(":", "_")
