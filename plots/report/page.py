"""Puts the page together: what goes where, and the figures as data of the page itself."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from suite import compare

from ..data import RunData, counted, statistics
from . import answers, memory, peers, programs, races, tables
from .picture import data_uri

HERE = Path(__file__).resolve().parent
# A heading for each question and the figures that belong under it. A figure that is named
# nowhere goes under the last.
SECTIONS = (
    ("What the lock costs, and what removing it costs", ("ladder", "speedup", "heatmap", "costs")),
    ("Where the lines cross", ("crossing", "crossing_map")),
    ("How long one waits", ("latency", "convoy", "gil_time", "timeline")),
    ("What memory costs", ("allocation", "collector", "footprint")),
    ("What programs do", ("program_speedup", "program_ladder", "program_cpython")),
    ("What is atomic", ("atomicity", "engines", "outcomes")),
)
OTHERS = "Further figures"


@dataclass(frozen=True)
class Figure:
    """A drawn figure: its name, title and caption, and its picture as a data URI."""

    name: str
    title: str
    caption: str
    picture: str


@dataclass(frozen=True)
class Section:
    """A heading and its figures."""

    heading: str
    figures: tuple[Figure, ...]


def render(run: RunData) -> str:
    """The whole page."""
    found = answers.answers(run, (*memory.ASKED, *programs.ASKED, peers.compared, races.atomic))
    lead = [answer.said[0] for answer in found[: answers.LEAD] if answer.said]
    further = [replace(a, said=a.said[1:]) if a in found[: answers.LEAD] else a for a in found]
    ladder = tables.ladder(run)
    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters["code"] = code
    return environment.get_template("page.html").render(
        css=Markup((HERE / "page.css").read_text(encoding="utf-8")),
        meta=run.meta, opening=opening(run), shortfall=shortfall(run),
        lead=lead, further=[answer for answer in further if answer.said],
        open=[text for answer in found for text in answer.open],
        missing=[answer.question for answer in found if not answer.measured],
        sections=sections(read_figures(run.run.folder / "figures")),
        ladder=ladder, headlines=tables.headlines(ladder), latencies=tables.latencies(run),
        handovers=tables.handovers(run), memory=tables.memory(run), beside=peers.table(run), accounts=tables.accounts(run),
        summary=races.summary_of(run), tests=races.tests_of(run),
        machine=machine_facts(run.meta), rejected=rejected(run),
    )  # fmt: skip


def code(sentence: str) -> Markup:
    """A sentence for the page: escaped, and what stands in backticks as code."""
    return Markup(re.sub(r"`([^`]*)`", r"<code>\1</code>", str(escape(sentence))))


def opening(run: RunData) -> str:
    """'On 2 CPUs of AMD EPYC:', the beginning of the first paragraph."""
    name = run.meta["machine"].get("cpu_model") or "an unknown processor"
    return f"On {counted(run.cores, 'CPU')} ({name})" if run.cores else f"On {name}"


def shortfall(run: RunData) -> str:
    """What a run lacks that was cut short, had no room for everything, or was disturbed; empty if
    it lacks nothing.
    """
    meta, parts = run.meta, []
    if not run.run.complete:
        cases = f"{len(run.run.cases())} of {counted(len(meta['plan']), 'case')} have samples"
        parts.append(f"This run is partial ({meta['state']}): {cases}.")
    if meta["processes_done"] < meta["processes_planned"]:
        planned = counted(meta["processes_planned"], "process")
        parts.append(f"Some cases have only {meta['processes_done']} of the {planned} that were planned for each.")
    if run.run.truncated:
        parts.append("The last line of the samples was cut off and left out.")
    windows, out = _windows(run)
    if out > windows / 2:
        parts.append(f"Of {windows:,} windows {out:,} were disturbed and left out: something else ran on this machine.")
    return " ".join(parts)


def rejected(run: RunData) -> str:
    """How many windows were disturbed."""
    windows, out = _windows(run)
    return f"{windows:,} windows were measured, {out:,} of them disturbed and left out"


def _windows(run: RunData) -> tuple[int, int]:
    return len(run.run.samples), statistics.rejected(run.run.samples)


# ---------------------------------------------------------------- figures


def read_figures(folder: Path) -> list[Figure]:
    """The figures in a folder that captions.json names; none if nothing was drawn."""
    try:
        captions = json.loads((folder / "captions.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):  # not drawn, or damaged: drawing writes it anew
        return []
    return [
        Figure(name, entry["title"], entry["caption"], data_uri(folder / f"{name}.svg"))
        for name, entry in captions.items()
        if (folder / f"{name}.svg").exists()
    ]


def sections(figures: list[Figure]) -> list[Section]:
    """The figures under their headings; headings without figures are left out."""
    by_name = {figure.name: figure for figure in figures}
    named = {name for _, names in SECTIONS for name in names}
    rows = [*SECTIONS, (OTHERS, tuple(name for name in by_name if name not in named))]
    found = [Section(head, tuple(by_name[name] for name in names if name in by_name)) for head, names in rows]
    return [section for section in found if section.figures]


# ---------------------------------------------------------------- machine


def machine_facts(meta: dict[str, Any]) -> list[tuple[str, str]]:
    """What the run knows of the machine and the build, in words; what it does not, is left out."""
    machine = meta["machine"]
    caches = ", ".join(f"{name} {size // 1024:,} KiB" for name, size in (machine.get("cache_bytes") or {}).items())
    memory = machine.get("memory_bytes")
    facts = {
        "processor": compare.machine_words(machine),
        "cores": _cores(machine),
        "caches": caches,
        "memory": f"{memory / (1 << 30):.1f} GiB" if memory else "",
        "kernel": " ".join(str(machine[key]) for key in ("kernel", "architecture") if machine.get(key)),
        "compiler": " ".join(str(machine[key]) for key in ("compiler", "flags") if machine.get(key)),
        "C library": machine.get("libc") or "",
        "CPythons": ", ".join(peer_words(peer) for peer in machine.get("peers") or ()),
        "commit": (meta["commit"] or "unknown") + (" with changes" if meta["dirty"] else ""),
        "command": " ".join(meta["command"]),
        "seed": str(meta["seed"]),
        "measured": f"{meta.get('measured_s', 0):,.0f} s, begun {meta['started']}",
    }
    return [(name, words) for name, words in facts.items() if words]


def _cores(machine: dict[str, Any]) -> str:
    if not machine.get("cores"):
        return ""
    smt = {True: "hyperthreads on", False: "hyperthreads off"}.get(machine.get("smt"), "")  # type: ignore[call-overload]
    nodes = counted(machine["numa_nodes"], "memory node") if machine.get("numa_nodes") else ""
    return ", ".join(filter(None, (counted(machine["cores"], "core"), smt, nodes)))


def peer_words(peer: dict[str, Any]) -> str:
    """'CPython 3.14.0, free-threaded'."""
    name = peer.get("name") or f"{peer.get('implementation', 'Python')} {peer.get('version', '?')}"
    return f"{name}, {'free-threaded' if peer.get('free_threaded_build') else 'with the GIL'}"
