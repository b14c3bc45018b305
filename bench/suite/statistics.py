"""Ratios, intervals, noise floors and verdicts. Nothing else in the project computes them.

The method (bench/README.md argues for it): windows of the variants of a case are measured in
palindromes (A B B A) within one process, so that what drifts, drifts for both. A block gives
one log-ratio per pair of variants; a process gives the median over its blocks; the processes
are the replicates. The estimate is the median over processes and the interval a bootstrap
over processes. One variant runs twice in every block, as itself and as a copy: what that A/A
pair shows is the noise floor, and nothing below three times that (or 1%) is called different.

A ratio is a ratio of speed: above 1, `against` is faster than `base`. For cells whose quantity
is a latency or a pause it is the ratio of those, inverted, so that above 1 is still faster.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any, Callable, Iterable, Sequence

import numpy as np
from scipy import stats

from .programs import is_program

Sample = dict[str, Any]
Key = tuple[str, str]  # variant and role

CONFIDENCE = 0.95
LEAST_DIFFERENCE = 0.01  # no difference below this is ever claimed
FLOORS = 3.0  # nor below so many times the variation of A/A pairs
LEAST_PROCESSES = 3  # with fewer, nothing is claimed
WIDEST_EQUAL = 0.05  # where the noise hides more than this, "equal" would say too much
LEAST_BEYOND = 3  # values that a percentile must have beyond it
MAD_TO_SD = 1.4826  # of a normal distribution
RESAMPLES = 2000
TIMES = ("running", "waiting", "switching", "blocked")  # the states that accounts divide time into
LADDER = ("unlocked", "gil", "gil-biased", "object", "object-atomic")
# Compared by the median latency, by the mean of a few long pauses (a percentile is only right to
# 6%), by the operations of worker 0, all others by those of all.
LATENCY_CELLS = frozenset({"mixed_reply", "reacquire", "long_calls", "safepoint"})
PAUSE_CELLS = frozenset({"gc_live", "gc_garbage", "gc_young"})
SERVING_CELLS = frozenset({"convoy_echo"})


@dataclass(frozen=True)
class Floor:
    """The noise of a case: variation of its A/A pair's log-ratios across processes."""

    variation: float  # standard deviation of log-ratios, about a relative one; nan if unknown
    processes: int
    ratio: float  # the A/A ratio itself, which should be about 1

    @property
    def threshold(self) -> float:
        """Least relative difference that may be claimed; infinite if the noise is unknown."""
        if math.isnan(self.variation):
            return math.inf
        return max(FLOORS * self.variation, LEAST_DIFFERENCE)


@dataclass(frozen=True)
class Estimate:
    """A pair of variants on one case. `low` and `high` are nan with fewer than 2 processes."""

    case: str
    base: str
    against: str
    ratio: float
    low: float
    high: float
    processes: int
    blocks: int
    floor: Floor
    verdict: str  # faster, slower, equal, inconclusive: of `against` relative to `base`


@dataclass(frozen=True)
class Absolute:
    """A figure of one variant on one case: median over processes of medians over windows."""

    case: str
    variant: str
    value: float
    low: float
    high: float
    processes: int


# ---------------------------------------------------------------- quantities of a window


def throughput(sample: Sample) -> float:
    """Operations per second of a window, all workers together."""
    return sum(ops / (wall * 1e-9) for ops, wall in zip(sample["ops"], sample["wall_ns"]) if wall)


def ns_per_op(sample: Sample) -> float:
    """Nanoseconds of a worker's time per operation; infinite if nothing was done."""
    rate = throughput(sample)
    return len(sample["ops"]) * 1e9 / rate if rate else math.inf


def median_latency(sample: Sample) -> float:
    """Median latency in ns; nan if the window has none."""
    latency = sample["latency"]
    return float(latency["p50"]) if latency and latency["count"] else math.nan


def tail_latency(sample: Sample) -> float:
    """99th percentile of latency in ns; nan if the window has none."""
    latency = sample["latency"]
    return float(latency["p99"]) if latency and latency["count"] else math.nan


