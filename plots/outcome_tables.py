"""The outcome tables of a run, read from outcomes.jsonl: what came of two actors' race."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DISASTERS = ("CRASH", "HANG")


@dataclass(frozen=True)
class Table:
    """One test on one variant. Shares are of the samples; `below` bounds what was not seen."""

    test: str
    operation: str
    variant: str
    samples: int
    surprising: float  # share of INTERESTING and FORBIDDEN outcomes, crashes and hangs among them
    disasters: float  # share of crashes and hangs
    forbidden: bool  # an outcome was seen that the variant must not have
    below: float | None  # 3/N of the outcomes that surprise and were not seen, None if all were
    overlap: float  # share of the samples in which the actors really met
    enough: bool  # ... often enough for silence to say something
    behaviour: str  # atomic, can be lost, can crash, can hang, unknown


def read(path: Path) -> list[Table]:
    """The tables in the file's order; the last of a test on a variant counts. A line that was
    cut off or damaged is left out; so is everything if there is no file.
    """
    tables: dict[tuple[str, str], Table] = {}
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    for line in lines:
        try:
            table = _table(json.loads(line))
        except (ValueError, KeyError, TypeError):
            continue
        tables[table.test, table.variant] = table
    return list(tables.values())


def _table(line: dict[str, Any]) -> Table:
    odd = [o for o in line["outcomes"] if o["expect"] != "ACCEPTABLE"]
    unseen = [o["below"] for o in line["unseen"] if o["expect"] != "ACCEPTABLE"]
    return Table(
        line["test"], line["operation"], line["variant"], line["samples"],
        surprising=sum(o["share"] for o in odd),
        disasters=sum(o["share"] for o in line["outcomes"] if o["outcome"] in DISASTERS),
        forbidden=any(o["expect"] == "FORBIDDEN" for o in odd),
        below=max(unseen, default=None),
        overlap=line["overlap"]["share"], enough=line["overlap"]["enough"],
        behaviour=line["behaviour"],
    )  # fmt: skip


def operations(tables: list[Table]) -> list[tuple[str, str]]:
    """(test, operation) in the order of the tables."""
    return list(dict.fromkeys((t.test, t.operation) for t in tables))
