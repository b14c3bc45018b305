"""Configures and builds a preset with CMake: quiet, unless it fails."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Sequence

from .errors import OutsideError
from .locations import ROOT, build_folder

LOG = "gilbench-build.log"
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
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / LOG
    if not (folder / "build.ninja").exists():
        print(f"configuring and building {folder.name} (a minute or two)", flush=True)
    configure = ["cmake", "--preset", preset, "-B", str(folder), *options]
    make = ["cmake", "--build", str(folder)]
    if targets:
        make += ["--target", *targets]
    with open(log, "w", encoding="utf-8") as file:
        for command in (configure, make):
            if _run(command, file) != 0:
                file.flush()
                _show_tail(log)
                raise OutsideError(f"building {folder.name} failed; the whole log: {log}")
    return folder


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