def mean_latency(sample: Sample) -> float:
    """Mean latency in ns; nan if the window has none."""
    latency = sample["latency"]
    return float(latency.get("mean", math.nan)) if latency and latency["count"] else math.nan


def pause_per_object(sample: Sample) -> float:
    """Mean length of a collection over the containers of the case, in ns; nan without one."""
    objects = sample["params"].get("objects", 0)
    return mean_latency(sample) / objects if objects else math.nan


def slowest_share(sample: Sample) -> float:
    """Operations of the slowest worker as a share of an even split: 1 is fair, 0 starved."""
    total = sum(sample["ops"])
    return min(sample["ops"]) * len(sample["ops"]) / total if total else math.nan


def jain_index(sample: Sample, first: int = 0) -> float:
    """Jain's fairness index of the operations of the workers from `first` on: 1 is fair, 1/n one
    worker only, nan if they did nothing.
    """
    ops = sample["ops"][first:]
    squares = sum(n * n for n in ops)
    return sum(ops) ** 2 / (len(ops) * squares) if squares else math.nan


def first_worker_rate(sample: Sample) -> float:
    """Operations per second of worker 0, the one that is beside the others; nan without time."""
    wall = sample["wall_ns"][0]
    return sample["ops"][0] / (wall * 1e-9) if wall else math.nan


def lost_share(sample: Sample) -> float:
    """The share of a window's operations whose effect is missing in the end; nan if unknown."""
    total = sum(sample["ops"])
    return sample["lost"] / total if total and "lost" in sample else math.nan


def speed(sample: Sample) -> float:
    """The quantity that is compared, larger is better: a rate, or 1 / median latency."""
    if sample["cell"] in SERVING_CELLS:
        return first_worker_rate(sample)
    if sample["cell"] in LATENCY_CELLS | PAUSE_CELLS:
        latency = (mean_latency if sample["cell"] in PAUSE_CELLS else median_latency)(sample)
        return 1e9 / latency if latency > 0 else math.nan
    return throughput(sample)


# ---------------------------------------------------------------- quantities of a process's memory


def peak_growth(line: Sample) -> float:
    """Bytes that the process had more of at most than before the work."""
    return float(line["resident"]["peak"] - line["resident"]["start"])


def left_over(line: Sample) -> float:
    """Bytes that the process had more of than before the work when all was dropped."""
    return float(line["resident"]["end"] - line["resident"]["start"])


def bytes_per_object(line: Sample) -> float:
    """The growth over the operations, each of which made an object; nan without any."""
    made = sum(line["ops"])
    return peak_growth(line) / made if made else math.nan


# ---------------------------------------------------------------- accounts and histograms


def time_shares(line: Sample, workers: Sequence[int]) -> dict[str, float]:
    """How the time of these workers of an account line divides: a share for each of TIMES."""
    sums = {t: sum(line["account_threads"][w][f"time_{t}_ns"] for w in workers) for t in TIMES}
    whole = sum(sums.values())
    return {state: (ns / whole if whole else math.nan) for state, ns in sums.items()}


def account_rate(line: Sample, counter: str) -> float:
    """How often a second a counter of an account line was raised, all threads together."""
    wall = max(line["wall_ns"], default=0)
    return line["account"][counter] / (wall * 1e-9) if wall else math.nan


def per_operation(line: Sample) -> dict[str, float]:
    """The counters of an account line over its operations; empty if there were none."""
    operations = sum(line["ops"])
    return {name: count / operations for name, count in line["account"].items()} if operations else {}


def merged(histograms: Iterable[dict[str, Any]]) -> list[tuple[int, int]]:
    """Histograms as one: (upper end of the bucket in ns, count), ascending, empty ones left out."""
    counts: Counter[int] = Counter()
    for histogram in histograms:
        for upper, count in histogram.get("buckets", ()):
            counts[upper] += count
    return sorted((upper, count) for upper, count in counts.items() if count)


