"""`gilbench stress`: outcome tables of every variant and of Python programs on every engine; torture
of the safe variants, and failing calls."""

from __future__ import annotations

import os
import subprocess
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Callable, Iterator, Sequence

from . import build, doctor, install, machine, outcomes, peers, races, results
from .errors import DONE, FAILED, InputError, Interrupted, OutsideError
from .locations import RUNS, SAFE_VARIANTS, stress_override

SANITIZERS = {"tsan": "thread", "asan-ubsan": "address"}
TABLES_PRESET, TORTURE_PRESET = "release", "debug"  # what is measured; all assertions
LOOK_AGAIN_S = 0.1
RACES_SHARE = 1 / 3  # of the tables' time, for the races of Python programs
FORBIDDEN_SEEN = 1  # exit code of the programs
Show = Callable[[outcomes.Line], None]


@dataclass(frozen=True)
class Request:
    """What the command line asked for, checked."""

    seconds: int
    variants: tuple[str, ...]
    seed: int | None = None
    only: tuple[str, ...] = ()  # tests; no torture then
    preset: str | None = None  # None: each part's own
    out: Path | None = None
    yes: bool = False
    pythons: tuple[str, ...] = ()  # CPythons; none: those on PATH

    def tortured(self) -> tuple[str, ...]:
        """The variants for the torture: the safe ones, unless single tests are asked for."""
        return () if self.only else tuple(v for v in self.variants if v in SAFE_VARIANTS)


def run(request: Request) -> int:
    """Half of the time torture, half of it tables. Returns 1 if a safe variant failed, else 0."""
    if not machine.on_linux():
        raise OutsideError("stress needs Linux: the runtime's platform layer is for it only")
    if not stress_override():
        roles = {"build", "read"} | ({"check"} if request.preset in SANITIZERS else set())
        install.ensure(roles, yes=request.yes)
    folder = _make_folder(request)
    seed = int.from_bytes(os.urandom(3), "big") if request.seed is None else request.seed
    tables_s = request.seconds / 2 if request.tortured() else float(request.seconds)
    print(f"seed {seed}, {request.seconds} s", flush=True)
    try:
        failed = _torture_all(request, request.seconds - tables_s, seed)
        _make_tables(folder, tables_s, request, seed)
        _race_programs(folder, tables_s * RACES_SHARE, request)
    except KeyboardInterrupt:
        _print_summary(folder)
        raise Interrupted("interrupted; the tables that were finished are kept") from None
    failed += _print_summary(folder)
    print(f"FAILED: {', '.join(failed)}" if failed else "nothing forbidden was seen")
    return FAILED if failed else DONE


def record(
    folder: Path, seconds: float, variants: Sequence[str], seed: int, *,
    only: Sequence[str] = (), preset: str = TABLES_PRESET, show: Show | None = None,
) -> list[outcomes.Line]:  # fmt: skip
    """Appends the outcome tables of `variants` to the folder's `outcomes.jsonl`.

    Shares `seconds` among the variants, and calls `show` with each line as it comes. Returns
    the new lines. Raises OutsideError if a program fails other than by what it found; what was
    written before, also before a KeyboardInterrupt, stays.
    """
    programs = _programs(preset, [f"outcomes-{variant}" for variant in variants])
    lines: list[outcomes.Line] = []
    for variant in variants:
        program = programs / f"outcomes-{variant}"
        command = [*_prefix(preset), str(program), "--seconds", f"{seconds / len(variants):.3f}",
                   "--seed", str(seed)]  # fmt: skip
        for test in only:
            command += ["--only", test]
        for line in _tables(command, folder):
            lines.append(line)
            if show is not None:
                show(line)
    return lines


# ---------------------------------------------------------------- outcome tables


def _make_tables(folder: Path, seconds: float, request: Request, seed: int) -> None:
    """`record` as the command wants it, each table shown as it comes."""
    seconds *= 1 - RACES_SHARE
    preset = request.preset if request.preset in SANITIZERS else TABLES_PRESET
    variants = request.variants
    if preset in SANITIZERS and "unlocked" in variants:
        print("unlocked: NOT RUN: it races, which a sanitizer does not let pass")
        variants = tuple(v for v in variants if v in SAFE_VARIANTS)
    if not variants:
        return
    only = _known(_programs(preset, [f"outcomes-{v}" for v in variants]), variants[0], request.only)
    if request.only and not only:
        return
    print(f"outcome tables: {seconds / len(variants):.0f} s for each of {', '.join(variants)}")
    record(folder, seconds, variants, seed, only=only, preset=preset, show=_show)


def _race_programs(folder: Path, seconds: float, request: Request) -> None:
    """The same races as Python programs, on the safe variants and on CPythons."""
    if request.preset in SANITIZERS:
        print("programs: NOT RUN: they are raced as they are measured, in the release build")
        return
    variants = [v for v in request.variants if v in SAFE_VARIANTS]
    engines = races.engines(variants, peers.named(list(request.pythons)) or peers.on_path())
    if not engines or (request.only and not set(request.only) & set(races.operations())):
        return
    print(
        f"programs: {seconds / len(engines):.0f} s for each of {', '.join(engine.name for engine in engines)}, "
        f"switch interval {races.switch_interval_us():g} us"
    )
    races.record(folder, seconds, engines, only=request.only, show=_show)


