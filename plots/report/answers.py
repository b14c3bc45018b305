"""What a run says to the questions it was made for, in sentences.

A sentence is said only if the statistics carry it: a ratio with its verdict, a figure with an
interval over enough processes. What was measured and not decided is named with the reason;
what was not measured has no sentence at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, Iterable

from suite import compare

from .. import crossing, crossing_map
from ..costs import ns_words
from ..data import LEAST_PROCESSES, Absolute, Case, Estimate, RunData, counted, interval, label, statistics
from ..latency import CELL as REPLY, median_words, switch_interval_ns, time_words
from ..speedup import fitting
from .words import ends, rate, ratio, series, times

BASE, AGAINST, MUTEX = "gil", "object", "pthread_mutex"
# Cells whose threads share nothing, with the parameters that say so; the first is the plainest.
PRIVATE = (
    ("count_small", {}), ("count_int", {}), ("list_private", {}), ("dict_private", {}),
    ("sieve", {"sharing": "private"}), ("word_count", {"sharing": "private"}),
    ("trees", {"sharing": "private"}), ("matrix", {"sharing": "private"}),
)  # fmt: skip
CLAIMED = ("faster", "slower")


@dataclass(frozen=True)
class Answer:
    """What the run says to a question, and what it leaves open; both empty if not measured."""

    question: str
    said: tuple[str, ...] = ()
    open: tuple[str, ...] = ()

    @property
    def measured(self) -> bool:
        return bool(self.said or self.open)


def sure(estimate: Estimate) -> bool:
    """Whether the statistics claim something: a difference, or that there is none."""
    return estimate.verdict != "inconclusive"


def doubt(name: str, estimate: Estimate) -> str:
    """'own dict: inconclusive: too few processes (2 processes)'."""
    return f"{name}: {compare.words(estimate)}"


# ---------------------------------------------------------------- what the lock costs


def private_work(run: RunData) -> Answer:
    """Threads that share nothing: what they do together over what one does."""
    question = "What does the GIL cost?"
    pairs = [(case, pair) for case in _several(run) if (pair := run.pair(case, BASE, AGAINST))]
    claimed = [(case, pair) for case, pair in pairs if sure(pair)]
    said = []
    if claimed:
        said.append(_first_private(run, *claimed[0]))
        others = [f"{_outcome(pair)} on {name_of(case)}" for case, pair in claimed[1:]]
        said += [f"Side by side over other work that shares nothing: {series(others)}."] if others else []
    unsure = [doubt(f"{name_of(c)} on {counted(c.threads, 'thread')}", p) for c, p in pairs if not sure(p)]
    return Answer(question, tuple(said), tuple(unsure))


def _several(run: RunData) -> list[Case]:
    """Each private cell on the most threads that have a CPU each."""
    chosen = [fitting(run, run.of_cell(cell, **params)) for cell, params in PRIVATE]
    return [max(cases, key=lambda c: c.threads) for cases in chosen if cases]


def _first_private(run: RunData, case: Case, pair: Estimate) -> str:
    """What several threads do over one in both disciplines, and beside each other."""
    head = f"{counted(case.threads, 'thread')} that share nothing ({name_of(case)})"
    one = run.find(case.cell, 1, **dict(case.params))
    scaled = [run.scaling(one, case, v) if one else None for v in (BASE, AGAINST)]
    if all(s and s.processes >= LEAST_PROCESSES for s in scaled):
        own = [times(s.value) + ends(s.value, s.low, s.high) for s in scaled if s]
        head += f" do {own[0]} the work of one thread under the GIL, {own[1]} under per-object locks"
        return f"{head}; side by side, {_work(pair)}."
    return f"With {head}, {_work(pair)}."


def _work(pair: Estimate) -> str:
    if pair.verdict == "equal":
        return f"{pair.against} and {pair.base} do the same work (equal within {pair.floor.threshold:.1%})"
    return f"{pair.against} does {ratio(pair)} the work of {pair.base}"


def _outcome(pair: Estimate) -> str:
    return f"equal within {pair.floor.threshold:.1%}" if pair.verdict == "equal" else ratio(pair)


def name_of(case: Case) -> str:
    """A case's work in words, its thread count left out: 'sieve, private'."""
    return ", ".join([label(case.cell), *(str(value) for _, value in case.params)])