def percentile(buckets: Sequence[tuple[int, int]], share: float) -> float:
    """The upper end of the bucket below which (and in which) `share` of the values lie; nan if
    fewer than LEAST_BEYOND values lie beyond the share: that is a maximum by another name.
    """
    total = sum(count for _, count in buckets)
    if round(total * (1 - share), 6) < LEAST_BEYOND:
        return math.nan
    reached = 0
    for upper, count in buckets:
        reached += count
        if reached >= share * total:
            return float(upper)
    return math.nan


# ---------------------------------------------------------------- pairs


def usable(samples: Iterable[Sample], case: str) -> list[Sample]:
    """The accepted timed windows of a case."""
    return [s for s in samples if s["case"] == case and s["accepted"] and s["build"] == "timed"]


def rejected(samples: Iterable[Sample], case: str | None = None) -> int:
    """Number of windows that were marked as disturbed, of one case or of all."""
    return sum(1 for s in samples if not s["accepted"] and case in (None, s["case"]))


def log_ratios(samples: Iterable[Sample], case: str, base: Key, against: Key) -> dict[int, list[float]]:
    """Log of speed of `against` over `base`, a list of blocks for each process.

    A block counts only if both of its mirrored windows of both were accepted: half a
    palindrome does not cancel drift.
    """
    windows: dict[tuple[int, int], dict[Key, list[float]]] = defaultdict(lambda: defaultdict(list))
    for sample in usable(samples, case):
        key = (sample["variant"], sample["role"])
        if key in (base, against):
            value = speed(sample)
            if value > 0 and math.isfinite(value):
                block = (sample["process"], sample["block"])
                windows[block][key].append(math.log(value))
    ratios: dict[int, list[float]] = defaultdict(list)
    for (process, _), block in sorted(windows.items()):
        if len(block[base]) == 2 and len(block[against]) == 2:
            ratios[process].append(float(np.mean(block[against]) - np.mean(block[base])))
    return dict(ratios)


def process_medians(ratios: dict[int, list[float]]) -> np.ndarray:
    """One number per process: the median over its blocks."""
    return np.array([np.median(blocks) for _, blocks in sorted(ratios.items())])


def variation(values: np.ndarray) -> float:
    """Standard deviation, but at least what the median absolute deviation says; nan below 2."""
    if len(values) < 2:
        return math.nan
    robust = MAD_TO_SD * float(stats.median_abs_deviation(values))
    return max(float(np.std(values, ddof=1)), robust)


def bootstrap_median(values: np.ndarray, seed: int) -> tuple[float, float]:
    """95% interval of the median by resampling `values`; nan below 2 values."""
    if len(values) < 2:
        return math.nan, math.nan
    if np.ptp(values) == 0:
        return float(values[0]), float(values[0])
    result = stats.bootstrap(
        (values,), np.median, n_resamples=RESAMPLES, confidence_level=CONFIDENCE,
        method="percentile", vectorized=True, random_state=np.random.default_rng(seed),
    )  # fmt: skip
    return float(result.confidence_interval.low), float(result.confidence_interval.high)


def copied_variant(samples: Iterable[Sample], case: str) -> str | None:
    """The variant that ran twice in the blocks of a case, or None."""
    return next((s["variant"] for s in samples if s["case"] == case and s["role"] == "copy"), None)


def floor(samples: Sequence[Sample], case: str) -> Floor:
    """The noise floor of a case, from its A/A pair. Unknown (nan) below 2 processes."""
    twin = copied_variant(samples, case)
    if twin is None:
        return Floor(math.nan, 0, math.nan)
    values = process_medians(log_ratios(samples, case, (twin, "main"), (twin, "copy")))
    ratio = math.exp(float(np.median(values))) if len(values) else math.nan
    return Floor(variation(values), len(values), ratio)


def verdict(ratio: float, low: float, high: float, processes: int, threshold: float) -> str:
    """What may be said of a ratio with its interval, given the least claimable difference."""
    if processes < LEAST_PROCESSES or not all(map(math.isfinite, (ratio, low, high, threshold))):
        return "inconclusive"
    if abs(ratio - 1) > threshold and (low > 1 or high < 1):
        return "faster" if ratio > 1 else "slower"
    if threshold <= WIDEST_EQUAL and low >= 1 - threshold and high <= 1 + threshold:
        return "equal"
    return "inconclusive"


