"""What the translator's tests share: folders, and the Pythons on this machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import List

from ..source import translate

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
LANGUAGE = ROOT / "runtime" / "tests" / "language"
GOLDEN = HERE / "golden"
TOOLS = {"oracle.py", "random_programs.py"}


def programs() -> List[Path]:
    """The language tests: each prints, and every engine must print the same."""
    return sorted(path for path in LANGUAGE.rglob("*.py") if path.name not in TOOLS)


def assembly(text: str, path: str = "test.py") -> str:
    return translate(text.encode(), path, "0" * 64)


def run(*command: str, **options) -> subprocess.CompletedProcess:
    """Runs a command from the repository's root, its output taken."""
    environment = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONWARNINGS": "ignore"}
    return subprocess.run(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60, **options
    )


def pythons() -> List[str]:
    """This Python and the others from 3.9 to 3.13 that are on PATH and start."""
    found = [sys.executable]
    for minor in range(9, 14):
        path = shutil.which(f"python3.{minor}")
        if path and minor != sys.version_info[1] and run(path, "-c", "").returncode == 0:
            found.append(path)
    return found
