"""What a run says of the programs: whether engines agree, what they cost, what threads gain."""

from __future__ import annotations

from suite import programs

from .. import program_cpython, program_ladder, program_rows, program_speedup
from ..data import Case, RunData, counted
from .answers import AGAINST, BASE, CLAIMED, Answer, doubt
from .words import ends, ratio, series, times


def agree(run: RunData) -> Answer:
    """Whether every engine printed the same checksum, program by program."""
    question = "Do programs do the same everywhere?"
    printed = programs.checksums(run.run.samples)
    if not printed:
        return Answer(question)
    wrong = programs.disagreements(run.run.samples)
    engines = {s["variant"] for s in run.run.samples if "checksum" in s}
    if not wrong:
        text = f"All {counted(len(printed), 'program')} that ran printed one checksum each"
        return Answer(question, (f"{text} on all of {counted(len(engines), 'engine')}, on every number of threads.",))
    return Answer(question, (f"No: {len(wrong)} of {counted(len(printed), 'program')} did not.", *(f"{w}." for w in wrong)))


def one_thread(run: RunData) -> Answer:
    """A program's time on one thread: beside each CPython, and object over gil."""
    question = "How fast are programs on one thread?"
    cases = program_rows.cases(run, 1)
    said = [text for peer in _peers(run, cases) if (text := _beside(run, cases, peer))]
    price = program_ladder.means(run, cases, [AGAINST]).get(AGAINST)
    if price and price.sure:
        said.append(f"{AGAINST} takes {price.words()} the time of {BASE}{_dearest(run, cases)}.")
    pairs = [(case, run.pair(case, BASE, AGAINST)) for case in cases]
    unsure = [doubt(f"{case.name}, {BASE} to {AGAINST}", p) for case, p in pairs if p and p.verdict == "inconclusive"]
    return Answer(question, tuple(said), tuple(unsure))


def _peers(run: RunData, cases: list[Case]) -> list[str]:
    ours = {v for case in cases for v in run.variants(case)}
    return sorted({v for case in cases for v in run.variants(case, peers=True)} - ours)


def _beside(run: RunData, cases: list[Case], peer: str) -> str:
    """Both models over a CPython in the mean, and the program where gil fares worst."""
    average = program_cpython.means(run, cases, [BASE, AGAINST], peer)
    parts = [f"{average[v].words()} in {v}" for v in (BASE, AGAINST) if v in average and average[v].sure]
    if not parts:
        return ""
    mine = program_rows.computing(cases)
    found = [(case, p) for case in mine if (p := run.pair(case, BASE, peer)) and p.verdict in CLAIMED]
    worst = max(found, key=lambda item: item[1].ratio, default=None)
    text = f"Of the time of {peer}, programs that only compute take {series(parts)} (geometric mean of {len(mine)})"
    if worst:
        text += f"; {BASE} takes at most {ratio(worst[1])} ({program_rows.name(worst[0])})"
    return f"{text}."


def _dearest(run: RunData, cases: list[Case]) -> str:
    found = [(p.ratio, case, p) for case in program_rows.computing(cases) if (p := run.pair(case, AGAINST, BASE))
             and p.verdict in CLAIMED]  # fmt: skip
    worst = max(found, default=None, key=lambda item: item[0])
    return f" in the mean, at most {ratio(worst[2])} ({program_rows.name(worst[1])})" if worst else " in the mean"


def several(run: RunData) -> Answer:
    """What several threads do over one: the mean, and the program that gains least in object."""
    question = "What do programs gain from threads?"
    pairs = program_speedup.pairs_of(run)
    if not pairs:
        return Answer(question)
    threads = pairs[0][1].threads
    average = program_speedup.means(run, pairs, [BASE, AGAINST, *_peers(run, [one for one, _ in pairs])])
    parts = [f"{mark.words()} in {engine}" for engine, mark in average.items() if mark.sure]
    if not parts:
        return Answer(question, open=(f"programs on {counted(threads, 'thread')}: too few processes",))
    text = f"{counted(threads, 'thread')} of programs that only compute do, over one, {series(parts)}"
    mine = [(one, many) for one, many in pairs if program_rows.computing([one])]
    found = [(s, one) for one, many in mine if (s := run.scaling(one, many, AGAINST))]
    least = min(found, default=None, key=lambda item: item[0].value)
    if least:
        gain = times(least[0].value) + ends(least[0].value, least[0].low, least[0].high)
        text += f"; least in {AGAINST}: {gain} ({program_rows.name(least[1])})"
    return Answer(question, (f"{text}.",))


ASKED = (agree, one_thread, several)
