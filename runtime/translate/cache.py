"""Assembly files beside their sources, as CPython keeps its .pyc files.

`__pycache__/NAME.gilbench-<format>.gba` is valid while its first two lines name the hash of the
source and the path it was translated under. It is written whole or not at all: into a file of
another name, which then takes its place.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from typing import Union

from .source import FORMAT, heading, translate


def translate_file(path: Union[str, Path]) -> Path:
    """The assembly file of a source file, translated if need be. Raises Refused, or OSError if
    the source cannot be read. Where nothing can be written beside the source, the file exists
    in memory only, as long as this process and what it execs."""
    source = Path(path).read_bytes()
    digest = hashlib.sha256(source).hexdigest()
    kept = _place(Path(path))
    if _is_current(kept, heading(str(path), digest)):
        return kept
    text = translate(source, str(path), digest)
    try:
        return _keep(kept, text)
    except OSError:
        return _hold(text)


def _place(path: Path) -> Path:
    return path.parent / "__pycache__" / f"{path.stem}.gilbench-{FORMAT}.gba"


def _is_current(kept: Path, expected: str) -> bool:
    try:
        with kept.open(encoding="utf-8") as file:
            return file.read(len(expected)) == expected
    except (OSError, UnicodeDecodeError):
        return False


def _keep(kept: Path, text: str) -> Path:
    kept.parent.mkdir(exist_ok=True)
    handle, name = tempfile.mkstemp(dir=kept.parent, prefix=f"{kept.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(name, kept)
    except BaseException:
        os.unlink(name)
        raise
    return kept


def _hold(text: str) -> Path:
    handle = os.memfd_create("gilbench-assembly", 0)  # inherited by what is execed
    with os.fdopen(handle, "w", encoding="utf-8", closefd=False) as file:
        file.write(text)
    return Path(f"/proc/{os.getpid()}/fd/{handle}")
