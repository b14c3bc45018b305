"""`gilbench stress`: builds the torture of each variant and runs them one after the other."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Sequence

from . import build, doctor, install, machine
from .errors import DONE, FAILED, OutsideError

SANITIZERS = {"tsan": "thread", "asan-ubsan": "address"}


def run(seconds: int, variants: Sequence[str], seed: int | None, preset: str, *, yes: bool) -> int:
    """Divides `seconds` among the variants. Returns 1 if one of them failed, else 0."""
    if not machine.on_linux():
        raise OutsideError("stress needs Linux: the runtime's platform layer is for it only")
    install.ensure({"build"} | ({"check"} if preset in SANITIZERS else set()), yes=yes)
    prefix = _prefix(preset)
    folder = build.build(preset, targets=[f"torture-{variant}" for variant in variants])
    chosen = int.from_bytes(os.urandom(3), "big") if seed is None else seed
    each = max(seconds // len(variants), 1)
    print(f"seed {chosen}, {each} s for each of {', '.join(variants)}, build {preset}", flush=True)
    failed = [v for v in variants if not _torture(folder, v, each, chosen, prefix)]
    print(f"{len(variants) - len(failed)} passed, {len(failed)} failed")
    return FAILED if failed else DONE


def _prefix(preset: str) -> list[str]:
    if preset not in SANITIZERS:
        return []
    how, why = doctor.sanitizer("clang", SANITIZERS[preset])
    if how == "not":
        raise OutsideError(f"NOT RUN: {why}. {doctor.CURE}")
    return ["setarch", "-R"] if how == "setarch" else []


def _torture(folder: Path, variant: str, seconds: int, seed: int, prefix: Sequence[str]) -> bool:
    """One program, its output passed on. True if it ended well."""
    program = folder / "stress" / f"torture-{variant}"
    command = [*prefix, str(program), "--seconds", str(seconds), "--seed", str(seed)]
    environment = {"TSAN_OPTIONS": "halt_on_error=1"} | dict(os.environ)
    try:
        code = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL).returncode
    except OSError as error:
        raise OutsideError(f"{program}: {error.strerror}") from None
    if code != 0:
        print(f"{variant}: FAILED (exit code {code}), again with: {' '.join(command[len(prefix):])}")
    return code == 0
