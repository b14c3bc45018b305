"""Figure: who ran, waited and slept when, under the GIL and with object locks.

A lane per worker, the same stretch of both traces: the one in which the GIL is handed over most
often. What is shorter than a hairline is drawn as one, so that short runs are seen.
"""

from __future__ import annotations

from dataclasses import replace

from matplotlib.axes import Axes
from matplotlib.collections import PatchCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from . import heat, style
from .data import NoData, RunData, counted, label
from .drawing import Drawing
from .traces import LOCK, STATES, Moment, Slice, Trace

TITLE = "Who had the interpreter when"
FIRST, SECOND = "gil", "object"
SPANS_US = (30e3, 10e3, 3e3, 1e3)
MOST_SLICES = 1500  # in a stretch: more would be neither legible nor small
MOST_LANES = 16
LANE, LEFT = 0.21, 1.82
COLOURS = {"running": "#009E73", "waiting": "#F0C050", "switching": "#D55E00", "blocked": "#dddddd", LOCK: style.INK}
MEANINGS = {
    "running": "running", "waiting": "waiting to run", "switching": "being handed the lock",
    "blocked": "in a system call", LOCK: "holding an object's lock",
}  # fmt: skip
MOMENTS = {"forced switch": ("v", "gives the GIL up on request"), "drop requested": ("|", "asks for the GIL")}


def draw(run: RunData) -> Drawing:
    """The figure. Raises NoData if the run has no trace."""
    chosen = choose(run.traces)
    if not chosen:
        damaged = f" (not readable: {', '.join(run.damaged_traces)})" if run.damaged_traces else ""
        raise NoData(f"the run has no traces{damaged}")
    begin, end = stretch(chosen)
    sentence = caption(chosen, begin, end)
    chosen = [cut(trace) for trace in chosen]
    heights = [LANE * len(trace.names) for trace in chosen]
    body = sum(heights) + 0.42 * len(chosen) + 0.42
    sheet = style.Sheet(TITLE, sentence, run.footer([], "account build"), body, legend(chosen, begin, end))
    top = body
    for trace, height in zip(chosen, heights):
        top -= 0.42 + height
        panel = sheet.axes(LEFT, top, style.WIDTH - LEFT - 0.2, height)
        draw_trace(panel, trace, begin, end)
        panel.tick_params(labelbottom=trace is chosen[-1])
    panel.set_xlabel("ms since the start of the window")
    return Drawing(sheet.figure, TITLE, sentence)


def choose(traces: list[Trace]) -> list[Trace]:
    """The two traces of a case that has both, the one with most moments; else any one of them."""
    by_case: dict[str, dict[str, Trace]] = {}
    for trace in traces:
        by_case.setdefault(trace.case, {})[trace.variant] = trace
    both = [found for found in by_case.values() if {FIRST, SECOND} <= found.keys()]
    if both:
        best = max(both, key=lambda found: len(found[FIRST].moments))
        return [best[FIRST], best[SECOND]]
    return traces[:1]


def cut(trace: Trace) -> Trace:
    """A trace of no more workers than there is room for."""
    kept = range(min(len(trace.names), MOST_LANES))
    return replace(
        trace, names=tuple(trace.names[w] for w in kept),
        slices=tuple(s for s in trace.slices if s.worker in kept),
        moments=tuple(m for m in trace.moments if m.worker in kept),
    )  # fmt: skip


def stretch(chosen: list[Trace]) -> tuple[float, float]:
    """Begin and end, in us, of the stretch that is drawn of all: short enough to be legible."""
    for span in SPANS_US:
        begin = begin_of(chosen[0], span)
        if all(len(within(trace, begin, begin + span)) <= MOST_SLICES for trace in chosen):
            break
    return begin, min(begin + span, max(trace.window_us for trace in chosen))


def begin_of(trace: Trace, span: float) -> float:
    """Where the stretch with most forced switches begins, a little before the first of them."""
    times = [m.at_us for m in trace.moments if m.what == "forced switch"] or [m.at_us for m in trace.moments]
    if not times:
        return 0.0
    first = max(times, key=lambda at: (sum(at <= t < at + 0.95 * span for t in times), -at))
    return max(min(first - 0.04 * span, trace.window_us - span), 0.0)


