"""The only reader and writer of run folders (results/README.md tells what is in one).

A run folder is append-only: `run.json` is written first with the state "running" and
replaced, atomically, when the run ends; the runner programs append whole lines to
`samples.jsonl`. So whatever happens, what is there is a valid prefix of the run.
"""

from __future__ import annotations

import functools
import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Iterator

from .errors import InputError
from .locations import SCHEMA

SCHEMA_VERSION = 1
RUN_FILE = "run.json"
SAMPLES_FILE = "samples.jsonl"
OUTCOMES_FILE = "outcomes.jsonl"
RAW_FOLDER = "raw"
TRACES_FOLDER = "traces"

Sample = dict[str, Any]


@dataclass
class Run:
    """A run folder in memory. `samples` are timed windows, `accounts` account totals, `memory`
    what processes needed of it."""

    folder: Path
    meta: dict[str, Any]
    samples: list[Sample] = field(default_factory=list)
    accounts: list[Sample] = field(default_factory=list)
    memory: list[Sample] = field(default_factory=list)
    truncated: bool = False  # the last line was cut off and left out

    @property
    def complete(self) -> bool:
        return self.meta["state"] == "complete"

    def cases(self) -> list[dict[str, Any]]:
        """The planned cases that have samples, in the plan's order."""
        seen = {sample["case"] for sample in self.samples}
        return [case for case in self.meta["plan"] if case["case"] in seen]

    def cell(self, name: str) -> dict[str, Any]:
        """What the runner said of a cell (question, unit, ...); empty if it is unknown."""
        return next((cell for cell in self.meta["cells"] if cell["cell"] == name), {})


def load(folder: str | os.PathLike[str], *, need_samples: bool = True) -> Run:
    """Reads and checks a run folder.

    Raises InputError, one line naming the file and what is wrong with it. A last line that
    was cut off is left out if the run is not complete, and an error if it is.
    """
    path = Path(folder)
    run = Run(path, read_meta(path))
    for line in _read_lines(run, path / SAMPLES_FILE):
        kinds = {"account": run.accounts, "memory": run.memory}
        kinds.get(line.get("build"), run.samples).append(line)
    if need_samples and not (run.samples or run.memory):
        raise InputError(f"{path / SAMPLES_FILE}: no samples, the run is {run.meta['state']}")
    return run


def read_meta(folder: Path) -> dict[str, Any]:
    """Reads and checks `run.json` alone. Raises InputError."""
    if not folder.exists():
        raise InputError(f"{folder}: no such run folder")
    if not folder.is_dir():
        raise InputError(f"{folder}: not a run folder but a file")
    path = folder / RUN_FILE
    text = _read_text(path)
    if not text.strip():
        raise InputError(f"{path}: empty")
    try:
        meta = _parse(text)
    except ValueError as error:
        raise InputError(f"{path}: not JSON ({error}); cut off or damaged") from None
    if not isinstance(meta, dict) or "schema" not in meta:
        raise InputError(f"{path}: not a gilbench run (it has no schema version)")
    if meta["schema"] != SCHEMA_VERSION:
        raise InputError(
            f"{path}: schema version {meta['schema']!r}; this gilbench reads {SCHEMA_VERSION}"
        )
    _check("run", meta, str(path))
    return meta


def write_meta(folder: Path, meta: dict[str, Any]) -> None:
    """Checks and replaces `run.json`, atomically. Raises OSError (disk full), ValueError."""
    _check("run", meta, RUN_FILE, ValueError)
    temporary = folder / (RUN_FILE + ".new")
    try:
        with open(temporary, "w", encoding="utf-8") as file:
            json.dump(meta, file, indent=1, allow_nan=False)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, folder / RUN_FILE)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def create(folder: Path, meta: dict[str, Any]) -> None:
    """Makes a run folder with `run.json` and an empty `samples.jsonl`. Raises OSError."""
    (folder / RAW_FOLDER).mkdir(parents=True, exist_ok=True)
    write_meta(folder, meta)
    (folder / SAMPLES_FILE).touch()


def end_of_samples(folder: Path) -> int:
    """Size in bytes of `samples.jsonl`: what `take_appended` starts from."""
    return (folder / SAMPLES_FILE).stat().st_size


