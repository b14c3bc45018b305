"""What the control groups of a container or a service leave to the programs in it.

A limit holds for everything below it, so the tightest one on the way up counts. Version 2 has
one tree with one file per limit, version 1 a tree for each controller; both are read.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Iterator

ROOT = Path("/sys/fs/cgroup")
OWN = Path("/proc/self/cgroup")
NO_LIMIT = 1 << 60  # version 1 says "no limit" with a number of bytes that nobody has


def cpus(root: Path = ROOT, own: Path = OWN) -> float | None:
    """How many CPUs' worth of time the groups allow, or None if they do not limit it."""
    limits = []
    for group in _groups("cpu", root, own):
        quota, _, period = _read(group / "cpu.max").partition(" ")
        if not quota:
            quota, period = _read(group / "cpu.cfs_quota_us"), _read(group / "cpu.cfs_period_us")
        if quota.isdigit() and period.isdigit() and int(period):
            limits.append(int(quota) / int(period))
    return min(limits, default=None)


def memory_bytes(root: Path = ROOT, own: Path = OWN) -> int | None:
    """How many bytes of memory the groups allow, or None if they do not limit it."""
    limits = []
    for group in _groups("memory", root, own):
        limit = _read(group / "memory.max") or _read(group / "memory.limit_in_bytes")
        if limit.isdigit() and int(limit) < NO_LIMIT:
            limits.append(int(limit))
    return min(limits, default=None)


def _groups(controller: str, root: Path, own: Path) -> Iterator[Path]:
    """The folders that may limit this process: its group's and those above, in each tree."""
    for line in _read(own).splitlines() or ["0::/"]:
        _, _, tree = line.partition(":")
        controllers, _, place = tree.partition(":")
        if controllers and controller not in controllers.split(","):
            continue
        names = (controllers, controller) if controllers else (".", "unified")
        for base in dict.fromkeys(root / name for name in names):
            for folder in _upwards(PurePosixPath(place)):
                yield base / folder


def _upwards(place: PurePosixPath) -> list[PurePosixPath]:
    """A group's path and those above it. One outside the tree that is mounted here ("..", or a
    name that only the host knows) still has the tree's root above it.
    """
    relative = PurePosixPath(*place.parts[1:])
    return [PurePosixPath()] if ".." in relative.parts else [relative, *relative.parents]


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return ""
