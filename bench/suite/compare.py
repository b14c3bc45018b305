"""`gilbench compare`: the ladder of a run in words, or a run against another.

All numbers come from statistics.py; this module only lays them out.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any, Sequence

from . import beside, programs, results, statistics, weights
from .errors import DONE, FAILED, InputError
from .locations import VARIANTS

PEERS = ("pthread_mutex", *weights.HEAPS)
COUNTED = (("incref", "increfs"), ("alloc_objects", "allocs"), ("alloc_bytes", "bytes"))


def compare(run: Path, other: Path | None, base: str, against: str) -> int:
    """Prints the ladder of `run`, or how each variant fares in `other`, the later run.

    Returns 1 if something is slower in `other`, else 0.
    """
    for name in (base, against):
        if name not in VARIANTS + PEERS:
            raise InputError(f"no variant {name!r}; there are {', '.join(VARIANTS + PEERS)}")
    first = results.load(run)
    if other is None:
        print_ladder(first, base, against)
        return DONE
    return _print_two(first, results.load(other))


def print_ladder(run: results.Run, base: str = "gil", against: str = "object") -> None:
    """Everything that a run says, case by case."""
    _print_heading(run)
    for planned in run.cases():
        for line in case_lines(run, planned, base, against):
            print(line)
    for line in (*beside.lines(run), *beside.program_lines(run), *weights.lines(run)):
        print(line)
    print(_legend())


def print_summary(run: results.Run, base: str = "gil", against: str = "object") -> None:
    """A line per case: `base` to `against`."""
    _print_heading(run)
    print(f"{base} to {against}, speed (above 1: {against} is faster):")
    for planned in run.cases():
        case = planned["case"]
        samples = [sample for sample in run.samples if sample["case"] == case]
        found = statistics.compare_pair(samples, case, base, against, seed=run.meta["seed"])
        if found is not None:
            print(f"  {case:<38} {_ratio(found)}  {words(found)}")
    for line in (*beside.program_lines(run), *weights.lines(run)):
        print(line)


def _print_heading(run: results.Run) -> None:
    meta = run.meta
    commit = (meta["commit"] or "unknown")[:12] + ("+changes" if meta["dirty"] else "")
    print(f"\nrun {meta['id']} ({meta['state']}, profile {meta['profile']}), commit {commit}")
    print(f"machine: {machine_words(meta['machine'])}")
    out = statistics.rejected(run.samples)
    print(f"{len(run.samples)} windows, {out} of them disturbed and left out")
    if run.truncated:
        print("the last line of the samples was cut off and left out")


def machine_words(machine: dict[str, Any]) -> str:
    """The machine in a few words, from whatever of it is known."""
    model = machine.get("cpu_model") or "unknown processor"
    return f"{model}, {machine.get('processing_units', '?')} processing units"


# ---------------------------------------------------------------- a case


def case_lines(
    run: results.Run, planned: dict[str, Any], base: str, against: str
) -> list[str]:
    """The lines of a case: question, a row per variant, a row per step, the noise floor."""
    case, cell = planned["case"], run.cell(planned.get("cell", ""))
    samples = [sample for sample in run.samples if sample["case"] == case]
    lines = ["", f"{case}: {cell.get('question', '')}"]
    lines += _variant_table(run, samples, case, cell.get("unit", ""))
    steps = statistics.ladder(
        samples, case, base=base, against=against, seed=run.meta["seed"]
    )
    lines += [f"  {_pair(step):<32} {_ratio(step)}  {words(step)}" for step in steps]
    return [*lines, f"  {floor_words(samples, case)}"]


def _variant_table(
    run: results.Run, samples: Sequence[Any], case: str, unit: str
) -> list[str]:
    order = {name: place for place, name in enumerate(VARIANTS)}
    present = {(s["variant"], "peer" if s["role"] == "peer" else "main") for s in samples}
    rows = []
    for variant, role in sorted(present, key=lambda key: (order.get(key[0], 99), key[0])):
        row = f"  {variant:<15}{_figures(samples, case, unit, variant, role)}"
        rows.append(row + _counts(run, case, variant))
    return rows


def _figures(samples: Sequence[Any], case: str, unit: str, variant: str, role: str) -> str:
    def of(quantity: Any) -> float:
        found = statistics.absolute(samples, case, variant, quantity, role=role)
        return found.value if found else math.nan

    if math.isnan(of(statistics.throughput)):
        return "    no undisturbed window"
    text = f"{of(statistics.throughput):>14,.0f} ops/s"
    if samples[0]["cell"] in statistics.SERVING_CELLS:
        text = f"{of(statistics.first_worker_rate):>14,.0f} served a second"
    elif samples[0]["cell"] in statistics.LATENCY_CELLS | statistics.PAUSE_CELLS:
        text = ""
    elif "ns" in unit:
        text = f"{of(statistics.ns_per_op):>12,.1f} ns/op"
    if any(sample["latency"] for sample in samples):
        p50, p99 = of(statistics.median_latency) / 1e6, of(statistics.tail_latency) / 1e6
        timed = f"latency p50 {p50:.3f} ms, p99 {p99:.3f} ms"
        text += "   " + (beside.NOTHING_TIMED if math.isnan(p50) else timed)
    elif samples[0]["threads"] > 1:
        text += f"   slowest worker {of(statistics.slowest_share):.0%} of its share"
    return text


def _counts(run: results.Run, case: str, variant: str) -> str:
    """What the account build counted per operation, beside every time."""
    for line in run.accounts:
        if line["case"] == case and line["variant"] == variant and sum(line["ops"]):
            counts = statistics.per_operation(line)
            parts = [f"{counts[key]:.3g} {word}" for key, word in COUNTED if key in counts]
            return f"   per op: {', '.join(parts)}" if parts else ""
    return ""


# ---------------------------------------------------------------- words


def _pair(step: statistics.Estimate) -> str:
    return f"{step.base} -> {step.against}"


def _ratio(found: statistics.Estimate) -> str:
    if math.isnan(found.low):
        return f"{found.ratio:8.3f}  [      ?       ]"
    return f"{found.ratio:8.3f}  [{found.low:6.3f}, {found.high:6.3f}]"


def words(found: statistics.Estimate) -> str:
    """A verdict in words, with the number of processes behind it."""
    change = abs(found.ratio - 1)
    if found.verdict == "equal":
        said = f"equal within {found.floor.threshold:.1%}"
    elif found.verdict == "inconclusive":
        said = f"inconclusive: {_why_not(found)}"
    elif change >= 1 or found.ratio < 0.5:
        times = found.ratio if found.ratio > 1 else 1 / found.ratio
        said = f"{found.verdict}, {format(times, '.3g' if times < 999.5 else ',.0f')} times"
    else:
        said = f"{found.verdict} by {change:.1%}"
    plural = "es" if found.processes != 1 else ""
    return f"{said} ({found.processes} process{plural})"


def _why_not(found: statistics.Estimate) -> str:
    if found.processes < statistics.LEAST_PROCESSES:
        return "too few processes"
    if math.isinf(found.floor.threshold):
        return "the noise is not known"
    if found.low <= 1 <= found.high:
        return "the interval holds 1 and more than noise"
    return f"differences below {found.floor.threshold:.1%} are noise here"


def floor_words(samples: Sequence[Any], case: str) -> str:
    """The noise floor of a case in words."""
    if programs.is_program(case):
        return (
            "noise: each engine in processes of its own, not paired; a difference must exceed "
            "three times what those vary by"
        )
    twins = statistics.compare_twins(samples, case)
    lost = statistics.rejected(samples, case)
    left_out = f"; {lost} of {len(samples)} windows disturbed" if lost else ""
    if twins is None:
        return f"noise floor: not measured{left_out}"
    if math.isnan(twins.floor.variation):
        return f"noise floor: unknown, {twins.processes} process only{left_out}"
    return (
        f"noise floor: {twins.base} against its copy {twins.ratio:.3f}, varies by "
        f"{twins.floor.variation:.2%} over {twins.floor.processes} processes; "
        f"nothing below {twins.floor.threshold:.1%} is called different{left_out}"
    )


def _legend() -> str:
    return (
        "\nA ratio is one of speed: above 1 the second is faster. [ ] is a 95% interval from\n"
        "resampled processes. A difference is claimed if it exceeds the noise floor (three times\n"
        "the variation of a variant against its own copy, at least 1%) and the interval leaves\n"
        "out 1. Where latency is asked for, speed is one over the median latency, or, of\n"
        "collections, over the mean."
    )


# ---------------------------------------------------------------- two runs


def _print_two(first: results.Run, second: results.Run) -> int:
    _print_heading(first)
    _print_heading(second)
    if first.meta["machine"].get("cpu_model") != second.meta["machine"].get("cpu_model"):
        print("warning: two machines; the ratios say more of them than of the runs")
    print("\nsecond run over first, speed (above 1: the second is faster):")
    slower = shared = 0
    there = {planned["case"]: planned for planned in second.cases()}
    for planned in first.cases():
        for variant in planned["variants"] if planned["case"] in there else ():
            found = statistics.compare_runs(
                first.samples, second.samples, planned["case"], variant, seed=first.meta["seed"]
            )
            if found is not None:
                shared += 1
                slower += found.verdict == "slower"
                print(f"  {planned['case']:<38} {variant:<14} {_ratio(found)}  {words(found)}")
    if not shared:
        raise InputError(f"{first.folder} and {second.folder}: no case in common")
    print(f"{slower} of {shared} slower")
    return FAILED if slower else DONE
