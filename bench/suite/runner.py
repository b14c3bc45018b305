"""Runs the processes of a plan: one at a time, interruptible, with everything kept.

Each process is a fresh program, the runner or a peer, that appends its windows to
`samples.jsonl` itself. The suite looks at what came, cuts off half a line, repeats what was too
disturbed, and minds the budget. Where the runner fails the run ends; a peer that fails is left
out; a program that an engine fails to run fails the run, which goes on without it. Nothing here
knows what a cell measures.
"""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import FrameType
from typing import Any, Sequence

from . import peers, plan, programs, results
from .commands import Settings, command, trace_file
from .errors import OutsideError
from .machine import Neighbours, last_line
from .plan import Task
from .progress import Progress

RUNNER_WRONG_FLAG = 2
RUNNER_INTERRUPTED = 130
HANG_FACTOR, HANG_S = 20.0, 120.0  # a process is given up after so long
BUSY_SHARE = 0.25  # CPUs that other programs may use before it is worth a warning
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


# Seconds that a process of a case, kind and peer took.
Took = dict[tuple[str, str, str], float]


@dataclass
class Outcome:
    """What became of the processes. `interrupted` means that the user asked to stop."""

    interrupted: bool = False
    failure: OutsideError | None = None
    skipped: int = 0  # planned and left out because the budget was used up
    disturbed: int = 0  # processes most of whose blocks were disturbed
    repeated: int = 0  # of those, run once more
    busy: list[float] = field(default_factory=list)  # CPUs used by others, per process
    failed_peers: dict[plan.Job, str] = field(default_factory=dict)  # and why
    failed_programs: dict[plan.Job, str] = field(default_factory=dict)  # and why
    seconds: float = 0.0


class Interrupt:
    """Catches SIGINT and SIGTERM while processes run and passes them to the current one."""

    def __init__(self) -> None:
        self.requested = False
        self.child: subprocess.Popen[str] | None = None
        self._old: dict[int, Any] = {}

    def __enter__(self) -> Interrupt:
        for number in (signal.SIGINT, signal.SIGTERM):
            self._old[number] = signal.signal(number, self._handle)
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._old.items():
            signal.signal(number, handler)

    def _handle(self, _number: int, _frame: FrameType | None) -> None:
        again, self.requested = self.requested, True
        if self.child is not None and self.child.poll() is None:
            self.child.send_signal(signal.SIGKILL if again else signal.SIGINT)


def measure(settings: Settings, tasks: Sequence[Task]) -> Outcome:
    """Runs the tasks in order. Never raises for what a process does: see the Outcome."""
    outcome = Outcome()
    began = time.monotonic()
    queue = list(tasks)
    took: Took = {}
    total = sum(_expected(settings, task, took) for task in queue)
    fresh = settings.next_process
    with Interrupt() as interrupt, Progress(len(queue), total) as progress:
        while queue and not interrupt.requested and outcome.failure is None:
            task = queue.pop(0)
            planned = _planned(settings, task)
            if (task.case, task.who) in outcome.failed_peers | outcome.failed_programs:
                progress.add(planned, done=False)
                continue
            if _over_budget(settings, began, _expected(settings, task, took)):
                outcome.skipped += _in_plan(task, settings)
                progress.add(planned, done=False)
                continue
            progress.show(task.case)
            started = time.monotonic()
            samples = _attempt(settings, task, interrupt, outcome)
            took[task.case, task.kind, task.who] = time.monotonic() - started
            progress.add(planned)
            outcome.repeated += task.process >= settings.next_process
            if _worth_repeating(task, samples, settings, outcome, interrupt):
                queue.append(replace(task, process=fresh))
                progress.more(planned)
                fresh += 1
                outcome.disturbed += 1
        outcome.interrupted = interrupt.requested
    outcome.seconds = time.monotonic() - began
    return outcome


def _attempt(
    settings: Settings, task: Task, interrupt: Interrupt, outcome: Outcome
) -> list[results.Sample]:
    """Runs one process and files what it left; failures go into the outcome."""
    offset = results.end_of_samples(settings.folder)
    try:
        failure = _run_process(settings, task, interrupt, outcome)
    except OSError as error:
        failure = _outside(error, settings)
    if failure and not interrupt.requested:
        _file_failure(failure, task, settings, outcome)
    if task.kind == plan.TRACE and (failure or interrupt.requested):
        trace_file(settings.folder, task.case, task.who).unlink(missing_ok=True)
    try:
        return results.take_appended(settings.folder, offset)
    except OSError as error:
        outcome.failure = _outside(error, settings)
    except ValueError as error:
        outcome.failure = OutsideError(f"{_whose(task)} wrote what is not a sample: {error}")
    return []


def _file_failure(
    failure: OutsideError, task: Task, settings: Settings, outcome: Outcome
) -> None:
    """The run ends, unless it is only a peer or a program that failed."""
    full = no_room(settings.folder)
    if programs.is_program(task.case) and not full:
        outcome.failed_programs[task.case, task.who] = str(failure)
    elif task.kind == plan.PEER and not full:
        outcome.failed_peers[task.case, task.who] = str(failure)
    else:
        outcome.failure = failure


