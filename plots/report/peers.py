"""The model beside CPython: the same work by each CPython that was found, in the same run."""

from __future__ import annotations

from suite import beside

from ..data import LEAST_PROCESSES, Absolute, Case, RunData, statistics
from ..latency import time_words
from .answers import Answer
from .tables import Grid
from .words import ends, series, times

QUESTION = "How does the model compare with CPython?"
COMPARED = {"reacquire": "waits {} as long to go on after a sleep", "convoy_echo": "serves {} as many echoes"}
TOLD = (5000, 500)  # us: the switch intervals that the sentences speak of; the table has them all


def compared(run: RunData) -> Answer:
    """For each CPython: the variant that models it over it, where both were measured.

    Without the lock the interval means nothing, so one is told.
    """
    said, unsure = [], []
    for peer, free in peers_of(run).items():
        for interval in TOLD[:1] if free else TOLD:
            claims, doubts = _at(run, interval, peer, model_of(free))
            place = "" if free else f", at a switch interval of {time_words(1e3 * interval)}"
            sentence = f"Beside one thread that computes{place}, {model_of(free)} {series(claims)} as {peer}."
            said += [sentence] if claims else []
            unsure += doubts
    return Answer(QUESTION, tuple(said), tuple(unsure))


def _at(run: RunData, interval: int, peer: str, model: str) -> tuple[list[str], list[str]]:
    """What is claimed at one switch interval, and what too few processes leave open."""
    claims, doubts = [], []
    for case in cases_of(run):
        if case.cell not in COMPARED or dict(case.params).get("interval") != interval:
            continue
        if (found := _over(run, case, peer, model)) is None:
            continue
        if found.processes < LEAST_PROCESSES:
            doubts.append(f"{case.name} beside {peer}: too few processes")
            continue
        claims.append(COMPARED[case.cell].format(times(found.value) + ends(found.value, found.low, found.high)))
    return claims, doubts


def table(run: RunData) -> Grid | None:
    """Every engine's figure on the shared cases, and the model's over each CPython's."""
    rows = []
    for case in cases_of(run):
        question = beside.QUESTIONS[case.cell]
        for engine in (*beside.OURS, *peers_of(run)):
            found = run.absolute(case, engine, question.quantity)
            if found:
                ends_words = f" [{question.write(found.low)}, {question.write(found.high)}]" if found.low == found.low else ""
                rows.append((case.name, engine, question.words, question.write(found.value) + ends_words, _ratio(run, case, engine)))
    heads = ("case", "engine", "what", "median over processes", "its model over it")
    return Grid("Beside CPython", heads, tuple(rows)) if peers_of(run) and rows else None


def peers_of(run: RunData) -> dict[str, bool]:
    """The CPythons that ran, by name, and whether they are without the lock."""
    peers = run.meta["machine"].get("peers") or ()
    return {peer["name"]: bool(peer.get("free_threaded_build")) for peer in peers if "name" in peer}


def model_of(free: bool) -> str:
    """The variant that models a CPython."""
    return "object" if free else "gil"


def cases_of(run: RunData) -> list[Case]:
    """The cases that a CPython can run too: on two threads, or collections on one."""
    known = [case for case in run.cases if case.cell in beside.QUESTIONS]
    return [case for case in known if case.threads == (1 if case.cell in statistics.PAUSE_CELLS else 2)]


def _over(run: RunData, case: Case, peer: str, model: str) -> Absolute | None:
    return run.beside(case, peer, model, beside.QUESTIONS[case.cell].quantity)


def _ratio(run: RunData, case: Case, engine: str) -> str:
    peers = peers_of(run)
    found = _over(run, case, engine, model_of(peers[engine])) if engine in peers else None
    return times(found.value) + ends(found.value, found.low, found.high) if found else "–"