def _role(samples: Iterable[Sample], case: str, variant: str) -> str:
    peer = any(s["variant"] == variant and s["role"] == "peer" for s in samples if s["case"] == case)
    return "peer" if peer else "main"


def compare_pair(
    samples: Sequence[Sample], case: str, base: str, against: str, *, seed: int = 0
) -> Estimate | None:
    """The ratio of speeds of two variants (or peers) on a case; None without a common block.

    A program's processes are of one engine each: there the ratio is unpaired.
    """
    if any(is_program(s["cell"]) for s in samples if s["case"] == case):
        return compare_processes(samples, case, base, against, seed=seed)
    key_base = (base, _role(samples, case, base))
    key_against = (against, _role(samples, case, against))
    ratios = log_ratios(samples, case, key_base, key_against)
    return _estimate(ratios, case, base, against, floor(samples, case), seed)


def compare_twins(samples: Sequence[Sample], case: str, *, seed: int = 0) -> Estimate | None:
    """The A/A pair of a case, judged like any other pair: it should not be called different."""
    twin = copied_variant(samples, case)
    if twin is None:
        return None
    ratios = log_ratios(samples, case, (twin, "main"), (twin, "copy"))
    return _estimate(ratios, case, twin, twin, floor(samples, case), seed)


def _estimate(
    ratios: dict[int, list[float]], case: str, base: str, against: str, noise: Floor, seed: int
) -> Estimate | None:
    if not ratios:
        return None
    values = process_medians(ratios)
    low, high = (math.exp(end) for end in bootstrap_median(values, seed))
    ratio = math.exp(float(np.median(values)))
    said = verdict(ratio, low, high, len(values), noise.threshold)
    blocks = sum(len(blocks) for blocks in ratios.values())
    return Estimate(case, base, against, ratio, low, high, len(values), blocks, noise, said)


def ladder(
    samples: Sequence[Sample], case: str, *, base: str = "gil", against: str = "object", seed: int = 0
) -> list[Estimate]:
    """The steps between neighbouring variants of a case, then `base` to `against`, then peers."""
    here = [s for s in samples if s["case"] == case]
    present = [v for v in LADDER if any(s["variant"] == v and s["role"] == "main" for s in here)]
    pairs = list(zip(present, present[1:]))
    if base in present and against in present and (base, against) not in pairs:
        pairs.append((base, against))
    peers = sorted({s["variant"] for s in here if s["role"] == "peer"})
    pairs += [(peer, against) for peer in peers if against in present]
    estimates = (compare_pair(here, case, *pair, seed=seed) for pair in pairs)
    return [estimate for estimate in estimates if estimate is not None]


# ---------------------------------------------------------------- absolute figures


def absolute(
    samples: Iterable[Sample], case: str, variant: str,
    quantity: Callable[[Sample], float] = throughput, *, role: str = "main", seed: int = 0,
) -> Absolute | None:  # fmt: skip
    """A quantity of a window (throughput, ns_per_op, median_latency, slowest_share, ...) of one
    variant: the median of medians over processes, with a bootstrap interval; None without data.
    """
    by_process: dict[int, list[float]] = defaultdict(list)
    for sample in usable(samples, case):
        if sample["variant"] == variant and sample["role"] == role:
            value = quantity(sample)
            if math.isfinite(value):
                by_process[sample["process"]].append(value)
    if not by_process:
        return None
    values = process_medians(by_process)
    low, high = bootstrap_median(values, seed)
    return Absolute(case, variant, float(np.median(values)), low, high, len(values))


def scaling(
    samples: Iterable[Sample], case_one: str, case_many: str, variant: str, *, seed: int = 0
) -> Absolute | None:
    """Throughput of a variant in `case_many` over that in `case_one` (the same cell on fewer
    threads). The two were not paired: the interval resamples both sets of processes.
    """
    return growth(samples, case_one, case_many, variant, throughput, seed=seed)


