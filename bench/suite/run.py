"""`gilbench run`: builds, measures, draws, prints the ladder; `--resume` completes a run."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Sequence

from . import (
    build, commands, compare, doctor, install, machine, peers, plan, profiles, programs, results, runner,
)  # fmt: skip
from .errors import DONE, InputError, Interrupted, OutsideError
from .locations import ROOT, RUNS, SAFE_VARIANTS, VARIANTS, runner as runner_program, runner_override


FAILED_PROGRAM = "program failed: "  # begins a warning that fails the run


@dataclass(frozen=True)
class Request:
    """What the command line asked for, checked."""

    profile: profiles.Profile
    command: list[str]
    suites: list[str] = field(default_factory=list)
    variants: tuple[str, ...] = VARIANTS
    threads: tuple[int, ...] | None = None
    pythons: list[str] = field(default_factory=list)
    out: Path | None = None
    seed: int | None = None
    yes: bool = False


def start(request: Request) -> int:
    """A new run. Returns the exit code; raises SuiteError with the line to print."""
    profiles.cells_of_suites(request.suites)
    pythons = peers.named(request.pythons) or peers.on_path()
    _check_out(request.out)
    prepare(yes=request.yes)
    program = runner_program()
    cells = machine.ask_runner(program, "--list-json") + programs.cells()
    hardware = machine.ask_runner(program, "--machine-json")
    cases = plan.choose(
        request.profile, cells, request.suites, request.variants, request.threads,
        machine.units(hardware),
    )  # fmt: skip
    cases = plan.with_peers(cases, (*peers.CELLS, *programs.CELLS), [peer["name"] for peer in pythons])
    folder = _make_folder(request)
    described = hardware | machine.describe_build(program)
    described["peers"] = [peers.facts(peer) for peer in pythons]
    meta = _first_meta(request, cases, cells, described)
    try:
        results.create(folder, meta)
    except OSError as error:
        raise OutsideError(f"{folder}: {error.strerror}") from None
    if request.out is None:
        _point_latest(folder)
    print(f"run {meta['id']}: {folder} (seed {meta['seed']})", flush=True)
    tasks = plan.tasks(
        plan.jobs(meta["plan"]), request.profile.rounds, meta["seed"], _traces(meta),
        plan.weighed(meta["plan"]),
    )  # fmt: skip
    return _carry_out(folder, meta, tasks, pythons)


def resume(folder: Path, pythons: Sequence[str] = (), *, yes: bool) -> int:
    """Runs what an interrupted run lacks. Its plan, seed and build are those of its start; where
    its peers are is asked again."""
    run = results.load(folder, need_samples=False)
    if run.complete:
        print(f"{folder}: the run is complete, nothing to resume")
        return DONE
    name, _ = machine.commit()
    if run.meta["commit"] != name:
        raise InputError(
            f"{folder}: begun on commit {run.meta['commit']}, this is {name}; "
            "check that one out, or start a new run"
        )
    found = peers.named(list(pythons)) or peers.on_path()
    prepare(yes=yes)
    if run.truncated:
        _cut_last_line(folder)
    warnings = [text for text in run.meta["warnings"] if not text.startswith(FAILED_PROGRAM)]
    meta = run.meta | {"state": "running", "warnings": warnings}
    return _carry_out(folder, meta, _missing(run), found, run.samples)


def prepare(*, yes: bool) -> None:
    """Packages and a release build, unless the environment names a runner."""
    if runner_override():
        return
    if not machine.on_linux():
        raise OutsideError("measuring needs Linux: threads cannot be pinned to cores elsewhere")
    install.ensure({"build", "read", "draw"}, yes=yes)
    build.build("release")


# ---------------------------------------------------------------- folder and run.json


def _check_out(out: Path | None) -> None:
    if out is None or not out.exists():
        return
    if not out.is_dir():
        raise InputError(f"--out {out}: a file of that name exists")
    if (out / results.RUN_FILE).exists():
        raise InputError(f"--out {out}: holds a run already; --resume {out} completes it")
    if any(out.iterdir()):
        raise InputError(f"--out {out}: the folder is not empty")


def _make_folder(request: Request) -> Path:
    stamp = datetime.now().strftime("%Y%m%d-%H%M%S")
    folder = request.out or RUNS / f"{stamp}-{request.profile.name}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutsideError(f"{folder}: {error.strerror}") from None
    return folder


def _point_latest(folder: Path) -> None:
    """Makes results/runs/LATEST lead to the newest run; not worth failing for."""
    link = folder.parent / "LATEST"
    try:
        link.unlink(missing_ok=True)
        link.symlink_to(folder.name)
    except OSError:
        pass


def _first_meta(
    request: Request, cases: list[plan.Case], cells: list[dict[str, Any]], described: dict[str, Any]
) -> dict[str, Any]:
    profile = request.profile
    seconds = plan.divide_time(cases, profile)
    commit, dirty = machine.commit()
    took_part = {variant for case in cases for variant in case.variants}
    stamp = datetime.now(timezone.utc)
    return {
        "schema": results.SCHEMA_VERSION,
        "id": f"{stamp.strftime('%Y%m%dT%H%M%S')}-{os.urandom(3).hex()}",
        "state": "running",
        "started": stamp.isoformat(timespec="seconds"),
        "finished": None,
        "command": request.command,
        "profile": profile.name,
        "seed": request.seed if request.seed is not None else int.from_bytes(os.urandom(3), "big"),
        "threads": sorted({case.threads for case in cases}),
        "variants": [variant for variant in VARIANTS if variant in took_part],
        "plan": [case.planned(seconds[case.id], profile.blocks) for case in cases],
        "cells": [cell for cell in cells if any(cell["cell"] == case.cell for case in cases)],
        "machine": described,
        "commit": commit,
        "dirty": dirty,
        "warnings": doctor.warnings() + missing_heaps(described, cases),
        "account_units": account_units(),
        "switch_interval_us": plan.SWITCH_INTERVAL_US,
        "outcomes_s": profile.outcomes_s,
        "traces": [list(job) for job in plan.traces(profile, cases)],
        "processes_planned": profile.rounds,
        "processes_done": 0,
        "scale": profile.scale,
        "budget_s": profile.budget_s,
        "measured_s": 0.0,
    }


def missing_heaps(described: dict[str, Any], cases: Sequence[plan.Case]) -> list[str]:
    """A line for each allocator that is not beside ours because it is not there."""
    if not any(case.cell.startswith("alloc_") for case in cases):
        return []
    return [
        f"left out: {heap['name']}: {heap.get('library')} not found ({heap.get('why', '')})"
        for heap in described.get("heaps", ())
        if not heap["found"]
    ]


def account_units() -> dict[str, dict[str, str]]:
    """Unit and meaning of each counter of the account builds, from runtime/base/account.def."""
    import re

    try:
        text = (ROOT / "runtime" / "base" / "account.def").read_text(encoding="utf-8")
    except OSError:
        return {}
    rows = re.findall(r'^X\((\w+), "([^"]*)", "([^"]*)"\)', text, re.M)
    return {name: {"unit": unit, "meaning": meaning} for name, unit, meaning in rows}


def _cut_last_line(folder: Path) -> None:
    path = folder / results.SAMPLES_FILE
    with open(path, "r+b") as file:
        file.truncate(file.read().rfind(b"\n") + 1)


# ---------------------------------------------------------------- measuring


def _missing(run: results.Run) -> list[plan.Task]:
    """The processes that a run lacks."""
    rounds, seed = run.meta["processes_planned"], run.meta["seed"]
    jobs = plan.jobs(run.meta["plan"])
    weighed = plan.weighed(run.meta["plan"])
    return plan.missing_tasks(jobs, rounds, seed, _have(run), _traces(run.meta), weighed)


def _have(run: results.Run) -> plan.Have:
    """What a run has. A peer's process is done with its first window: each stands alone."""
    have = plan.Have()
    for planned in run.meta["plan"]:
        case = planned["case"]
        lines = [*run.samples, *run.memory]
        mine = [line for line in lines if line["case"] == case]
        timed = [line for line in mine if line["build"] == "timed"]
        processes = {sample["process"] for sample in timed if sample["role"] == "main"}
        if programs.is_program(case):
            _have_program(run, planned, have)
            continue
        have.begun[case, ""] = processes
        have.done[case, ""] = {
            process for process in processes
            if runner.whole_blocks([s for s in timed if s["process"] == process], planned["variants"])
        }  # fmt: skip
        for peer in planned.get("peers", ()):
            have.done[case, peer] = {s["process"] for s in mine if s["variant"] == peer}
        counted = {line["variant"] for line in run.accounts if line["case"] == case}
        if counted >= set(planned["variants"]):
            have.accounted.add((case, ""))
        if {line["variant"] for line in mine if line["build"] == "memory"} >= set(planned["variants"]):
            have.weighed.add(case)
    have.traced = {
        job for job in _traces(run.meta) if commands.trace_file(run.folder, *job).exists()
    }
    return have