def _show(line: outcomes.Line) -> None:
    print(outcomes.words(line), flush=True)


def _known(programs: Path, variant: str, names: Sequence[str]) -> list[str]:
    """Those of the names that the tables have. Raises InputError for one that nothing has."""
    if not names:
        return []
    command = [str(programs / f"outcomes-{variant}"), "--list"]
    listed = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    known = [line.split()[0] for line in listed.splitlines()]
    everything = dict.fromkeys([*known, *races.operations()])
    for name in names:
        if name not in everything:
            raise InputError(f"--only {name}: no such test; there are {', '.join(everything)}")
    return [name for name in names if name in known]


def _tables(command: Sequence[str], folder: Path) -> Iterator[outcomes.Line]:
    """Runs a program that appends to the folder's file; yields its lines as they come."""
    path = folder / results.OUTCOMES_FILE
    known = len(outcomes.load_outcomes(folder))
    verdicts: set[str] = set()
    try:
        process = subprocess.Popen(
            [*command, "--jsonl", str(path)], stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=_environment(),
        )  # fmt: skip
    except OSError as error:
        raise OutsideError(f"{command[0]}: {error.strerror}") from None
    with process:
        try:
            ended = False
            while not ended:
                ended = process.poll() is not None
                lines = outcomes.load_outcomes(folder)[known:]
                verdicts.update(line["verdict"] for line in lines)
                yield from lines
                known += len(lines)
                time.sleep(0 if ended else LOOK_AGAIN_S)
        except BaseException:
            process.kill()
            raise
        code, said = process.returncode, process.stderr.read() if process.stderr else ""
    if code != 0 and not (code == FORBIDDEN_SEEN and "FORBIDDEN" in verdicts):
        raise OutsideError(f"{command[0]}: {machine.last_line(said) or f'ended with {code}'}")


def _print_summary(folder: Path) -> list[str]:
    """What the folder's tables say together. Returns those with something forbidden."""
    lines = outcomes.load_outcomes(folder)
    for part in outcomes.parts(lines):
        if part:
            print("", *outcomes.table(outcomes.summary(part)), sep="\n")
    if lines:
        print()
        print(folder / results.OUTCOMES_FILE)
    return [f"{line['variant']}: {line['test']}" for line in lines if line["verdict"] == "FORBIDDEN"]


def _make_folder(request: Request) -> Path:
    stamp = datetime.now().strftime("%Y%m%d-%H%M%S")
    folder = request.out or RUNS / f"{stamp}-stress"
    if (folder / results.OUTCOMES_FILE).exists():
        raise InputError(f"--out {folder}: there are outcomes in it already")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise InputError(f"--out {folder}: a file") from None
    except OSError as error:
        raise OutsideError(f"{folder}: {error.strerror}") from None
    return folder


# ---------------------------------------------------------------- torture and faults

FAULTS_SHARE = 1 / 4  # of the torture's time, for system calls that fail


def _torture_all(request: Request, seconds: float, seed: int) -> list[str]:
    """Tortures the safe variants one after the other, with calls that fail too. Returns what failed."""
    variants = request.tortured()
    if not variants:
        return []
    preset = request.preset or TORTURE_PRESET
    parts = {"torture": (1 - FAULTS_SHARE, ()), "faults": (FAULTS_SHARE, ("--mode", "random"))}
    programs = _programs(preset, [f"{part}-{variant}" for part in parts for variant in variants])
    failed = []
    for part, (share, flags) in parts.items():
        each = max(round(seconds * share / len(variants)), 1)
        print(f"{part}: {each} s for each of {', '.join(variants)}, build {preset}", flush=True)
        for variant in variants:
            command = [str(programs / f"{part}-{variant}"), *flags, "--seconds", str(each), "--seed", str(seed)]
            if not _passes(command, preset):
                failed.append(f"{part}-{variant}")
    return failed


def _passes(command: list[str], preset: str) -> bool:
    """Runs one program, its output passed on. True if it ended well."""
    try:
        code = subprocess.run([*_prefix(preset), *command], env=_environment(),
                              stdin=subprocess.DEVNULL).returncode  # fmt: skip
    except OSError as error:
        raise OutsideError(f"{command[0]}: {error.strerror}") from None
    if code != 0:
        print(f"{Path(command[0]).name}: FAILED (exit code {code}), again with: {' '.join(command)}")
    return code == 0


# ---------------------------------------------------------------- programs


def _programs(preset: str, targets: Sequence[str]) -> Path:
    """The folder with these programs, built; or the one that the environment names."""
    return stress_override() or build.build(preset, targets=targets) / "stress"


def _prefix(preset: str) -> list[str]:
    if preset not in SANITIZERS:
        return []
    how, why = doctor.sanitizer("clang", SANITIZERS[preset])
    if how == "not":
        raise OutsideError(f"NOT RUN: {why}. {doctor.CURE}")
    return ["setarch", "-R"] if how == "setarch" else []


def _environment() -> dict[str, str]:
    return {"TSAN_OPTIONS": "halt_on_error=1"} | dict(os.environ)