# ---------------------------------------------------------------- what removing it costs


def one_thread(run: RunData) -> Answer:
    """One thread, which needs no locks: the speed of object over gil."""
    found = [run.find(cell, 1, **params) for cell, params in PRIVATE]
    pairs = [(case, pair) for case in found if case and (pair := run.pair(case, BASE, AGAINST))]
    changed = sorted((pair.ratio, f"{ratio(pair)} ({name_of(case)})") for case, pair in pairs if pair.verdict in CLAIMED)
    same = [f"{name_of(case)} (within {pair.floor.threshold:.1%})" for case, pair in pairs if pair.verdict == "equal"]
    said = []
    if changed:
        span = " to ".join(dict.fromkeys((changed[0][1], changed[-1][1])))
        said.append(f"On one thread, where the lock stands in nobody's way, {AGAINST} runs at {span} the speed of {BASE}.")
        said += [f"Between the two lie {series([words for _, words in changed[1:-1]])}."] if changed[2:] else []
    if same:
        said.append(f"No difference on one thread: {series(same)}.")
    unsure = [doubt(f"{name_of(case)} on one thread", pair) for case, pair in pairs if not sure(pair)]
    return Answer("What does removing it cost?", tuple(said), tuple(unsure))


def section_cost(run: RunData) -> Answer:
    """A critical section on one's own object, beside the system's mutex."""
    question = "What does a lock cost that nobody else wants?"
    case = run.find("lock_private", 1)
    cost = run.absolute(case, AGAINST, statistics.ns_per_op) if case else None
    if case is None or cost is None:
        return Answer(question)
    if cost.processes < LEAST_PROCESSES:
        return Answer(question, open=(f"{label(case.cell)}: {_few(cost)}",))
    text = f"A critical section on one's own object takes {ns_words(cost)} in {AGAINST}"
    beside = run.pair(case, MUTEX, AGAINST)
    mutex = run.absolute(case, MUTEX, statistics.ns_per_op)
    if beside and mutex and sure(beside):
        text += f"; with a {MUTEX} in its place, {ns_words(mutex)}"
        text += f", the same within {beside.floor.threshold:.1%}" if beside.verdict == "equal" else ""
        return Answer(question, (f"{text}.",))
    return Answer(question, (f"{text}.",), (doubt(f"{MUTEX} beside it", beside),) if beside else ())


def _few(known: Absolute) -> str:
    return f"only {counted(known.processes, 'process')}, too few to say"


# ---------------------------------------------------------------- where the lines cross


def crossing_point(run: RunData) -> Answer:
    """The share of operations on one shared container at which the GIL begins to win."""
    answers = [_one_crossing(cell, points) for cell in crossing.CELLS if (points := crossing.ratios(run, cell))]
    said, unsure = ([text for pick in answers for text in pick[place]] for place in (0, 1))
    return Answer("Where do the lines cross?", tuple(said), tuple(unsure))


