"""Configures and builds a preset with CMake: quiet, unless it fails."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from pathlib import Path
from typing import Sequence

from .errors import OutsideError
from .locations import ROOT, build_folder

LOG = "gilbench-build.log"
LOCK = "gilbench-build.lock"
TAIL = 40  # lines of the log that are shown when a build fails


def build(
    preset: str, *, folder: Path | None = None, options: Sequence[str] = (),
    targets: Sequence[str] = (),
) -> Path:  # fmt: skip
    """Configures and builds `preset`, into another folder and with more -D options if given;
    only some targets if they are named.

    Returns the build folder. On failure prints the tail of the log and raises OutsideError.
    """
    folder = folder or build_folder(preset)
    if not is_configured(folder):
        print(f"configuring and building {folder.name} (a minute or two)", flush=True)
    configure = ["cmake", "--preset", preset, "-B", str(folder), *options]
    make = ["cmake", "--build", str(folder)]
    if targets:
        make += ["--target", *targets]
    _run_all(folder, [configure, make])
    return folder


def one(preset: str, target: str) -> Path:
    """Builds a single program, in no time if it is up to date; one process at a time, and what
    there is to say goes to stderr. Returns and raises what build() does."""
    folder = build_folder(preset)
    make = ["cmake", "--build", str(folder), "--target", target]
    commands = [make]
    if not is_configured(folder):
        print(f"configuring and building {target} (a few seconds)", file=sys.stderr, flush=True)
        commands.insert(0, ["cmake", "--preset", preset, "-B", str(folder)])
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / LOCK, "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _run_all(folder, commands)
    return folder


def is_configured(folder: Path) -> bool:
    """Whether CMake has been there."""
    return (folder / "build.ninja").exists()


def _run_all(folder: Path, commands: list[list[str]]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / LOG
    with open(log, "w", encoding="utf-8") as file:
        for command in commands:
            if _run(command, file) != 0:
                file.flush()
                _show_tail(log)
                raise OutsideError(f"building {folder.name} failed; the whole log: {log}")


def _run(command: list[str], log: object) -> int:
    environment = os.environ | {"CLICOLOR_FORCE": "0"}
    try:
        return subprocess.run(
            command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL,
            stdout=log, stderr=subprocess.STDOUT,
        ).returncode  # fmt: skip
    except OSError as error:
        raise OutsideError(f"{command[0]}: {error.strerror}") from None


def _show_tail(log: Path) -> None:
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    print("\n".join(lines[-TAIL:]), file=sys.stderr)
