"""CPythons beside which programs will be measured: found on PATH or named by --python."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

from .errors import InputError

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


def on_path() -> list[dict[str, Any]]:
    """The CPythons on PATH, each executable once, in PATH's order."""
    found: dict[str, dict[str, Any]] = {}
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        try:
            names = sorted(name for name in os.listdir(folder or ".") if _NAME.match(name))
        except OSError:
            continue
        for name in names:
            peer = ask(os.path.join(folder, name))
            if peer and peer["implementation"] == "CPython":
                found.setdefault(os.path.realpath(peer["executable"]), peer)
    return list(found.values())


def named(programs: list[str]) -> list[dict[str, Any]]:
    """The Pythons of --python. Raises InputError for one that is none."""
    peers = []
    for program in programs:
        peer = ask(program) if Path(program).exists() or os.sep not in program else None
        if peer is None:
            raise InputError(f"--python {program}: not a Python that can be run")
        peers.append(peer)
    return peers


def facts(peer: dict[str, Any]) -> dict[str, Any]:
    """What a run keeps of a peer: not where it lies, for runs are passed on."""
    return {name: value for name, value in peer.items() if name != "executable"}


def sentence(peer: dict[str, Any]) -> str:
    """One line about a peer."""
    kind = "free-threaded" if peer["free_threaded_build"] else "with the GIL"
    return f"{peer['implementation']} {peer['version']}, {kind}: {peer['executable']}"
