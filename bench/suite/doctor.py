"""`gilbench doctor`: what on this machine will disturb the numbers, and what to do about it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Iterator

from .machine import on_linux, pressure_percent

PRESSURE_LIMIT = 5.0  # percent of time in which something waits for a CPU
LOAD_LIMIT = 0.5  # programs running, on average over the last minute


@dataclass(frozen=True)
class Finding:
    """Something found. `matters` tells whether it disturbs; `cure` is what to do then."""

    subject: str
    found: str
    matters: bool = False
    cure: str = ""

    def line(self) -> str:
        text = f"{'disturbs' if self.matters else 'ok':<9} {self.subject}: {self.found}"
        return f"{text}. {self.cure}" if self.cure else text


def examine() -> list[Finding]:
    """Everything the doctor looks at. Nothing here changes the machine."""
    if not on_linux():
        return [Finding("system", "not Linux", True, "Threads can be pinned on Linux only.")]
    return [found for check in (*LASTING, load, pressure, address_layout) for found in check()]


def warnings() -> list[str]:
    """Sentences for run.json: what disturbs all the time. How busy other programs are is
    watched while the processes run; right now it may be our own build.
    """
    if not on_linux():
        return []
    found = (finding for check in LASTING for finding in check())
    return [f"{f.subject}: {f.found}" for f in found if f.matters]


def governor(root: Path = Path("/sys/devices/system/cpu")) -> Iterator[Finding]:
    """The frequency governor of the processing units."""
    names = {_read(path) for path in root.glob("cpu[0-9]*/cpufreq/scaling_governor")}
    if not names:
        yield Finding("frequency", "no governor to be seen (a virtual machine?)")
    elif names == {"performance"}:
        yield Finding("frequency", "governor performance")
    else:
        yield Finding(
            "frequency", f"governor {', '.join(sorted(names))}", True,
            "Set it: cpupower frequency-set -g performance",
        )  # fmt: skip


def smt(path: Path = Path("/sys/devices/system/cpu/smt/active")) -> Iterator[Finding]:
    """Whether two processing units may share a core."""
    if _read(path) == "1":
        yield Finding(
            "hyperthreads", "on; workers go one to a core until cores run out", True,
            "Read figures with more threads than cores with care, or switch them off in the firmware.",
        )  # fmt: skip
    else:
        yield Finding("hyperthreads", "off")


def cores() -> Iterator[Finding]:
    """Whether there is a core for each of two threads."""
    count = len(os.sched_getaffinity(0))
    if count == 1:
        yield Finding(
            "cores", "one may be used: threads share it and no speedup can show", True,
            "Run where there are two or more.",
        )  # fmt: skip
    else:
        yield Finding("cores", f"{count} may be used")


def load() -> Iterator[Finding]:
    """Other programs that run."""
    average = os.getloadavg()[0]
    share = average / max(len(os.sched_getaffinity(0)), 1)
    yield Finding(
        "load", f"{average:.1f} over the last minute", share > LOAD_LIMIT,
        "Stop other programs." if share > LOAD_LIMIT else "",
    )  # fmt: skip


def pressure() -> Iterator[Finding]:
    """The kernel's account of time lost waiting for a CPU."""
    waiting = pressure_percent()
    if waiting is None:
        yield Finding(
            "pressure", "the kernel does not tell (no /proc/pressure)", False,
            "Boot with psi=1 to have disturbed windows recognised by it.",
        )  # fmt: skip
    else:
        bad = waiting > PRESSURE_LIMIT
        yield Finding(
            "pressure", f"something waited for a CPU {waiting:.0f}% of the last ten seconds", bad,
            "Stop other programs." if bad else "",
        )  # fmt: skip


def cgroup_limit(path: Path = Path("/sys/fs/cgroup/cpu.max")) -> Iterator[Finding]:
    """A container's limit on CPU time."""
    quota, _, period = _read(path).partition(" ")
    if quota.isdigit() and period.isdigit():
        yield Finding(
            "container", f"limited to {int(quota) / int(period):.1f} CPUs", True,
            "Threads are stopped in the middle of windows; give whole CPUs instead (--cpuset-cpus).",
        )  # fmt: skip
    else:
        yield Finding("container", "no limit on CPU time")


def address_layout() -> Iterator[Finding]:
    """Whether the sanitizers' programs can start under this address-space layout."""
    bits = _read(Path("/proc/sys/vm/mmap_rnd_bits")) or "unknown"
    compiler = shutil.which("clang")
    if compiler is None:
        yield Finding("sanitizers", f"no clang to try them with ({bits} bits of address layout)")
        return
    for name in ("thread", "address"):
        how, why = sanitizer(compiler, name)
        if how == "plain":
            yield Finding("sanitizers", f"{name} works ({bits} bits of address layout)")
        elif how == "setarch":
            yield Finding("sanitizers", f"{name} works under `setarch -R`, which the tests use")
        else:
            yield Finding("sanitizers", f"{name} does not run: {why}", True, CURE)


CURE = "Set it: sysctl vm.mmap_rnd_bits=28 (in a container: on its host)."
LASTING: tuple[Callable[[], Iterator[Finding]], ...] = (cores, governor, smt, cgroup_limit)


def sanitizer(compiler: str, name: str) -> tuple[str, str]:
    """How a program built with -fsanitize=`name` runs here: ("plain" | "setarch", "") or
    ("not", why). Layouts are drawn at random, so each way is tried several times.
    """
    with tempfile.TemporaryDirectory() as folder:
        source, program = Path(folder, "try.c"), Path(folder, "try")
        source.write_text("int main(void) { return 0; }\n", encoding="ascii")
        built = subprocess.run(
            [compiler, f"-fsanitize={name}", str(source), "-o", str(program)],
            capture_output=True, text=True,
        )  # fmt: skip
        if built.returncode != 0:
            return "not", "its run-time library is missing: install libclang-rt-dev"
        why = ""
        for how, prefix in (("plain", []), ("setarch", ["setarch", "-R"])):
            why = _tries([*prefix, str(program)])
            if not why:
                return how, ""
        return "not", why


def _tries(command: list[str], times: int = 8) -> str:
    """Empty if the command succeeds each time, else the first line of its complaint."""
    for _ in range(times):
        try:
            answer = subprocess.run(command, capture_output=True, text=True, errors="replace")
        except OSError as error:
            return f"{command[0]}: {error.strerror}"
        if answer.returncode != 0:
            lines = [re.sub(r"^==\d+==", "", line) for line in answer.stderr.splitlines() if line]
            return lines[0].strip() if lines else f"it ends with {answer.returncode}"
    return ""


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError:
        return ""
