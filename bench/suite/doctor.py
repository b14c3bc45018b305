"""`gilbench doctor`: what on this machine will disturb the numbers, and what to do about it.

A check reads a file or two (its argument, so that tests can make them up), takes a missing or
strange one for "not to be seen", and never changes anything.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Iterator, Sequence

from . import cgroups, peers
from .machine import PRESSURE, STAT, on_linux, pressure_percent

PRESSURE_LIMIT = 5.0  # percent of time in which something waits for a CPU
LOAD_LIMIT = 0.5  # programs running, on average over the last minute, per CPU
WAIT_LIMIT = 0.01  # of the time runnable but not running: as large as differences we look for
STEAL_LIMIT = 0.01  # of all time since boot taken by the host
LEAST_MEMORY = 1 << 30  # two compilers side by side, or the figures of a long run, come near it
CPUS = Path("/sys/devices/system/cpu")


@dataclass(frozen=True)
class Finding:
    """Something found. `matters` tells whether it disturbs; `cure` is what can be done."""

    subject: str
    found: str
    matters: bool = False
    cure: str = ""

    def line(self) -> str:
        """'disturbs', 'note' (nothing is wrong, but more could be had) or 'ok', and why."""
        kind = "disturbs" if self.matters else "note" if self.cure else "ok"
        text = f"{kind:<9} {self.subject}: {self.found}"
        return f"{text}. {self.cure}" if self.cure else text


def examine() -> list[Finding]:
    """Everything the doctor looks at. Nothing here changes the machine."""
    if not on_linux():
        return [Finding("system", "not Linux", True, "Threads can be pinned on Linux only.")]
    return [found for check in (*LASTING, *PASSING) for found in check()]


def warnings() -> list[str]:
    """Sentences for run.json: what disturbs all the time. How busy other programs are is
    watched while the processes run; right now it may be our own build.
    """
    if not on_linux():
        return []
    found = (finding for check in LASTING for finding in check())
    return [f"{f.subject}: {f.found}" for f in found if f.matters]


def governor(root: Path = CPUS) -> Iterator[Finding]:
    """The frequency governor of the processing units."""
    names = {_read(path) for path in root.glob("cpu[0-9]*/cpufreq/scaling_governor")} - {""}
    if not names:
        yield Finding("frequency", "no governor to be seen (a virtual machine?)")
    elif names == {"performance"}:
        yield Finding("frequency", "governor performance")
    else:
        yield Finding(
            "frequency", f"governor {', '.join(sorted(names))}", True,
            "Set it: cpupower frequency-set -g performance",
        )  # fmt: skip


def boost(root: Path = CPUS) -> Iterator[Finding]:
    """Whether a core runs faster while the others rest, which eats into every speedup."""
    for name, on in (("intel_pstate/no_turbo", "0"), ("cpufreq/boost", "1"), ("cpu0/cpufreq/boost", "1")):
        said = _read(root / name)
        if said == on:
            off = "1" if on == "0" else "0"
            yield Finding(
                "boost", "on; one thread alone runs at a higher frequency than several", True,
                f"Switch it off: echo {off} > {root / name}",
            )  # fmt: skip
            return
        if said:
            yield Finding("boost", "off")
            return
    yield Finding("boost", "no switch to be seen (a virtual machine?)")


def smt(path: Path = CPUS / "smt/active") -> Iterator[Finding]:
    """Whether two processing units may share a core."""
    if _read(path) == "1":
        yield Finding(
            "hyperthreads", "on; workers go one to a core until cores run out", True,
            "Read figures with more threads than cores with care, or switch them off in the firmware.",
        )  # fmt: skip
    else:
        yield Finding("hyperthreads", "off")


def cores(online: Path = CPUS / "online") -> Iterator[Finding]:
    """Whether there is a core for each of two threads, and who has the others."""
    count, there = len(os.sched_getaffinity(0)), cpu_count(_read(online))
    of_all = f" of {there} that are online" if there > count else ""
    if count == 1:
        yield Finding(
            "cores", f"one{of_all} may be used: threads share it and no speedup can show", True,
            "Run where there are two or more.",
        )  # fmt: skip
    else:
        yield Finding("cores", f"{count}{of_all} may be used")


def cpu_count(ranges: str) -> int:
    """How many CPUs the kernel's '0-3,8' names; 0 if it is not of that form."""
    count = 0
    for part in ranges.split(","):
        first, _, last = part.partition("-")
        if not first.isdigit() or not (last or first).isdigit():
            return 0
        count += int(last or first) - int(first) + 1
    return count


