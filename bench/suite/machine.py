"""What a run remembers of the machine, the build and the checkout, and how busy both are."""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .errors import OutsideError
from .locations import ROOT, build_folder

PRESSURE = Path("/proc/pressure/cpu")
STAT = Path("/proc/stat")


def ask_runner(runner: Path, flag: str) -> Any:
    """What the runner prints as JSON for `--list-json` or `--machine-json`.

    Raises OutsideError with the runner's own line if it fails or prints something else.
    """
    try:
        answer = subprocess.run(
            [str(runner), flag], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise OutsideError(f"{runner} cannot be run: {error}") from None
    if answer.returncode != 0:
        raise OutsideError(last_line(answer.stderr) or f"{runner} {flag} failed")
    try:
        return json.loads(answer.stdout)
    except ValueError:
        raise OutsideError(f"{runner} {flag} printed something that is not JSON") from None


def last_line(text: str) -> str:
    """The last line of a text that is not empty; or an empty string."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else ""


def units(machine: dict[str, Any]) -> int:
    """How many processing units the workers may use."""
    placement = machine.get("placement")
    if isinstance(placement, list) and placement:
        return len(placement)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def describe_build(runner: Path, preset: str = "release") -> dict[str, Any]:
    """Compiler, flags, libc and Python, for run.json."""
    cache = _cmake_cache(build_folder(preset) / "CMakeCache.txt")
    kind = cache.get("CMAKE_BUILD_TYPE", "")
    flags = [cache.get("CMAKE_C_FLAGS", ""), cache.get(f"CMAKE_C_FLAGS_{kind.upper()}", "")]
    return {
        "compiler": _first_line([cache["CMAKE_C_COMPILER"], "--version"])
        if "CMAKE_C_COMPILER" in cache
        else None,
        "flags": " ".join(flags).strip() or None,
        "build_type": kind or None,
        "libc": " ".join(platform.libc_ver()).strip() or None,
        "python": platform.python_version(),
        "runner": runner.name,
    }


def _cmake_cache(path: Path) -> dict[str, str]:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError:
        return {}
    return {m[1]: m[2] for m in re.finditer(r"^([A-Za-z0-9_]+):[A-Z]+=(.*)$", text, re.M)}


def _first_line(command: list[str]) -> str | None:
    try:
        text = subprocess.run(command, capture_output=True, text=True, timeout=20).stdout
    except (OSError, subprocess.TimeoutExpired):
        return None
    return text.splitlines()[0].strip() if text.strip() else None


def commit() -> tuple[str | None, bool | None]:
    """The checkout's commit and whether files differ from it; None where that is unknown."""
    git = ["git", "-c", f"safe.directory={ROOT}", "-C", str(ROOT)]
    name = _first_line([*git, "rev-parse", "HEAD"])
    if name and re.fullmatch(r"[0-9a-f]{40,64}", name):
        try:
            status = subprocess.run(
                [*git, "status", "--porcelain"], capture_output=True, text=True, timeout=60
            )
        except (OSError, subprocess.TimeoutExpired):
            return name, None
        return name, bool(status.stdout.strip()) if status.returncode == 0 else None
    return _commit_without_git(), None


def _commit_without_git() -> str | None:
    """The commit that HEAD names, read from the files; a bare machine may have no git."""
    try:
        folder = ROOT / ".git"
        head = (folder / "HEAD").read_text(encoding="ascii").strip()
        if not head.startswith("ref: "):
            return head or None
        name = head[len("ref: ") :]
        if (folder / name).exists():
            return (folder / name).read_text(encoding="ascii").strip()
        packed = (folder / "packed-refs").read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return None
    found = re.search(rf"^([0-9a-f]+) {re.escape(name)}$", packed, re.M)
    return found[1] if found else None


# ---------------------------------------------------------------- how busy


def pressure_percent(path: Path = PRESSURE) -> float | None:
    """Share of the last ten seconds in which something waited for a CPU, in percent."""
    try:
        found = re.search(r"^some avg10=([0-9.]+)", path.read_text(), re.M)
    except (OSError, ValueError):
        return None
    return float(found[1]) if found else None


def busy_seconds(path: Path = STAT) -> float | None:
    """CPU seconds that all programs together have used since boot; None off Linux."""
    try:
        fields = path.read_text().split("\n", 1)[0].split()[1:]
    except OSError:
        return None
    ticks = [int(field) for field in fields]
    idle = ticks[3] + (ticks[4] if len(ticks) > 4 else 0)
    guest = sum(ticks[8:10])  # counted in user time already
    return (sum(ticks) - idle - guest) / os.sysconf("SC_CLK_TCK")


@dataclass
class Neighbours:
    """CPU use of other programs while one of our processes ran."""

    busy_before: float | None

    @classmethod
    def watch(cls) -> Neighbours:
        return cls(busy_seconds())

    def share(self, wall_s: float, own_cpu_s: float) -> float | None:
        """CPUs that others kept busy, on average; `own_cpu_s` is what our process used."""
        after = busy_seconds()
        if self.busy_before is None or after is None or wall_s <= 0:
            return None
        return max(after - self.busy_before - own_cpu_s, 0.0) / wall_s


def on_linux() -> bool:
    return sys.platform.startswith("linux")
