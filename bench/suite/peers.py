"""CPythons that run some of the cells as well: found on PATH or named by --python."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

from .errors import InputError
from .locations import ROOT

PROGRAM = ROOT / "bench" / "peers" / "measure.py"
PROGRAM_RUNNER = ROOT / "bench" / "peers" / "program.py"  # of bench/programs/, on any engine
CELLS = (
    "reacquire", "convoy_echo", "lost_update", "gc_live", "gc_garbage", "gc_young", "gc_cycles",
    "read_dict", "read_list", "object_memory",
)  # that it can run  # fmt: skip
OLDEST = (3, 9)

_QUESTION = """
import json, platform, sys, sysconfig
gil = getattr(sys, "_is_gil_enabled", lambda: True)()
print(json.dumps({"implementation": platform.python_implementation(),
    "version": platform.python_version(), "gil": bool(gil),
    "free_threaded_build": bool(sysconfig.get_config_var("Py_GIL_DISABLED")),
    "executable": sys.executable}))
"""
_NAME = re.compile(r"python3(\.\d+t?)?$")


def ask(program: str) -> dict[str, Any] | None:
    """Version and kind of the Python at `program`, or None if it is none."""
    try:
        answer = subprocess.run(
            [program, "-I", "-c", _QUESTION],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=10,
        )  # fmt: skip
        found = json.loads(answer.stdout)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None
    return found if answer.returncode == 0 and isinstance(found, dict) else None


def name(peer: dict[str, Any]) -> str:
    """As `CPython 3.14.0t`: t is for the free-threaded build."""
    free = "t" if peer["free_threaded_build"] else ""
    return f"{peer['implementation']} {peer['version']}{free}"


def on_path() -> list[dict[str, Any]]:
    """The CPythons on PATH, in its order: one of each name, and none that is too old.

    Shims (pyenv, asdf) are left out: which Python they start depends on where they are started.
    """
    found: dict[str, dict[str, Any]] = {}
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        try:
            names = sorted(entry for entry in os.listdir(folder or ".") if _NAME.match(entry))
        except OSError:
            continue
        for entry in names if Path(folder).name != "shims" else ():
            peer = ask(os.path.join(folder, entry))
            if peer and peer["implementation"] == "CPython" and not _too_old(peer):
                found.setdefault(name(peer), peer)
    return _named(list(found.values()))


def named(programs: list[str]) -> list[dict[str, Any]]:
    """The Pythons of --python. Raises InputError for one that is none, or too old."""
    peers = []
    for program in programs:
        peer = ask(program) if Path(program).exists() or os.sep not in program else None
        if peer is None:
            raise InputError(f"--python {program}: not a Python that can be run")
        if _too_old(peer):
            raise InputError(f"--python {program}: {name(peer)}; peers need {_words(OLDEST)}")
        peers.append(peer)
    return _named(peers)


def _too_old(peer: dict[str, Any]) -> bool:
    return tuple(int(part) for part in peer["version"].split(".")[:2]) < OLDEST


def _words(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))


def _named(peers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """With `name`, which no two have in common."""
    names: list[str] = []
    for peer in peers:
        same = sum(name(other) == name(peer) for other in peers[: len(names)])
        names.append(name(peer) + (f" ({same + 1})" if same else ""))
    return [peer | {"name": unique} for peer, unique in zip(peers, names)]


def environment() -> dict[str, str]:
    """What a peer runs in: nothing that changes how Python works. (PYTHONDONTWRITEBYTECODE, for
    one: free-threaded Pythons then count references to constants of imported modules.)"""
    return {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}


def facts(peer: dict[str, Any]) -> dict[str, Any]:
    """What a run keeps of a peer: not where it lies, for runs are passed on."""
    return {key: value for key, value in peer.items() if key != "executable"}


def sentence(peer: dict[str, Any]) -> str:
    """One line about a peer."""
    kind = "free-threaded" if peer["free_threaded_build"] else "with the GIL"
    return f"{peer['implementation']} {peer['version']}, {kind}: {peer['executable']}"
