"""`gilbench test`: builds and runs ctest; `--all` also clang, debug and the sanitizers.

A test that did not run is never a pass: it is named with the reason, and under `--all` it
counts as failed. The last line is `N passed, N failed`, summed over all builds.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
import xml.etree.ElementTree as xml
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Sequence

from . import build, doctor, install, machine
from .errors import DONE, FAILED, OutsideError
from .locations import build_folder

NEGATIVE_CONTROL = "torture.negative-control"
CLANG = ("-DCMAKE_C_COMPILER=clang", "-DCMAKE_CXX_COMPILER=clang++")
# Account builds and benchmarks are tested as they are used: in the release build, by gcc.
RUNTIME_ONLY = ("-DGILBENCH_WHOLE=OFF",)
LAST_LINES = 30  # of a failed test's output


@dataclass
class Tally:
    """What became of a build's tests, by name."""

    passed: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    not_run: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Job:
    """A build to test. `sanitizers` must be able to run; `without` is a label to leave out."""

    name: str
    preset: str
    options: tuple[str, ...] = ()
    sanitizers: tuple[str, ...] = ()
    without: str = ""
    must_pass: str = ""  # a test without which the others prove nothing


# Without those labelled `long` if it is alone: what `test` does takes three minutes at most.
RELEASE = Job("release", "release")
# The command line's tests are Python and the same in every build: once is enough.
OTHERS = (
    Job("clang", "release", CLANG + RUNTIME_ONLY, without="cli"),
    Job("debug", "debug", RUNTIME_ONLY, without="cli"),
    # Small pools change hands the more often: the collector's worst case in one build.
    Job("gc-stress", "gc-stress", ("-DGILBENCH_CLASSIC_POOLS=ON",), without="cli"),
    Job("tsan", "tsan", sanitizers=("thread",), without="cli", must_pass=NEGATIVE_CONTROL),
    Job("asan-ubsan", "asan-ubsan", sanitizers=("address", "undefined"), without="cli"),
)


def run(*, everything: bool, yes: bool) -> int:
    """Runs the tests. Returns 0 if all passed, 1 otherwise."""
    if not machine.on_linux():
        raise OutsideError("testing needs Linux: the runtime's platform layer is for it only")
    roles = {"build", "read", "draw"} | ({"check"} if everything else set())
    install.ensure(roles, yes=yes)
    total = Tally()
    for job in (RELEASE, *OTHERS) if everything else (replace(RELEASE, without="long"),):
        tally = _run_job(job)
        total.passed += tally.passed
        total.failed += tally.failed
        total.not_run += tally.not_run
    failed = len(total.failed) + (len(total.not_run) if everything else 0)
    print(f"{len(total.passed)} passed, {failed} failed")
    return FAILED if failed or not total.passed else DONE


def _run_job(job: Job) -> Tally:
    prefix: list[str] = []
    for name in job.sanitizers:
        how, why = doctor.sanitizer("clang", name)
        if how == "not":
            print(f"{job.name}: NOT RUN: {why}. {doctor.CURE}", flush=True)
            return Tally(not_run=[job.name])
        if how == "setarch":
            prefix = ["setarch", "-R"]
    folder = build_folder(job.name)
    try:
        build.build(job.preset, folder=folder, options=job.options)
    except OutsideError as error:
        print(f"{job.name}: {error}", flush=True)
        return Tally(failed=[f"{job.name}: build"])
    print(f"testing {job.name}{' under setarch -R' if prefix else ''}", flush=True)
    begin = time.monotonic()
    tally = read_junit(_ctest(job, folder, prefix), job.name)
    print(f"{job.name}: {len(tally.passed)} passed in {time.monotonic() - begin:.0f} s", flush=True)
    if job.must_pass and f"{job.name}: {job.must_pass}" not in tally.passed:
        _require(tally, f"{job.name}: {job.must_pass}")
    return tally


def _require(tally: Tally, name: str) -> None:
    """A test that must be there and is not counts as failed."""
    if name not in tally.failed + tally.not_run:
        print(f"{name}: FAILED: there is no such test")
        tally.failed.append(name)


def _ctest(job: Job, folder: Path, prefix: Sequence[str]) -> Path:
    """Runs ctest in `folder`. Returns its JUnit file, which is missing if ctest broke."""
    report = folder / "junit.xml"
    report.unlink(missing_ok=True)
    command = [
        *prefix, "ctest", "--test-dir", str(folder), "--no-tests=error", "--quiet",
        "--parallel", str(os.cpu_count() or 1), "--output-junit", str(report),
        *(["--label-exclude", f"^{job.without}$"] if job.without else []),
    ]  # fmt: skip
    environment = os.environ | {"GILBENCH_RUNNER": ""}
    complaint = subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, text=True,
    ).stderr  # fmt: skip
    if not report.exists():
        print(f"{job.name}: ctest: {machine.last_line(complaint) or 'no report'}", file=sys.stderr)
    return report


def read_junit(report: Path, job: str) -> Tally:
    """Counts a JUnit file of ctest's and prints what did not pass, with the end of its output."""
    tally = Tally()
    try:
        cases = list(xml.parse(report).getroot().iter("testcase"))
    except (OSError, xml.ParseError):
        cases = []
    for case in cases:
        name, status = f"{job}: {case.get('name')}", case.get("status")
        output = (case.findtext("system-out") or "").rstrip().splitlines()
        if status == "run":
            tally.passed.append(name)
        elif status == "fail":
            tally.failed.append(name)
            print(f"{name}: FAILED", *(f"    {line}" for line in output[-LAST_LINES:]), sep="\n")
        else:
            tally.not_run.append(name)
            print(f"{name}: NOT RUN: {_reason(case, output)}")
    if not cases:
        tally.failed.append(f"{job}: ctest")
    return tally


def _reason(case: xml.Element, output: list[str]) -> str:
    said = next((line.partition("NOT RUN: ")[2] for line in output if "NOT RUN: " in line), "")
    if said:
        return said
    if any("unexpected memory mapping" in line for line in output):
        return f"the sanitizer cannot live with this address layout. {doctor.CURE}"
    skipped = case.find("skipped")
    return (skipped.get("message") if skipped is not None else None) or "it was skipped"