def _have_program(run: results.Run, planned: dict[str, Any], have: plan.Have) -> None:
    """The same of a program, each process of which is one run on one engine."""
    case = planned["case"]
    for who in (*planned["variants"], *planned.get("peers", ())):
        mine = [s for s in run.samples if (s["case"], s["variant"]) == (case, who)]
        have.done[case, who] = {sample["process"] for sample in mine}
    have.accounted |= {(case, line["variant"]) for line in run.accounts if line["case"] == case}


def _traces(meta: dict[str, Any]) -> list[plan.Job]:
    return [(case, variant) for case, variant in meta.get("traces", ())]


def _carry_out(
    folder: Path, meta: dict[str, Any], tasks: list[plan.Task], pythons: list[dict[str, Any]],
    before: list[Any] | None = None,
) -> int:  # fmt: skip
    """Measures, closes the run, draws. `before` are the samples a resumed run had."""
    pythons_by_name = {peer["name"]: peer["executable"] for peer in pythons}
    numbers = {task.process for task in tasks} | {s["process"] for s in before or ()}
    budget = meta.get("budget_s")
    settings = commands.Settings(
        runner_program(), folder, {case["case"]: case for case in meta["plan"]}, meta["seed"],
        meta["processes_planned"], max(numbers | {meta["processes_planned"] - 1}) + 1,
        None if budget is None else max(budget - meta.get("measured_s", 0.0), budget / 4),
        pythons_by_name, meta["machine"].get("placement", []), meta.get("scale", 1),
    )  # fmt: skip
    if meta.get("traces"):
        (folder / results.TRACES_FOLDER).mkdir(exist_ok=True)
    theirs = {name for case in meta["plan"] for name in case.get("peers", ())}
    gone = {task.who for task in tasks if task.who in theirs} - set(pythons_by_name)
    outcome = runner.measure(settings, [task for task in tasks if task.who not in gone])
    meta["warnings"] += [f"{name}: not found again; --python names it" for name in sorted(gone)]
    if outcome.failure is None and not outcome.interrupted:
        _record_outcomes(folder, meta, outcome, pythons)
    _close(folder, meta, outcome)
    if outcome.failure:
        raise outcome.failure
    if outcome.interrupted:
        raise Interrupted(f"interrupted; {runner.keep_line(settings)}")
    for warning in meta["warnings"]:
        print(f"warning: {warning}")
    _show(folder)
    if failed := [warning for warning in meta["warnings"] if warning.startswith(FAILED_PROGRAM)]:
        raise OutsideError(f"{len(failed)} programs failed, see the warnings of {folder / results.RUN_FILE}")
    return DONE


