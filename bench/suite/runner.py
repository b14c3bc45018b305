"""Runs the processes of a plan: one at a time, interruptible, with everything kept.

Each process is a fresh runner program that appends its windows to `samples.jsonl` itself. The
suite looks at what came, cuts off half a line, repeats what was too disturbed, and minds the
budget. Nothing here knows what a cell measures.
"""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import time
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any, Sequence

from . import results
from .errors import OutsideError
from .machine import Neighbours, last_line
from .plan import ACCOUNT_S, START_S, Task
from .progress import Progress

RUNNER_WRONG_FLAG = 2
RUNNER_INTERRUPTED = 130
HANG_FACTOR, HANG_S = 20.0, 120.0  # a process is given up after so long
BUSY_SHARE = 0.25  # CPUs that other programs may use before it is worth a warning
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


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


@dataclass
class Outcome:
    """What became of the processes. `interrupted` means that the user asked to stop."""

    interrupted: bool = False
    failure: OutsideError | None = None
    skipped: int = 0  # planned and left out because the budget was used up
    disturbed: int = 0  # processes most of whose blocks were disturbed
    repeated: int = 0  # of those, run once more
    busy: list[float] = field(default_factory=list)  # CPUs used by others, per process
    done: dict[str, set[int]] = field(default_factory=dict)  # processes with a whole block
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
    took: dict[tuple[str, bool], float] = {}
    total = sum(_expected(settings, task, took) for task in queue)
    fresh = settings.next_process
    with Interrupt() as interrupt, Progress(len(queue), total) as progress:
        while queue and not interrupt.requested and outcome.failure is None:
            task = queue.pop(0)
            planned = _planned(settings, task)
            if _over_budget(settings, began, _expected(settings, task, took)):
                outcome.skipped += not task.account and task.process < settings.next_process
                progress.add(planned, done=False)
                continue
            progress.show(task.case)
            started = time.monotonic()
            samples = _attempt(settings, task, interrupt, outcome)
            took[task.case, task.account] = time.monotonic() - started
            progress.add(planned)
            outcome.repeated += task.process >= settings.next_process
            if _worth_repeating(task, samples, settings, outcome, interrupt):
                queue.append(Task(task.case, fresh))
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
        samples = results.take_appended(settings.folder, offset)
    except OSError as error:
        outcome.failure = _outside(error, settings)
        return []
    except ValueError as error:
        outcome.failure = OutsideError(f"the runner wrote what is not a sample: {error}")
        return []
    if failure and not interrupt.requested:
        outcome.failure = failure
    if not task.account and whole_blocks(samples, settings.cases[task.case]["variants"]):
        outcome.done.setdefault(task.case, set()).add(task.process)
    return samples


def _run_process(
    settings: Settings, task: Task, interrupt: Interrupt, outcome: Outcome
) -> OutsideError | None:
    """Starts a runner and waits. Returns what went wrong, if anything did."""
    neighbours = Neighbours.watch()
    cpu, began = _children_cpu(), time.monotonic()
    child = subprocess.Popen(
        command(settings, task), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, text=True, errors="replace", start_new_session=True,
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
        return OutsideError(f"{task.case}: the runner did not end within {limit:.0f} s")
    finally:
        interrupt.child = None
    share = neighbours.share(time.monotonic() - began, _children_cpu() - cpu)
    if share is not None:
        outcome.busy.append(share)
    return _failure(settings, task, child.returncode, complaint, interrupt)


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
    return OutsideError(f"{task.case}: {said or f'the runner ended with exit code {code}'}")


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


def command(settings: Settings, task: Task) -> list[str]:
    """The command line of a process."""
    case = settings.cases[task.case]
    seed = zlib.crc32(f"{settings.seed} {task.case} {task.process}".encode()) & 0x7FFFFFFF
    line = [
        str(settings.runner),
        f"--samples={settings.folder / results.SAMPLES_FILE}",
        f"--variants={','.join(case['variants'])}",
        f"--cells=^{task.case.replace('.', '[.]')}$",
        f"--threads={case['threads']}",
        f"--process={task.process}",
        f"--seed={seed}",
    ]
    if task.account:
        return [*line, "--account"]
    raw = settings.folder / results.RAW_FOLDER / f"{file_name(task.case)}-{task.process}.json"
    amount = f"--blocks={case['blocks']}" if case.get("blocks") else f"--seconds={case['seconds']}"
    return [*line, amount, f"--benchmark_out={raw}", "--benchmark_out_format=json"]


def file_name(case: str) -> str:
    """A case's id as part of a file name."""
    return case.replace("/", "-").replace(":", "_")


# ---------------------------------------------------------------- time and repetition


def _planned(settings: Settings, task: Task) -> float:
    return START_S + (ACCOUNT_S if task.account else settings.cases[task.case]["seconds"])


def _expected(settings: Settings, task: Task, took: dict[tuple[str, bool], float]) -> float:
    """Seconds that a process will take: as long as the last of its case, else as planned."""
    return took.get((task.case, task.account), _planned(settings, task))


def _over_budget(settings: Settings, began: float, expected: float) -> bool:
    spent = time.monotonic() - began
    return settings.budget_s is not None and spent + expected > settings.budget_s


def _worth_repeating(
    task: Task, samples: list[results.Sample], settings: Settings, outcome: Outcome,
    interrupt: Interrupt,
) -> bool:  # fmt: skip
    """Whether most blocks were disturbed. A repetition is not repeated again."""
    if task.account or outcome.failure or interrupt.requested:
        return False
    if task.process >= settings.rounds:
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
