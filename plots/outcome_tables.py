"""What the outcome figures need of a run's outcome tables: shares by test and variant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

DISASTERS = ("CRASH", "HANG")


@dataclass(frozen=True)
class Table:
    """One test on one variant. Shares are of the samples; `below` bounds what was not seen."""

    test: str
    operation: str
    variant: str
    surprising: float  # share of INTERESTING and FORBIDDEN outcomes, crashes and hangs among them
    disasters: float  # share of crashes and hangs
    forbidden: bool  # an outcome was seen that the variant must not have
    below: float  # 3/N: outcomes that were not seen are less probable
    overlap: float  # how often the actors really met, of the times that they raced
    enough: bool  # ... often enough for silence to say something


def tables(lines: list[dict[str, Any]]) -> dict[tuple[str, str], Table]:
    """By test and variant, in the lines' order; of several lines of one, the worst."""
    found: dict[tuple[str, str], Table] = {}
    for line in lines:
        table = table_of(line)
        key = table.test, table.variant
        if key not in found or table.surprising > found[key].surprising:
            found[key] = table
    return found


def table_of(line: dict[str, Any]) -> Table:
    """One line of outcomes.jsonl."""
    odd = [row for row in line["outcomes"] if row["expect"] != "ACCEPTABLE"]
    return Table(
        line["test"], line["operation"], line["variant"],
        surprising=sum(row["share"] for row in odd),
        disasters=sum(row["share"] for row in odd if row["outcome"] in DISASTERS),
        forbidden=any(row["expect"] == "FORBIDDEN" for row in odd),
        below=min((row["below"] for row in line["unseen"]), default=1.0),
        overlap=line["overlap"]["share"], enough=line["overlap"]["enough"],
    )  # fmt: skip