def _one_crossing(cell: str, points: list[tuple[Case, Estimate]]) -> tuple[list[str], list[str]]:
    """What is said and what is left open of one container."""
    threads, name = counted(points[0][0].threads, "thread"), label(cell)
    unsure = [doubt(f"{_share(case)} shared {name} on {threads}", pair) for case, pair in points if not sure(pair)]
    claimed = [(case, pair) for case, pair in points if sure(pair)]
    at = crossing.crossing(points)
    ends = [f"at {_share(case)} {_work(pair)}" for case, pair in dict.fromkeys((claimed[0], claimed[-1]))] if claimed else []
    if at:
        form = "{:.0f}" if at.share >= 9.95 else "{:.1f}"
        share = f"{form.format(at.share)}%{interval(*sorted((at.low, at.high)), form)}"
        return [f"When {threads} share a {name}, the lines cross where about {share} of the operations go to it: {series(ends)}."], unsure
    leaders = {pair.verdict for _, pair in points}
    if leaders in ({"faster"}, {"slower"}):
        return [f"When {threads} share a {name}, no crossing was found in the measured range: {series(ends)}."], unsure
    said = [f"When {threads} share a {name}, {series(ends)}."] if ends else []
    return said, [*unsure, f"where the lines cross for a shared {name}"]


def _share(case: Case) -> str:
    return f"{crossing.share_of(case):.0f}%"


def crossing_grid(run: RunData) -> Answer:
    """The crossing map: how often each discipline wins."""
    said, unsure = [], []
    for threads, grid in crossing_map.grids_of(run).items():
        verdicts = [pair.verdict for _, pair in grid.values()]
        won, lost, even, rest = (verdicts.count(v) for v in ("faster", "slower", "equal", "inconclusive"))
        mixes = f"mixes of share and section length on {counted(threads, 'thread')}"
        if won + lost + even:
            by = f"; by length of section, {crossing_map.by_section(grid)}" if crossing_map.crosses(grid) else ""
            claims = [f"faster in {won}", f"slower in {lost}"] + ([f"equal in {even}"] if even else [])
            said.append(f"Of {len(verdicts)} {mixes}, {AGAINST} is {series(claims)}{by}.")
        if rest:
            unsure.append(f"{rest} of {len(verdicts)} {mixes}: inconclusive")
    return Answer("Does the length of critical sections matter?", tuple(said), tuple(unsure))


# ---------------------------------------------------------------- how long one waits


def reply(run: RunData) -> Answer:
    """Replies beside the fewest threads that compute: median and 99th percentile."""
    question = "How long does a reply wait beside threads that compute?"
    case = next(iter(run.of_cell(REPLY)), None)
    pair = run.pair(case, BASE, AGAINST) if case else None
    if case is None or pair is None:
        return Answer(question)
    beside = counted(case.threads - 1, "thread")
    if not sure(pair):
        return Answer(question, open=(doubt(f"replies beside {beside}", pair),))
    if pair.verdict == "equal":
        return Answer(question, (f"Beside {beside} that computes the median reply takes the same time in both (within {pair.floor.threshold:.1%}).",))
    tick = f"{switch_interval_ns(run) / 1e6:g} ms"
    parts = [f"{words} under {v}" for v in (BASE, AGAINST) if (words := _median(run, case, v))]
    tails = [f"{time_words(tail.value)} under {v}" for v in (BASE, AGAINST)
             if (tail := run.absolute(case, v, statistics.tail_latency))]  # fmt: skip
    text = f"Beside {beside} that {'computes' if case.threads == 2 else 'compute'}, the median reply takes {series(parts)}"
    return Answer(question, (f"{text}; the switch interval is {tick}.", f"The 99th percentile of replies is {series(tails)}."))


def wake_up(run: RunData) -> Answer:
    """How late a sleeper goes on beside a spinner, by switch interval."""
    said, unsure = [], []
    for case in (c for c in run.of_cell("reacquire") if c.threads == 2):
        known = {v: words for v in (BASE, AGAINST) if (words := _median(run, case, v))}
        tick = time_words(1e3 * float(dict(case.params)["interval"]))
        if known:
            said.append(f"at a switch interval of {tick}, {series([f'{words} under {v}' for v, words in known.items()])}")
        else:
            unsure.append(f"waking up beside a spinner at {tick}: too few processes")
    text = (f"A thread whose sleep of 1 ms is over goes on so much later beside one that computes, in the median: {'; '.join(said)}.",)
    return Answer("How late does a thread wake up?", text if said else (), tuple(unsure))


