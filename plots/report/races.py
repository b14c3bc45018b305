"""Outcome tables: which operations are atomic where, and each test's table in full."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Sequence

from suite import outcomes
from suite.locations import SAFE_VARIANTS

from ..data import RunData, counted
from .answers import Answer
from .words import series

MOST_NAMED = 4  # operations named in one sentence
QUESTION = "Which operations are atomic?"
FLOOR = "unlocked"  # the variant without locks


@dataclass(frozen=True)
class Table:
    """The table of one test on one variant, as text: rows of outcome, samples, share, expect, meaning."""

    variant: str
    behaviour: str
    verdict: str
    rows: tuple[tuple[str, str, str, str, str], ...]
    note: str


@dataclass(frozen=True)
class Test:
    """A test with its table on each variant."""

    name: str
    operation: str
    title: str
    tables: tuple[Table, ...]


def lines_of(run: RunData) -> list[outcomes.Line]:
    """The run's outcome lines; none if it has none."""
    return outcomes.load_outcomes(run.run.folder)


def atomic(run: RunData) -> Answer:
    """What can happen to operations that two threads do at once, in each variant."""
    lines = lines_of(run)
    if not lines:
        return Answer(QUESTION)
    own, programs = outcomes.parts(lines)
    found, raced = outcomes.summary(own), outcomes.summary(programs)
    safe = [v for v in found.variants if v in SAFE_VARIANTS]
    said = [text for text in (_everywhere(found, safe), _by_variant(found, safe), _floor(found)) if text]
    in_programs = _by_variant(raced, raced.variants)
    if in_programs:
        said.append(f"In Python programs {in_programs[0].lower()}{in_programs[1:]}")
    return Answer(QUESTION, (*said, _forbidden(lines)), tuple(_unknown(found)))


def _everywhere(found: outcomes.Summary, safe: Sequence[str]) -> str:
    """How many operations are atomic in every safe variant."""
    whole = [op for op in found.operations if {found.cells.get((op, v)) for v in safe} == {"atomic"}]
    raced = f"{counted(len(found.operations), 'operation')} that threads raced on"
    were = "was" if len(whole) == 1 else "were"
    return f"Of {raced}, {len(whole)} {were} atomic in every variant with locks ({series(safe)})." if whole else ""


def _by_variant(found: outcomes.Summary, safe: Sequence[str]) -> str:
    """What can be lost, or worse, in each variant with locks; variants that agree together."""
    groups: dict[str, list[str]] = {}
    for variant in safe:
        groups.setdefault(_harms(found, variant), []).append(variant)
    said = [f"under {series(variants)} {harms}" for harms, variants in groups.items() if harms]
    quiet = [v for v in groups.get("", ()) if all(found.cells.get((op, v)) == "atomic" for op in found.operations)]
    if quiet:
        said.insert(0, f"under {series(quiet)} nothing was lost")
    text = "; ".join(said)
    return f"{text[0].upper()}{text[1:]}." if text else ""


def _harms(found: outcomes.Summary, variant: str) -> str:
    """'x.v += 1 and d[k] += 1 can be lost', or nothing."""
    parts = []
    for behaviour in ("can be lost", "can crash", "can hang"):
        harmed = [op for op in found.operations if found.cells.get((op, variant)) == behaviour]
        if harmed:
            parts.append(f"{_named(harmed)} {behaviour}")
    return series(parts)


def _named(operations: Sequence[str]) -> str:
    """'`a`, `b` and 7 more'."""
    rest = len(operations) - MOST_NAMED
    shown = [f"`{op}`" for op in (operations[:MOST_NAMED] if rest > 1 else operations)]
    return series([*shown, f"{rest} more"] if rest > 1 else shown)


def _floor(found: outcomes.Summary) -> str:
    """What happens without any lock: the tests can see what they look for."""
    harms = {b: sum(found.cells.get((op, FLOOR)) == b for op in found.operations) for b in outcomes.BEHAVIOURS}
    parts = [f"{harms[b]} {b}" for b in ("can be lost", "can crash", "can hang") if harms[b]]
    return f"Without locks ({FLOOR}), of the operations {series(parts)}: the tests see what they look for." if parts else ""


def _forbidden(lines: Sequence[outcomes.Line]) -> str:
    """Whether something was seen that must not be."""
    seen = [line for line in lines if line["verdict"] == "FORBIDDEN"]
    if not seen:
        return "No outcome was seen that its variant forbids."
    return f"FORBIDDEN outcomes were seen: {series([_place(line) for line in seen])}."


def _place(line: outcomes.Line) -> str:
    return f"{line['test']} in {line['variant']}"


def _unknown(found: outcomes.Summary) -> list[str]:
    """The cells in which the actors met too rarely for silence to say something."""
    unknown = [f"`{op}` in {v}" for op in found.operations for v in found.variants
               if found.cells.get((op, v)) == "unknown"]  # fmt: skip
    return [f"whether these are atomic (the threads met too rarely): {'; '.join(unknown)}"] if unknown else []


# ---------------------------------------------------------------- the tables


def tests_of(run: RunData) -> list[Test]:
    """Every test with its tables, in the order of the file."""
    by_test: dict[str, list[outcomes.Line]] = {}
    for line in lines_of(run):
        by_test.setdefault(line["test"], []).append(line)
    return [
        Test(name, lines[0]["operation"], lines[0]["title"], tuple(_table(line) for line in lines))
        for name, lines in by_test.items()
    ]


def summary_of(run: RunData) -> outcomes.Summary | None:
    """Operations down, variants across; None without outcomes."""
    lines = lines_of(run)
    return outcomes.summary(lines) if lines else None


def _table(line: outcomes.Line) -> Table:
    rows = [(o["outcome"], f"{o['samples']:,}", share_words(o["share"]), o["expect"], o["meaning"]) for o in line["outcomes"]]
    rows += [(o["outcome"], "0", f"below {share_words(o['below'])}", o["expect"], o["meaning"]) for o in line["unseen"]]
    return Table(line["variant"], line["behaviour"], line["verdict"], tuple(rows), _note(line))


def share_words(share: float) -> str:
    """'12.3%', '0.0012%': three figures, as far as they say something."""
    percent = 100 * share
    return f"{percent:.1f}%" if percent >= 0.1 or percent == 0 else f"{percent:.2g}%"


def _note(line: dict[str, Any]) -> str:
    """Samples, CPUs, and how often the actors really met."""
    overlap = line["overlap"]
    what = {"overlapped": "the operations overlapped", "switched": "a switch fell into an operation"}[overlap["measure"]]
    enough = "" if overlap["enough"] else ", too rarely to conclude from what was not seen"
    cpus = f"{'CPU' if len(line['cpus']) == 1 else 'CPUs'} {', '.join(map(str, line['cpus']))}"
    return (
        f"{line['samples']:,} samples, {line['actors']} threads on {cpus}, seed {line['seed']}; "
        f"{what} in {share_words(overlap['share'])} of the samples{enough}."
    )