def growth(
    samples: Iterable[Sample], case_one: str, case_many: str, variant: str,
    quantity: Callable[[Sample], float], *, seed: int = 0,
) -> Absolute | None:  # fmt: skip
    """A quantity of a variant in one case over that in another, not paired."""
    lines = list(samples)
    one = _process_speeds(lines, case_one, variant, quantity)
    many = _process_speeds(lines, case_many, variant, quantity)
    return _ratio_of(case_many, variant, one, many, seed)


def beside(
    samples: Iterable[Sample], case: str, peer: str, variant: str,
    quantity: Callable[[Sample], float] = speed, *, seed: int = 0,
) -> Absolute | None:  # fmt: skip
    """A quantity of a variant over that of a peer whose windows are processes of their own (a
    CPython). They were not paired: the interval resamples both sets of processes. None without
    data, or where the quantity is 0.
    """
    here = [sample for sample in samples if sample["case"] == case]
    theirs = _process_speeds(here, case, peer, quantity)
    ours = _process_speeds(here, case, variant, quantity)
    return _ratio_of(case, variant, theirs, ours, seed)


def _ratio_of(
    case: str, variant: str, one: np.ndarray, two: np.ndarray, seed: int
) -> Absolute | None:
    if not len(one) or not len(two):
        return None
    ratio, low, high = _unpaired(one, two, seed)
    return Absolute(case, variant, ratio, low, high, min(len(one), len(two)))


def compare_runs(
    before: Sequence[Sample], after: Sequence[Sample], case: str, variant: str, *, seed: int = 0
) -> Estimate | None:
    """One variant on a case in two runs: `ratio` above 1 means the second is faster.

    Runs are not paired, so the floor is the variation across processes of either run (an
    A/A pair within a process would be too kind), but at least that of the A/A pairs.
    """
    one = _process_speeds(before, case, variant, speed)
    two = _process_speeds(after, case, variant, speed)
    pairs = [floor(before, case).variation, floor(after, case).variation]
    return _unpaired_estimate((one, two), case, (variant, variant), pairs, seed)


def compare_processes(
    samples: Sequence[Sample], case: str, base: str, against: str, *, seed: int = 0
) -> Estimate | None:
    """Two engines on a program: the floor is the variation across processes of either."""
    here = [sample for sample in samples if sample["case"] == case]
    speeds = [_process_speeds(here, case, engine, speed) for engine in (base, against)]
    return _unpaired_estimate((speeds[0], speeds[1]), case, (base, against), [], seed)


def _unpaired_estimate(
    speeds: tuple[np.ndarray, np.ndarray], case: str, names: tuple[str, str],
    floors: list[float], seed: int,
) -> Estimate | None:  # fmt: skip
    """The ratio of the second speeds over the first, judged by how both vary and by `floors`."""
    one, two = speeds
    if not len(one) or not len(two):
        return None
    ratio, low, high = _unpaired(one, two, seed)
    processes = min(len(one), len(two))
    known = [value for value in (variation(one), variation(two), *floors) if not math.isnan(value)]
    noise = Floor(max(known) if known else math.nan, processes, math.nan)
    said = verdict(ratio, low, high, processes, noise.threshold)
    return Estimate(case, *names, ratio, low, high, processes, 0, noise, said)


def _process_speeds(
    samples: Iterable[Sample], case: str, variant: str, quantity: Callable[[Sample], float]
) -> np.ndarray:
    """Log of a quantity, one value (the median over windows) per process."""
    by_process: dict[int, list[float]] = defaultdict(list)
    for sample in usable(samples, case):
        if sample["variant"] == variant and sample["role"] != "copy":
            value = quantity(sample)
            if value > 0 and math.isfinite(value):
                by_process[sample["process"]].append(math.log(value))
    return process_medians(by_process)