def load(path: Path = Path("/proc/loadavg")) -> Iterator[Finding]:
    """Other programs that run."""
    words = _read(path).split()
    if not words or not re.fullmatch(r"[0-9.]+", words[0]):
        yield Finding("load", "the kernel does not tell")
        return
    average = float(words[0])
    share = average / max(len(os.sched_getaffinity(0)), 1)
    yield Finding(
        "load", f"{average:.1f} over the last minute", share > LOAD_LIMIT,
        "Stop other programs." if share > LOAD_LIMIT else "",
    )  # fmt: skip


def pressure(path: Path = PRESSURE) -> Iterator[Finding]:
    """The kernel's account of time lost waiting for a CPU."""
    waiting = pressure_percent(path)
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


def run_queue(schedstat: Path = Path("/proc/self/schedstat"), seconds: float = 2.0) -> Iterator[Finding]:
    """How long a program that wants to run is kept from it, tried on every CPU at once."""
    waits = {cpu: share for cpu, share in waiting_shares(schedstat, seconds).items() if share is not None}
    if not waits:
        yield Finding("run queue", f"the kernel does not tell (no {schedstat})")
        return
    worst = max(waits, key=lambda cpu: waits[cpu])
    bad = waits[worst] > WAIT_LIMIT
    yield Finding(
        "run queue",
        f"over {seconds:g} s a program that wants to run waits at most {waits[worst]:.1%} of the time (CPU {worst})",
        bad, "Stop other programs, or keep them off these CPUs (isolcpus, cpusets)." if bad else "",
    )  # fmt: skip


def waiting_shares(schedstat: Path, seconds: float) -> dict[int, float | None]:
    """For each CPU that may be used: the share of `seconds` that a child bound to it, which does
    nothing but run, was runnable without running. None where the kernel did not say.
    """
    pipes = {}
    for cpu in sorted(os.sched_getaffinity(0)):
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            _spin_and_tell(writer, cpu, schedstat, seconds)
        os.close(writer)
        pipes[cpu] = (child, reader)
    shares: dict[int, float | None] = {}
    for cpu, (child, reader) in pipes.items():
        with open(reader, "rb") as told:
            answer = told.read()
        os.waitpid(child, 0)
        shares[cpu] = int(answer) / 1e9 / seconds if answer else None
    return shares


def _spin_and_tell(writer: int, cpu: int, schedstat: Path, seconds: float) -> None:
    """The child: binds itself, runs, writes the nanoseconds it waited, and never returns."""
    try:
        os.sched_setaffinity(0, {cpu})
        before, end = _waited_ns(schedstat), time.monotonic() + seconds
        while time.monotonic() < end:
            pass
        os.write(writer, str(_waited_ns(schedstat) - before).encode())
    finally:
        os._exit(0)  # whatever happened: two of us must not go on, and silence says enough


def _waited_ns(schedstat: Path) -> int:
    """Time spent on run queues: the second number of a schedstat file. Raises if there is none."""
    return int(schedstat.read_text(encoding="ascii").split()[1])


def container(root: Path = cgroups.ROOT, own: Path = cgroups.OWN) -> Iterator[Finding]:
    """A container's limits on CPU time and memory."""
    allowed, memory = cgroups.cpus(root, own), cgroups.memory_bytes(root, own)
    if allowed is not None:
        yield Finding(
            "container", f"limited to {allowed:.1f} CPUs' worth of time", True,
            "Threads are stopped in the middle of windows; give whole CPUs instead (--cpuset-cpus).",
        )  # fmt: skip
    else:
        yield Finding("container", "no limit on CPU time")
    if memory is not None:
        small = memory < LEAST_MEMORY
        yield Finding(
            "container", f"limited to {memory / (1 << 20):,.0f} MiB of memory", small,
            f"Give it {LEAST_MEMORY >> 20:,} MiB: programs may be ended in the middle." if small else "",
        )  # fmt: skip