def _run_process(
    settings: Settings, task: Task, interrupt: Interrupt, outcome: Outcome
) -> OutsideError | None:
    """Starts a program and waits. Returns what went wrong, if anything did."""
    try:
        line = command(settings, task)
    except OutsideError as error:  # a program that the interpreter does not know
        return error
    neighbours = Neighbours.watch()
    cpu, began = _children_cpu(), time.monotonic()
    apart = task.kind == plan.PEER or programs.is_program(task.case)
    child = subprocess.Popen(
        line, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, text=True, errors="replace", start_new_session=True,
        env=peers.environment() if apart else None,
    )  # fmt: skip
    interrupt.child = child
    if interrupt.requested:  # it came before there was a child to pass it to
        child.send_signal(signal.SIGINT)
    limit = HANG_S + HANG_FACTOR * _planned(settings, task)
    try:
        _, complaint = child.communicate(timeout=limit)
    except subprocess.TimeoutExpired:
        child.kill()
        child.communicate()
        return OutsideError(f"{_whose(task)}: did not end within {limit:.0f} s")
    finally:
        interrupt.child = None
    share = neighbours.share(time.monotonic() - began, _children_cpu() - cpu)
    if share is not None:
        outcome.busy.append(share)
    return _failure(settings, task, child.returncode, complaint, interrupt)


def _whose(task: Task) -> str:
    return f"{task.case} on {task.who}" if task.who else task.case


def _children_cpu() -> float:
    times = os.times()
    return times.children_user + times.children_system


def _failure(
    settings: Settings, task: Task, code: int, complaint: str, interrupt: Interrupt
) -> OutsideError | None:
    if code == 0:
        return None
    if code == RUNNER_INTERRUPTED:
        interrupt.requested = True  # a terminal's ^C can reach the runner alone
        return None
    full = "disk full" in complaint or any(os.strerror(n) in complaint for n in NO_ROOM)
    if code == -signal.SIGXFSZ or full or no_room(settings.folder):
        return OutsideError(f"{settings.folder}: no room left on the disk; {keep_line(settings)}")
    said = last_line(complaint)
    if code < 0:
        said = f"killed by {signal.Signals(-code).name}" + (f" ({said})" if said else "")
    return OutsideError(f"{_whose(task)}: {said or f'ended with exit code {code}'}")


def keep_line(settings: Settings) -> str:
    """The half sentence that tells where the samples are and how to go on."""
    return f"what was measured is kept, continue with: gilbench run --resume {settings.folder}"


def no_room(folder: Path) -> bool:
    """Whether the file system of `folder` is as good as full."""
    try:
        return shutil.disk_usage(folder).free < 4096
    except OSError:
        return False


def _outside(error: OSError, settings: Settings) -> OutsideError:
    if error.errno in NO_ROOM:
        return OutsideError(f"{settings.folder}: no room left on the disk; {keep_line(settings)}")
    return OutsideError(f"{error.filename or settings.runner}: {error.strerror}")


# ---------------------------------------------------------------- time and repetition


def _planned(settings: Settings, task: Task) -> float:
    case = settings.cases[task.case]
    if task.kind == plan.TIMED:
        return plan.START_S + case["seconds"]
    if programs.is_program(task.case):
        return plan.START_S + case["window_ms"] / 1000
    if task.kind == plan.PEER:
        return plan.peer_seconds(case["window_ms"], case["params"])
    if task.kind == plan.MEMORY:
        return plan.START_S + case["weighed_s"]
    return plan.START_S + plan.ACCOUNT_S


def _expected(settings: Settings, task: Task, took: Took) -> float:
    """Seconds that a process will take: as long as the last one like it, else as planned."""
    return took.get((task.case, task.kind, task.who), _planned(settings, task))


def _in_plan(task: Task, settings: Settings) -> bool:
    """Whether its samples were planned, and are not a repetition."""
    return task.kind in (plan.TIMED, plan.PEER, plan.PROGRAM) and task.process < settings.next_process


def _over_budget(settings: Settings, began: float, expected: float) -> bool:
    spent = time.monotonic() - began
    return settings.budget_s is not None and spent + expected > settings.budget_s


def _worth_repeating(
    task: Task, samples: list[results.Sample], settings: Settings, outcome: Outcome,
    interrupt: Interrupt,
) -> bool:  # fmt: skip
    """Whether most blocks were disturbed. A repetition is not repeated again."""
    if task.kind not in (plan.TIMED, plan.PROGRAM) or outcome.failure or interrupt.requested:
        return False
    if task.process >= settings.rounds * plan.in_round(task.case):
        return False
    blocks = {sample["block"] for sample in samples}
    disturbed = {sample["block"] for sample in samples if not sample["accepted"]}
    return bool(blocks) and 2 * len(disturbed) > len(blocks)


def whole_blocks(samples: Sequence[results.Sample], variants: Sequence[str]) -> int:
    """Number of blocks in which every variant has both of its windows, accepted or not."""
    seen: dict[int, dict[str, int]] = {}
    for sample in samples:
        if sample.get("role") == "main":
            counts = seen.setdefault(sample["block"], {})
            counts[sample["variant"]] = counts.get(sample["variant"], 0) + 1
    return sum(all(counts.get(v, 0) == 2 for v in variants) for counts in seen.values())
