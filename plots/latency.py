"""Figure: how long a reply takes beside a thread that computes.

The share of replies that took longer than a time, from the histograms of all accepted windows,
both axes logarithmic. Times count from the moment a request was meant to be sent, so that a
reply that was late makes its followers late too. The dashed line is the GIL's switch interval.
"""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter, LogLocator, NullFormatter

from . import style
from .data import Absolute, Case, NoData, RunData, counted, interval, statistics
from .drawing import Drawing

TITLE = "Reply latency beside CPU-bound threads"
CELL = "mixed_reply"
MOST_PANELS = 3
SHOWN = {1.0: "100%", 0.5: "50%", 0.1: "10%", 0.01: "1%", 0.001: "0.1%", 0.0001: "0.01%"}
TIMES = {1e3: "1 µs", 1e4: "10 µs", 1e5: "100 µs", 1e6: "1 ms", 1e7: "10 ms", 1e8: "100 ms", 1e9: "1 s"}
PANEL, TABLE_ROW, LEFT = 1.95, 0.165, 0.85

Curve = list[tuple[float, float]]  # ns, share of the replies that took longer


def draw(run: RunData) -> Drawing:
    """The figure. Raises NoData if no reply was recorded."""
    curves = {c: lines for c in run.of_cell(CELL) if (lines := case_curves(run, c))}
    if not curves:
        raise NoData(f"no reply latencies were recorded (cell {CELL})")
    cases = list(curves)[:MOST_PANELS]
    variants = [v for v in style.LOOKS if any(v in curves[c] for c in cases)]
    sentence = caption(run, cases[0])
    table = TABLE_ROW * (len(variants) + 1) + 0.12
    legend = [style.handle(v) for v in variants]
    sheet = style.Sheet(TITLE, sentence, run.footer(cases), PANEL + table + 0.9, legend)
    below = table + 0.52
    panels = sheet.grid(
        1, len(cases), left=LEFT, right=0.25, above=0.45, below=below, across=0.25, down=0
    )[0]  # fmt: skip
    points = [point for c in cases for line in curves[c].values() for point in line]
    tick = switch_interval_ns(run)
    for panel, case in zip(panels, cases):
        draw_panel(panel, case, curves[case], tick)
        set_scales(panel, points, tick)
    panels[0].set_ylabel("share of replies slower")
    panels[0].set_xlabel("time from intended send to reply, log scale", loc="left")
    for panel in panels[1:]:
        panel.tick_params(labelleft=False)
    write_table(sheet, run, cases, panels, variants, table)
    return Drawing(sheet.figure, TITLE, sentence)


def case_curves(run: RunData, case: Case) -> dict[str, Curve]:
    """A curve per variant that recorded replies."""
    found = {v: run.histogram(case, v) for v in run.variants(case)}
    return {variant: exceedance(buckets) for variant, buckets in found.items() if buckets}


def exceedance(buckets: list[tuple[int, int]]) -> Curve:
    """At each bucket's upper end, the share of the values in this bucket or a later one."""
    total = sum(count for _, count in buckets)
    left, curve = total, []
    for upper, count in buckets:
        curve.append((float(upper), left / total))
        left -= count
    return curve


def switch_interval_ns(run: RunData) -> float:
    """The GIL's switch interval of the run: CPython's 5 ms unless the run says another."""
    given = run.meta.get("switch_interval_us")
    return 1e3 * given if isinstance(given, (int, float)) and given > 0 else 5e6


def draw_panel(panel: Axes, case: Case, lines: dict[str, Curve], tick: float) -> None:
    """One thread count: a falling line per variant, the switch interval."""
    for variant, line in lines.items():
        shape = style.look(variant)
        panel.step(
            [x for x, _ in line], [y for _, y in line], where="pre", color=shape.colour,
            ls=shape.line, lw=1.6, marker=shape.marker, ms=4.5, markevery=marked(line), zorder=3,
        )  # fmt: skip
    panel.axvline(tick, color=style.INK, lw=0.9, ls=(0, (4, 2)), zorder=2)
    panel.annotate(
        f"switch interval {tick / 1e6:g} ms", (tick, 1), xycoords=("data", "axes fraction"), xytext=(0, 2),
        textcoords="offset points", ha="center", va="bottom", size=style.FOOT_SIZE, color=style.SOFT,
    )  # fmt: skip
    beside = counted(case.threads - 1, "CPU-bound thread")
    panel.set_title(beside, weight="bold", size=style.SMALL_SIZE, pad=16)