def take_appended(folder: Path, offset: int) -> list[Sample]:
    """The lines that a process appended after `offset`, checked.

    A last line that was cut off (a process killed, a full disk) is removed from the file, so
    that the file stays a sequence of whole lines. Raises ValueError if a whole line is not
    a sample: the runner and the suite then disagree.
    """
    path = folder / SAMPLES_FILE
    with open(path, "r+b") as file:
        file.seek(offset)
        added = file.read()
        whole = added.rfind(b"\n") + 1
        if whole != len(added):
            file.truncate(offset + whole)
    lines = added[:whole].decode("utf-8").splitlines()
    return [_check_line(line, f"{path} after byte {offset}", ValueError) for line in lines]


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise InputError(f"{path}: missing; not a run folder") from None
    except UnicodeDecodeError:
        raise InputError(f"{path}: not text; damaged") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from None


def _read_lines(run: Run, path: Path) -> Iterator[Sample]:
    text = _read_text(path)
    lines = text.split("\n")
    tail = lines.pop()  # empty when the last line is whole
    if tail and run.complete:
        raise InputError(f"{path}: the last line is cut off, though the run is complete")
    run.truncated = bool(tail)
    for number, line in enumerate(lines, start=1):
        yield _check_line(line, f"{path}:{number}", InputError)


def _check_line(line: str, where: str, error: type[Exception]) -> Sample:
    try:
        value = _parse(line)
    except ValueError as reason:
        raise error(f"{where}: not JSON ({reason})") from None
    build = value.get("build") if isinstance(value, dict) else None
    kind = build if build in ("account", "memory") else "sample"
    _check(kind, value, where, error)
    if kind == "sample" and not len(value["ops"]) == len(value["wall_ns"]) == value["threads"]:
        raise error(f"{where}: ops and wall_ns must have one entry per thread")
    return value


def _parse(text: str) -> Any:
    def refuse(name: str) -> None:
        raise ValueError(f"{name} is not a number of JSON")

    return json.loads(text, parse_constant=refuse)


def _check(kind: str, value: Any, where: str, error: type[Exception] = InputError) -> None:
    """Raises `error` with one line if `value` is not a `kind` of results/schema.json."""
    if kind == "sample" and _plainly_a_sample(value):
        return
    problem = next(validator(kind).iter_errors(value), None)
    if problem is not None:
        place = "/".join(str(part) for part in problem.absolute_path)
        text = problem.message if len(problem.message) < 200 else problem.message[:200] + "..."
        raise error(f"{where}: {place + ': ' if place else ''}{text}")


@functools.lru_cache(maxsize=None)
def validator(kind: str) -> Any:
    """A validator of one of the definitions in results/schema.json ("run", "sample", ...)."""
    import jsonschema

    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    wanted = {"$schema": schema["$schema"], "$ref": f"#/$defs/{kind}", "$defs": schema["$defs"]}
    return jsonschema.Draft202012Validator(wanted)


# The validator takes a third of a millisecond a line, which is seconds for a long run. Most
# lines are plainly right; only the others are shown to it, and it has the last word.
_SAMPLE_TYPES = {
    "case": str, "cell": str, "params": dict, "threads": int, "variant": str, "process": int,
    "block": int, "position": int, "cpus": list, "bound": bool, "ops": list, "wall_ns": list,
    "accepted": bool,
}  # fmt: skip


def _plainly_a_sample(value: Any) -> bool:
    return (
        type(value) is dict
        and all(type(value.get(key)) is kind for key, kind in _SAMPLE_TYPES.items())
        and value.get("build") == "timed"
        and value.get("role") in ("main", "copy", "peer")
        and _plainly_a_latency(value.get("latency", 0))
        and type(value.get("disturbance")) is dict
        and type(value.get("why", 0)) in (str, type(None))
        and type(value.get("window_ms")) in (int, float)
        and value["window_ms"] > 0
        and value["threads"] > 0
        and min(value["process"], value["block"], value["position"]) >= 0
        and all(type(n) is int and n >= 0 for n in value["ops"] + value["wall_ns"])
        and all(type(n) is int for n in value["cpus"])
    )


def _plainly_a_latency(value: Any) -> bool:
    return value is None or (
        type(value) is dict
        and value.get("unit") == "ns"
        and type(value.get("count")) is int
        and value["count"] >= 0
        and type(value.get("buckets", [])) is list
        and all(
            type(bucket) is list and len(bucket) == 2 and set(map(type, bucket)) <= {int, float}
            for bucket in value.get("buckets", ())
        )
    )