def _record_outcomes(
    folder: Path, meta: dict[str, Any], outcome: runner.Outcome, pythons: list[dict[str, Any]]
) -> None:
    """The outcome tables that the profile asks for. Without them a run is still a run."""
    if not meta.get("outcomes_s") or (folder / results.OUTCOMES_FILE).exists():
        return
    from . import races, stress

    print(f"outcome tables: {meta['outcomes_s']:g} s", flush=True)
    try:
        programs_s = meta["outcomes_s"] * stress.RACES_SHARE
        stress.record(folder, meta["outcomes_s"] - programs_s, meta["variants"], meta["seed"])
        safe = [variant for variant in meta["variants"] if variant in SAFE_VARIANTS]
        races.record(folder, programs_s, races.engines(safe, pythons))
    except OutsideError as error:
        meta["warnings"].append(f"outcome tables: {error}")
    except KeyboardInterrupt:
        (folder / results.OUTCOMES_FILE).unlink(missing_ok=True)
        outcome.interrupted = True


def _close(folder: Path, meta: dict[str, Any], outcome: runner.Outcome) -> None:
    """Writes run.json for the last time. A full disk leaves the one from before, still valid."""
    stopped = outcome.interrupted or outcome.failure is not None
    meta["state"] = "interrupted" if stopped else "complete"
    meta["finished"] = datetime.now(timezone.utc).isoformat(timespec="seconds")
    meta["measured_s"] = round(meta.get("measured_s", 0.0) + outcome.seconds, 1)
    meta["warnings"] = meta["warnings"] + _warnings(outcome)
    try:
        run = results.load(folder, need_samples=False)
        wrong = programs.disagreements(run.samples)
        meta["warnings"] += [f"{FAILED_PROGRAM}{sentence}" for sentence in wrong]
        meta["processes_done"] = _least_processes(run)
        results.write_meta(folder, meta)
    except OSError as error:
        if outcome.failure is None:
            outcome.failure = OutsideError(f"{folder}: {error.strerror}; the samples are kept")


