"""`gilbench exec`: runs a program on a variant, shows its bytecode, or runs it on every variant.

The program is translated (`runtime/translate`), its assembly is kept beside the source, and the
variant's interpreter takes this process's place, so that exit status, signals and standard input
are the program's own.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Iterable, NoReturn

from . import build, install, machine, peers
from .errors import DONE, FAILED, WRONG_INPUT, InputError, OutsideError
from .locations import SAFE_VARIANTS, build_folder, exec_override

LEAST_ROUNDS, MOST_ROUNDS, ENOUGH_S = 1, 5, 20.0  # of the ladder


@dataclass(frozen=True)
class Request:
    """What the command line asked for, checked."""

    file: str
    arguments: tuple[str, ...]
    variant: str = "gil"
    account: bool = False
    dis: bool = False


def program(variant: str, account: bool = False) -> Path:
    """The interpreter of a variant, built if need be. Says so on stderr, for stdout is the
    program's."""
    name = f"gilbench-exec-{variant}" + ("-account" if account else "")
    if exec_override():
        return exec_override() / name
    if not machine.on_linux():
        raise OutsideError("exec needs Linux: the runtime's platform layer is for it only")
    if not build.is_configured(build_folder()):
        install.ensure({"build"}, yes=False)
    return build.one("release", name) / "runtime" / name


def pin_library() -> Path | None:
    """What binds a program's threads (bench/pin.c), built if need be; None beside interpreters that
    the environment names."""
    if exec_override():
        return None
    return build.one("release", "gilbench-pin") / "bench" / "libgilbench-pin.so"


def translated(file: str) -> Path | None:
    """The assembly of a source file; None, once the reason was printed, if it is refused."""
    from runtime.translate.cache import translate_file
    from runtime.translate.refusal import Refused

    try:
        return translate_file(file)
    except Refused as refused:
        print(refused, file=sys.stderr)
        return None
    except OSError as error:
        raise InputError(f"{file}: {error.strerror}") from None


def run(request: Request) -> int:
    """Becomes the interpreter, or returns 2 for a program that is refused."""
    assembly = translated(request.file)
    if assembly is None:
        return WRONG_INPUT
    interpreter = program(request.variant, request.account)
    mode = ["--account"] if request.account else ["--dis"] if request.dis else []
    _become([str(interpreter), *mode, str(assembly), *request.arguments])


def _become(line: list[str]) -> NoReturn:
    sys.stdout.flush()
    os.execv(line[0], line)


# ---------------------------------------------------------------- the ladder


@dataclass
class Engine:
    """What runs the program, and what came of it."""

    name: str
    command: list[str]
    environment: dict[str, str]
    seconds: list[float]
    answer: tuple[int, str] | None = None  # exit status and output of the first time

    def run(self) -> None:
        """One time more. stderr is the terminal's."""
        begin = time.perf_counter()
        done = subprocess.run(
            self.command, env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        )  # fmt: skip
        self.seconds.append(time.perf_counter() - begin)
        if self.answer is None:
            self.answer = done.returncode, done.stdout.decode("utf-8", "replace")


def ladder(file: str, arguments: tuple[str, ...]) -> int:
    """Runs a program on every safe variant and on the CPythons found, one after the other and
    round after round, and prints its output once and what each took. Returns 1 if outputs
    differ, 2 for a program that is refused, else 0."""
    assembly = translated(file)
    if assembly is None:
        return WRONG_INPUT
    line = [str(assembly), *arguments]
    engines = [Engine(v, [str(program(v)), *line], dict(os.environ), []) for v in SAFE_VARIANTS]
    engines += [
        Engine(peer["name"], [peer["executable"], file, *arguments], peers.environment(), [])
        for peer in peers.on_path()
    ]
    for _ in _rounds():
        for engine in engines:
            engine.run()
    sys.stdout.write(engines[0].answer[1])
    print("\n".join(_table(engines)))
    return FAILED if any(_differs(engine, engines[0]) for engine in engines) else DONE


def _rounds() -> Iterable[int]:
    """Counts up to MOST_ROUNDS, but begins no round after ENOUGH_S."""
    begin = time.perf_counter()
    for number in range(MOST_ROUNDS):
        if number < LEAST_ROUNDS or time.perf_counter() - begin < ENOUGH_S:
            yield number


def _table(engines: list[Engine]) -> list[str]:
    first = statistics.median(engines[0].seconds)
    width = max(len(engine.name) for engine in engines)
    lines = [f"{'':<{width}}  seconds  against {engines[0].name}  output"]
    for engine in engines:
        seconds = statistics.median(engine.seconds)
        agrees = _differs(engine, engines[0]) or "the same"
        lines.append(
            f"{engine.name:<{width}}  {seconds:7.3f}  {seconds / first:>{8 + len(engines[0].name)}.2f}"
            f"  {'above' if engine is engines[0] else agrees}"
        )
    times = len(engines[0].seconds)
    how = f"median of {times} runs" if times > 1 else "one run"
    return [*lines, f"{how} of the whole process each, with its start"]


def _differs(engine: Engine, first: Engine) -> str:
    """In which way an engine's answer is not the first one's; "" if it is. Lines that begin with
    `seconds` are times, which nobody expects to agree."""
    (status, output), (expected_status, expected) = engine.answer, first.answer
    if status != expected_status:
        return f"exit status {status} instead of {expected_status}"
    ours, others = _compared(output), _compared(expected)
    for number, (mine, other) in enumerate(zip(ours, others)):
        if mine != other:
            return f"differs: {mine!r} for line {number + 1}"
    return "" if len(ours) == len(others) else f"{len(ours)} lines instead of {len(others)}"


def _compared(output: str) -> list[str]:
    return ["" if line.startswith("seconds") else line for line in output.splitlines()]