def marked(line: Curve) -> list[int]:
    """Which points of a curve carry a marker: those at the named shares."""
    return sorted({max(i for i, (_, share) in enumerate(line) if share >= s or i == 0) for s in SHOWN})


def set_scales(panel: Axes, points: Curve, tick: float) -> None:
    """Both axes logarithmic, the same for all panels, labelled in words of the trade."""
    panel.set_xscale("log")
    panel.set_yscale("log")
    times = [time for time, _ in points] + [tick]
    panel.set_xlim(min(times) / 1.4, max(max(times), 4 * tick) * 1.6)
    panel.set_ylim(min(min(share for _, share in points) * 0.7, 0.05), 1.25)
    panel.xaxis.set_major_locator(FixedLocator(list(TIMES)))
    panel.xaxis.set_major_formatter(FuncFormatter(lambda x, _: TIMES.get(x, "")))
    panel.xaxis.set_minor_locator(LogLocator(10, subs=range(2, 10)))
    panel.yaxis.set_major_locator(FixedLocator(list(SHOWN)))
    panel.yaxis.set_major_formatter(FuncFormatter(lambda y, _: SHOWN.get(y, "")))
    panel.yaxis.set_minor_locator(FixedLocator([]))
    panel.xaxis.set_minor_formatter(NullFormatter())


def write_table(
    sheet: style.Sheet, run: RunData, cases: list[Case], panels: list[Axes], variants: list[str], height: float
) -> None:
    """Below each panel: median and 99th percentile of each variant."""
    top = sheet.bottom + height - 0.12
    for row, variant in enumerate(variants, start=1):
        sheet.text(style.EDGE, top - row * TABLE_ROW, variant, size=style.FOOT_SIZE, va="center")
    for case, panel in zip(cases, panels):
        left = panel.get_position().x0 * style.WIDTH
        places = (left + 0.65, left + 1.6)
        for x, head in zip(places, ("median", "99th percentile")):
            sheet.text(x, top, head, size=style.FOOT_SIZE, color=style.SOFT, ha="right", va="center")
        for row, variant in enumerate(variants, start=1):
            for x, quantity in zip(places, (statistics.median_latency, statistics.tail_latency)):
                found = run.absolute(case, variant, quantity)
                words = time_words(found.value) if found else "not run"
                sheet.text(x, top - row * TABLE_ROW, words, size=style.FOOT_SIZE, ha="right", va="center")


def time_words(ns: float) -> str:
    """'45 µs', '5.1 ms'."""
    for unit, size in (("s", 1e9), ("ms", 1e6), ("µs", 1e3)):
        if ns >= 0.9995 * size:
            return f"{ns / size:.3g} {unit}"
    return f"{ns:.3g} ns"


def caption(run: RunData, case: Case) -> str:
    """Median replies of gil and object beside the fewest CPU-bound threads."""
    known = [(v, a) for v in run.variants(case) if (a := run.absolute(case, v, statistics.median_latency))]
    chosen = [(v, a) for v, a in known if v in ("gil", "object")] or known[:2]
    beside = counted(case.threads - 1, "CPU-bound thread")
    said = " and ".join(f"{median_words(a)} under {variant}" for variant, a in chosen)
    return f"Beside {beside} the median reply takes {said}; the switch interval is {switch_interval_ns(run) / 1e6:g} ms."


def median_words(a: Absolute) -> str:
    """'5.1 ms [5.0, 5.2]', the interval in the unit of the value."""
    words = time_words(a.value)
    size = {"s": 1e9, "ms": 1e6, "µs": 1e3, "ns": 1.0}[words.split()[1]]
    return words + interval(a.low / size, a.high / size, "{:.3g}")