def _median(run: RunData, case: Case, variant: str) -> str:
    """A variant's median latency with its interval; empty if too few processes carry it."""
    known = run.absolute(case, variant, statistics.median_latency)
    return median_words(known) if known and known.processes >= LEAST_PROCESSES else ""


def long_calls(run: RunData) -> Answer:
    """How late a sleeper goes on beside calls that never poll, by their length."""
    said, unsure = [], []
    for case in run.of_cell("long_calls"):
        known = {v: words for v in (BASE, AGAINST) if (words := _median(run, case, v))}
        length = time_words(1e3 * float(dict(case.params)["call"]))
        if known:
            said.append(f"beside calls of {length}, {series([f'{words} under {v}' for v, words in known.items()])}")
        else:
            unsure.append(f"waking up beside calls of {length}: too few processes")
    text = (f"A thread whose sleep is over goes on so much later, in the median: {'; '.join(said)}.",)
    return Answer("What do calls that never ask for the lock cost others?", text if said else (), tuple(unsure))


def convoy(run: RunData) -> Answer:
    """Echoes alone and beside a spinner, at the widest switch interval that was measured."""
    cases = {(c.threads, dict(c.params).get("interval")): c for c in run.of_cell("convoy_echo")}
    interval_us = max((tick for threads, tick in cases if threads == 2 and (1, tick) in cases), default=None)
    question = "What becomes of IO beside a thread that computes?"
    if interval_us is None:
        return Answer(question)
    rates = {
        v: [run.absolute(cases[n, interval_us], v, statistics.first_worker_rate) for n in (1, 2)]
        for v in (BASE, AGAINST)
    }
    known = {v: pair for v, pair in rates.items() if all(a and a.processes >= LEAST_PROCESSES for a in pair)}
    if not known:
        return Answer(question, open=("echoes beside a spinner: too few processes",))
    parts = [f"from {rate(pair[0])} to {rate(pair[1])} under {v}" for v, pair in known.items()]
    tick = time_words(1e3 * float(interval_us))
    return Answer(question, (f"Echoes over a socket, per second, alone and then beside one thread that computes: {series(parts)} (switch interval {tick}).",))


def lost_updates(run: RunData) -> Answer:
    """Increments of one attribute without a lock: what share is lost, by where is polled."""
    forms = {"edge": "`x.v += 1` (polled at the back edge)", "call": "`x.v = f(x.v)` (polled after the call)"}
    said, unsure = [], []
    for case in run.of_cell("lost_update"):
        form = forms.get(str(dict(case.params).get("poll")), name_of(case))
        known = [(v, a) for v in run.variants(case, peers=True) if (a := run.absolute(case, v, statistics.lost_share))]
        parts = [f"{_lost(a)} under {v}" for v, a in known if a.processes >= LEAST_PROCESSES]
        if parts:
            said.append(f"Of increments as {form} by {counted(case.threads, 'thread')}, {series(parts)} are lost.")
        elif known:
            unsure.append(f"lost increments as {form}: {_few(known[0][1])}")
    return Answer("Are increments lost without a lock?", tuple(said), tuple(unsure))


def _lost(share: Absolute) -> str:
    """'21.6% [19.1, 31.2]', or 'none'."""
    return f"{share.value:.1%}{interval(100 * share.low, 100 * share.high, '{:.1f}')}" if share.high > 0 else "none"


QUESTIONS: tuple[Callable[[RunData], Answer], ...] = (
    private_work, one_thread, crossing_point, reply, section_cost, crossing_grid, wake_up, long_calls, convoy, lost_updates,
)  # fmt: skip
LEAD = 4  # the first sentences of so many of them make the first paragraph


def answers(run: RunData, more: Iterable[Callable[[RunData], Answer]] = ()) -> list[Answer]:
    """Every question's answer, in order, then those of `more`."""
    return [ask(run) for ask in (*QUESTIONS, *more)]