def huge_pages(path: Path = Path("/sys/kernel/mm/transparent_hugepage/enabled")) -> Iterator[Finding]:
    """Whether the kernel backs memory with huge pages as it sees fit."""
    chosen = re.search(r"\[(\w+)\]", _read(path))
    if chosen is None:
        yield Finding("huge pages", "the kernel does not tell")
    elif chosen[1] == "always":
        yield Finding(
            "huge pages", "always: the kernel may move a window's memory to them while it runs", True,
            f"Leave them to who asks: echo madvise > {path}",
        )  # fmt: skip
    else:
        yield Finding("huge pages", chosen[1])


def clock_source(
    path: Path = Path("/sys/devices/system/clocksource/clocksource0/current_clocksource"),
) -> Iterator[Finding]:
    """Whether reading the clock is a system call, which latencies would contain."""
    name = _read(path)
    if name in ("hpet", "acpi_pm", "jiffies", "refined-jiffies"):
        yield Finding(
            "clock", f"{name}: slow to read, and latencies contain it", True,
            "Boot with clocksource=tsc if the processor's is stable (dmesg tells).",
        )  # fmt: skip
    else:
        yield Finding("clock", name or "the kernel does not tell")


def virtual_machine(cpuinfo: Path = Path("/proc/cpuinfo"), stat: Path = STAT) -> Iterator[Finding]:
    """Whether a host can take the CPUs away, and how much of them it took."""
    stolen = stolen_share(_read(stat))
    words = f"; the host took {stolen:.1%} of the time since boot" if stolen is not None else ""
    if stolen is not None and stolen > STEAL_LIMIT:
        yield Finding("host", f"a virtual machine{words}", True, "Use one whose CPUs are its own, or bare metal.")
    elif re.search(r"^flags\s*:.*\bhypervisor\b", _read(cpuinfo), re.M):
        yield Finding(
            "host", f"a virtual machine{words}", False,
            "Neighbours may slow it unseen: look at each case's noise floor, and repeat the run.",
        )  # fmt: skip
    else:
        yield Finding("host", "no hypervisor to be seen")


def stolen_share(stat: str) -> float | None:
    """Steal over all time since boot from the text of /proc/stat; None if it is not there."""
    fields = stat.partition("\n")[0].split()[1:]
    if len(fields) < 8 or not all(field.isdigit() for field in fields):
        return None
    ticks = [int(field) for field in fields[:8]]  # what follows is counted in these already
    return ticks[7] / sum(ticks) if sum(ticks) else None


def pythons(find: Callable[[], list[dict[str, Any]]] = peers.on_path) -> Iterator[Finding]:
    """Whether there are CPythons to measure beside the variants."""
    found = find()
    names = ", ".join(
        f"{peer['version']}{' (free-threaded)' if peer['free_threaded_build'] else ''}" for peer in found
    )
    name_it = "Install one and have it on PATH, or name it: run --python PATH"
    if not found:
        yield Finding("CPython", "none on PATH: nothing to stand the variants beside", False, name_it)
    elif not any(peer["free_threaded_build"] for peer in found):
        yield Finding("CPython", f"{names}; no free-threaded build on PATH", False, name_it)
    elif all(peer["free_threaded_build"] for peer in found):
        yield Finding("CPython", f"{names}; no build with the GIL on PATH", False, name_it)
    else:
        yield Finding("CPython", names)


def address_layout(path: Path = Path("/proc/sys/vm/mmap_rnd_bits")) -> Iterator[Finding]:
    """Whether the sanitizers' programs can start under this address-space layout."""
    bits = _read(path) or "unknown"
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
Checks = Sequence[Callable[[], Iterator[Finding]]]
# What stays as it is, and goes into run.json; what may be over when a run begins.
LASTING: Checks = (cores, governor, boost, smt, container, huge_pages, clock_source, virtual_machine)
PASSING: Checks = (load, pressure, run_queue, pythons, address_layout)


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
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""