def _unpaired(one: np.ndarray, two: np.ndarray, seed: int) -> tuple[float, float, float]:
    """Ratio of medians of `two` over `one` (given as logs) with a 95% interval."""
    difference = float(np.median(two) - np.median(one))
    if min(len(one), len(two)) < 2:
        return math.exp(difference), math.nan, math.nan
    random = np.random.default_rng(seed)
    resampled = np.median(random.choice(two, (RESAMPLES, len(two))), axis=1) - np.median(
        random.choice(one, (RESAMPLES, len(one))), axis=1
    )
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(resampled, (tail, 1 - tail))
    return math.exp(difference), math.exp(low), math.exp(high)


# ---------------------------------------------------------------- several cases, memory


def geometric_mean(
    samples: Sequence[Sample], cases: Sequence[str], base: str, against: str, *, seed: int = 0
) -> Absolute | None:
    """The geometric mean over cases of the ratio of speeds, each case's processes resampled by
    themselves; None if a case has no block with both."""
    here = {case: [s for s in samples if s["case"] == case] for case in cases}
    values = []
    for case, lines in here.items():
        keys = [(variant, _role(lines, case, variant)) for variant in (base, against)]
        values.append((process_medians(log_ratios(lines, case, *keys)),))
    return _geometric(values, against, seed)


def geometric_mean_apart(
    samples: Sequence[Sample], cases: Sequence[str], base: str, against: str,
    *, one: Sequence[str] | None = None, seed: int = 0,
) -> Absolute | None:  # fmt: skip
    """The same of programs, whose engines ran in processes of their own. With `one`, the speed of
    `base` is that in the cases of that list instead, place by place."""
    values = []
    for case, beside in zip(cases, one or cases):
        ours = _process_speeds([s for s in samples if s["case"] == case], case, against, speed)
        theirs = _process_speeds([s for s in samples if s["case"] == beside], beside, base, speed)
        values.append((ours, -theirs))
    return _geometric(values, against, seed)


def _geometric(values: list[tuple[np.ndarray, ...]], name: str, seed: int) -> Absolute | None:
    """The mean over cases of the sum of medians of logs, each array of processes resampled by
    itself; None if one is empty."""
    if not values or not all(len(logs) for case in values for logs in case):
        return None
    least = min(len(logs) for case in values for logs in case)
    middle = float(np.mean([sum(np.median(logs) for logs in case) for case in values]))
    if least < 2:
        return Absolute("", name, math.exp(middle), math.nan, math.nan, least)
    random = np.random.default_rng(seed)
    resampled = np.mean([
        sum(np.median(random.choice(logs, (RESAMPLES, len(logs))), axis=1) for logs in case)
        for case in values
    ], axis=0)  # fmt: skip
    low, high = np.quantile(resampled, ((1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2))
    return Absolute("", name, math.exp(middle), math.exp(low), math.exp(high), least)


def weighed(
    lines: Iterable[Sample], case: str, variant: str, quantity: Callable[[Sample], float],
    *, seed: int = 0,
) -> Absolute | None:  # fmt: skip
    """A quantity of the memory of a side (a variant or a peer) on a case: the median over its
    processes, with a bootstrap interval; None without data."""
    mine = [line for line in lines if (line["case"], line["variant"]) == (case, variant)]
    values = np.array([value for line in mine if math.isfinite(value := quantity(line))])
    if not len(values):
        return None
    low, high = bootstrap_median(values, seed)
    return Absolute(case, variant, float(np.median(values)), low, high, len(values))


def weighed_ratio(
    lines: Sequence[Sample], case: str, base: str, against: str,
    quantity: Callable[[Sample], float] = peak_growth, *, seed: int = 0,
) -> Absolute | None:  # fmt: skip
    """The memory of one side over that of another, not paired; None without data."""
    found = []
    for variant in (base, against):
        mine = [line for line in lines if (line["case"], line["variant"]) == (case, variant)]
        found.append(np.array([math.log(v) for line in mine if (v := quantity(line)) > 0]))
    return _ratio_of(case, against, found[0], found[1], seed)