def _least_processes(run: results.Run) -> int:
    """Of all planned cases (programs: and engines), the least number of processes with samples."""
    seen: dict[plan.Job, set[int]] = {
        job: set() for job in plan.jobs(run.meta["plan"]) if not job[1] or programs.is_program(job[0])
    }
    for sample in run.samples:
        who = sample["variant"] if programs.is_program(sample["case"]) else ""
        if who or sample["role"] == "main":
            seen.setdefault((sample["case"], who), set()).add(sample["process"])
    return min((len(processes) for processes in seen.values()), default=0)


def _warnings(outcome: runner.Outcome) -> list[str]:
    found = []
    busy = [share for share in outcome.busy if share > runner.BUSY_SHARE]
    if busy:
        worst = max(busy)
        found.append(
            f"other programs: in {len(busy)} of {len(outcome.busy)} processes they kept more than "
            f"{runner.BUSY_SHARE:.0%} of a CPU busy, at worst {worst:.1f} CPUs"
        )
    found += [f"left out: {why}" for why in outcome.failed_peers.values()]
    found += [f"{FAILED_PROGRAM}{why}" for why in outcome.failed_programs.values()]
    if outcome.skipped:
        found.append(f"budget: it had no room for {outcome.skipped} of the planned processes")
    if outcome.disturbed:
        found.append(
            f"disturbance: {outcome.disturbed} processes were disturbed, {outcome.repeated} of them "
            "repeated"
        )
    return found


# ---------------------------------------------------------------- afterwards


def _show(folder: Path) -> None:
    run = results.load(folder)
    compare.print_summary(run)
    began = time.monotonic()
    try:
        files = draw(folder)
    except KeyboardInterrupt:
        raise Interrupted(f"interrupted while drawing; draw with: gilbench plot {folder}") from None
    if files:
        print(f"{len(files)} files drawn in {time.monotonic() - began:.0f} s")
    print(f"\neverything is in {folder}; open {folder / 'report.html'} in a browser")
    print(f"the whole ladder: gilbench compare {folder}")


def draw(folder: Path) -> list[str]:
    """Draws a run's figures with plots/ and writes its report, or says why there are none."""
    try:
        from plots.draw import draw_run
        from plots.report import write_report
    except ImportError as error:
        print(f"no figures: plots/ cannot be loaded ({error})")
        return []
    return [str(file) for file in (*draw_run(folder), write_report(folder))]


