"""What the tests share: a folder of their own, the fake runner, runs, the command as a process."""

from __future__ import annotations

import atexit
import contextlib
import functools
import io
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from typing import Any, Iterator
from unittest import mock

from suite import profiles, run
from suite.locations import ROOT, SAFE_VARIANTS

FAKE_RUNNER = Path(__file__).with_name("fake_runner.py")
TINY = profiles.Profile(
    "tiny", "for tests", rounds=3, threads=(1,), budget_s=None, blocks=1,
    choices=(profiles.Choice("refcount_own", (1,)), profiles.Choice("count_small", (2,))),
)  # fmt: skip


def launcher(folder: Path) -> Path:
    """The fake runner, started by this very Python."""
    script = folder / "runner"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -I -S "{FAKE_RUNNER}" "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    return script


def interpreters(folder: Path, seconds: float = 0.25) -> Path:
    """A folder of interpreters that know no language: whatever the program, they print the same, what `fib` prints."""
    folder.mkdir()
    for build in (*SAFE_VARIANTS, *(f"{variant}-account" for variant in SAFE_VARIANTS)):
        interpreter(folder, build, f"echo checksum 832040; echo seconds {seconds}")
    return folder


def interpreter(folder: Path, build: str, does: str) -> None:
    """Puts one of them in the place of what was there: a line of shell."""
    script = folder / f"gilbench-exec-{build}"
    counters = {"incref": 2000, "alloc_objects": 10, "alloc_bytes": 320}
    lines = [f"echo account {name} {value} count >&2" for name, value in counters.items()]
    script.write_text("\n".join(["#!/bin/sh", *lines, does, ""]), encoding="utf-8")
    script.chmod(0o755)


class Case(unittest.TestCase):
    """A test with a folder of its own and the fake runner in the environment."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.environment = {
            "GILBENCH_RUNNER": str(launcher(self.folder)),
            "GILBENCH_EXEC": str(interpreters(self.folder / "exec")),
        }
        patch = mock.patch.dict(os.environ, self.environment)
        patch.start()
        self.addCleanup(patch.stop)

    def gilbench(self, *arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
        """The command, as a user runs it."""
        return subprocess.run(
            command(*arguments), env=os.environ | environment, cwd=self.folder,
            capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=100,
        )  # fmt: skip

    def assert_one_line(self, answer: subprocess.CompletedProcess[str], code: int, *words: str) -> None:
        """The command ended with `code` and one line on stderr that has all `words`."""
        self.assertEqual(answer.returncode, code, answer.stderr + answer.stdout)
        self.assertEqual(len(answer.stderr.strip().splitlines()), 1, answer.stderr)
        for word in words:
            self.assertIn(word, answer.stderr)


def command(*arguments: str | Path) -> list[str]:
    """The command line of ./gilbench with this Python."""
    return [sys.executable, str(ROOT / "bench"), *map(str, arguments)]


def request(out: Path, profile: profiles.Profile = TINY, **more: Any) -> run.Request:
    """A request for a run with a fixed seed."""
    return run.Request(profile, ["gilbench", "run"], out=out, seed=7, **more)


@contextlib.contextmanager
def quiet(figures: bool = False) -> Iterator[io.StringIO]:
    """Catches what is printed, and leaves out the figures, which take seconds."""
    printed = io.StringIO()
    with contextlib.ExitStack() as stack:
        stack.enter_context(contextlib.redirect_stdout(printed))
        stack.enter_context(contextlib.redirect_stderr(printed))
        if not figures:
            stack.enter_context(mock.patch.object(run, "draw", return_value=[]))
        yield printed


def finished_run(folder: Path) -> Path:
    """A complete run in `folder`: measured once by the fake runner, then copied."""
    shutil.copytree(_measured(), folder)
    return folder


@functools.lru_cache(maxsize=None)
def _measured() -> Path:
    place = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, place)
    with quiet():
        code = run.start(request(Path(place, "R")))
    assert code == 0
    return Path(place, "R")