def within(trace: Trace, begin: float, end: float) -> list[Slice]:
    """The slices that a stretch contains, cut off at its ends."""
    inside = (s for s in trace.slices if s.begin_us < end and s.end_us > begin)
    return [Slice(s.worker, s.state, max(s.begin_us, begin), min(s.end_us, end)) for s in inside]


def moments(trace: Trace, begin: float, end: float) -> list[Moment]:
    """What happened in a stretch."""
    return [m for m in trace.moments if begin <= m.at_us <= end]


def draw_trace(panel: Axes, trace: Trace, begin: float, end: float) -> None:
    """The lanes of one trace, worker 0 on top."""
    slices = within(trace, begin, end)
    for state in ("blocked", "waiting", "running", "switching", LOCK):  # short ones above long ones
        boxes = [box(s, begin) for s in slices if s.state == state]
        colour = COLOURS[state]
        panel.add_collection(PatchCollection(boxes, facecolor=colour, edgecolor=colour, linewidth=0.35, zorder=3))
    for what, (marker, _) in MOMENTS.items():
        here = [m for m in moments(trace, begin, end) if m.what == what]
        panel.plot(
            [m.at_us / 1e3 for m in here], [m.worker - 0.44 for m in here], ls="none", marker=marker, ms=3.6,
            color=style.INK, zorder=5, clip_on=False,
        )  # fmt: skip
    panel.set_xlim(begin / 1e3, end / 1e3)
    panel.set_ylim(len(trace.names) - 0.45, -0.55)
    panel.set_yticks(range(len(trace.names)), [style.shortened(n, LEFT - 0.2, style.SMALL_SIZE) for n in trace.names])
    panel.tick_params(axis="y", length=0)
    panel.set_title(trace.variant, weight="bold", color=style.look(trace.variant).colour, pad=7)
    panel.grid(False, axis="y")
    panel.spines["left"].set_visible(False)


def box(s: Slice, begin: float) -> Rectangle:
    """A slice's place in its lane; that of a lock is a line along the lower edge."""
    height, low = (0.1, 0.3) if s.state == LOCK else (0.64, -0.32)
    return Rectangle((s.begin_us / 1e3, s.worker + low), (s.end_us - s.begin_us) / 1e3, height)


def legend(chosen: list[Trace], begin: float, end: float) -> list[Line2D]:
    """The states and moments that are drawn."""
    states = {s.state for trace in chosen for s in within(trace, begin, end)}
    whats = {m.what for trace in chosen for m in moments(trace, begin, end)}
    entries = [heat.handle(COLOURS[s], MEANINGS[s]) for s in (*STATES, LOCK) if s in states]
    marks = [(marker, says) for what, (marker, says) in MOMENTS.items() if what in whats]
    return entries + [Line2D([], [], ls="none", marker=m, ms=5, color=style.INK, label=says) for m, says in marks]


def caption(chosen: list[Trace], begin: float, end: float) -> str:
    """How often the GIL changed hands on request in the stretch, and how many ran at once."""
    cell = label(chosen[0].case.split("/")[0])
    text = f"{(end - begin) / 1e3:g} ms of {cell} on {counted(len(chosen[0].names), 'thread')}: "
    said = [f"under {t.variant} {running(t, begin, end)}{switches(t, begin, end)}" for t in chosen]
    lost = sum(trace.dropped for trace in chosen)
    if len(chosen[0].names) > MOST_LANES:
        said.append(f"the first {MOST_LANES} workers are drawn")
    return text + ", ".join(said) + (f"; {lost} older events did not fit and are missing" if lost else "") + "."


def running(trace: Trace, begin: float, end: float) -> str:
    """'at most 1 thread runs at a time'."""
    edges = [(t, step) for s in within(trace, begin, end) if s.state == "running"
             for t, step in ((s.begin_us, 1), (s.end_us, -1))]  # fmt: skip
    level = most = 0
    for _, step in sorted(edges):
        level += step
        most = max(most, level)
    return f"at most {counted(most, 'thread')} {'runs' if most == 1 else 'run'} at a time"


def switches(trace: Trace, begin: float, end: float) -> str:
    """' and 5 switches are forced', or nothing where none can be."""
    count = sum(m.what == "forced switch" for m in moments(trace, begin, end))
    return f" and {counted(count, 'switch')} {'is' if count == 1 else 'are'} forced" if count else ""
