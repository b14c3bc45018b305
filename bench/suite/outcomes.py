"""Outcome tables of stress programs: reading `outcomes.jsonl`, and what they say together.

The summary answers which operations are atomic in which variant, and in which engine that runs
Python programs: operations down, variants and engines across, in each cell the worst that was
seen.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterable

from . import results
from .errors import InputError
from .locations import VARIANTS

Line = dict[str, Any]

# From the worst to the best; a cell shows the worst of its lines. "unknown" is no reassurance,
# so it hides "atomic", but it hides nothing that was seen.
BEHAVIOURS = ("can crash", "can hang", "can be lost", "unknown", "atomic")


@dataclass(frozen=True)
class Summary:
    """`cells[operation, variant]` is one of BEHAVIOURS; what was not run has no cell."""

    operations: tuple[str, ...]
    variants: tuple[str, ...]
    cells: dict[tuple[str, str], str]


def load_outcomes(folder: Path) -> list[Line]:
    """The lines of a folder's `outcomes.jsonl`, checked; none if there is no such file.

    A last line that was cut off is left out. Raises InputError, one line saying what and where.
    """
    path = folder / results.OUTCOMES_FILE
    if not path.exists():
        return []
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read: {error}") from None
    whole = text.split("\n")[:-1]
    return [_check(line, f"{path}:{number}") for number, line in enumerate(whole, start=1)]


def _check(text: str, where: str) -> Line:
    try:
        line = json.loads(text)
    except ValueError as error:
        raise InputError(f"{where}: not JSON ({error})") from None
    problem = next(results.validator("outcome").iter_errors(line), None)
    if problem is not None:
        place = "/".join(str(part) for part in problem.absolute_path)
        raise InputError(f"{where}: {place + ': ' if place else ''}{problem.message[:200]}")
    return line


def summary(lines: Iterable[Line]) -> Summary:
    """What the lines say together. Operations and engines keep their order, variants have the
    ladder's."""
    cells: dict[tuple[str, str], str] = {}
    for line in lines:
        cell = line["operation"], line["variant"]
        cells[cell] = min(cells.get(cell, BEHAVIOURS[-1]), line["behaviour"], key=BEHAVIOURS.index)
    seen = dict.fromkeys(variant for _, variant in cells)
    others = tuple(engine for engine in seen if engine not in VARIANTS)
    return Summary(
        tuple(dict.fromkeys(operation for operation, _ in cells)),
        tuple(variant for variant in VARIANTS if variant in seen) + others,
        cells,
    )


def parts(lines: Iterable[Line]) -> tuple[list[Line], list[Line]]:
    """The lines of the runtime's own tables, and those of Python programs on engines."""
    split: tuple[list[Line], list[Line]] = [], []
    for line in lines:
        split[line["variant"] not in VARIANTS].append(line)
    return split


def table(found: Summary) -> list[str]:
    """The summary as lines of text."""
    rows = [("", *found.variants)]
    rows += [
        (operation, *(found.cells.get((operation, variant), "-") for variant in found.variants))
        for operation in found.operations
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return ["  ".join(f"{text:<{width}}" for text, width in zip(row, widths)).rstrip() for row in rows]


def words(line: Line) -> str:
    """A table in one line: the verdict, each outcome's share, how much it stands on."""
    shares = [
        f"{row['outcome']}: {_share(row)}{' FORBIDDEN' if row['expect'] == 'FORBIDDEN' else ''}"
        for row in line["outcomes"]
    ]
    overlap = line["overlap"]
    met = f"{overlap['measure']} {overlap['count']}{'' if overlap['enough'] else ', not enough'}"
    return (
        f"{line['variant']:<18}  {line['test']:<31}  {line['verdict']:<12}  "
        f"{', '.join(shares)} of {line['samples']} ({met})"
    )


def _share(row: Line) -> str:
    return f"{row['samples']}x" if row["share"] < 0.0001 else f"{row['share']:.2%}"
