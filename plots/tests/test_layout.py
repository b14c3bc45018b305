"""Nothing is cut off and no text lies on another or in a foreign panel, whatever the run."""

from __future__ import annotations

import importlib
import itertools
import tempfile
import unittest
from pathlib import Path
from typing import Iterator

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from plots import data, style
from plots.draw import FIGURES
from plots.tests.synthetic import PROGRAMS, Plan, write_run

SLACK = 1.0  # pixels by which boxes may touch: they include the font's empty borders

PLANS = {
    "two cores": Plan(processes=3, blocks=1),
    "two variants": Plan(processes=3, blocks=1, variants=("gil", "object"), peers=()),
    "two peers": Plan(
        processes=3, blocks=1, cells=("reacquire", "convoy_echo", "lost_update", "gil_time"),
        peers=("CPython 3.11.2", "CPython 3.14.0t"), intervals=(100, 500, 1000, 5000, 20000),
    ),
    "losses only": Plan(
        processes=3, blocks=1, cells=("lost_update",), peers=("CPython 3.14.0t", "CPython 3.14.0t (2)")
    ),
    "programs": Plan(
        processes=3, blocks=1, cells=tuple(PROGRAMS), peers=("CPython 3.11.2", "CPython 3.14.0t", "CPython 3.9.18")
    ),
    "few workloads": Plan(
        processes=3, blocks=1, cells=("sieve", "crossing_map", "reacquire"), threads=(2, 16), cores=16
    ),
    "noisy": Plan(processes=3, blocks=1, noise=0.2),
    "one process": Plan(processes=1, blocks=1),
    "one core": Plan(processes=3, blocks=1, cores=1, threads=(1, 2)),
    "one thread": Plan(processes=3, threads=(1,), cores=1),
    "threads only": Plan(processes=3, blocks=1, threads=(2,)),
    "four cores": Plan(processes=3, blocks=1, cores=4, threads=(1, 2, 3, 4, 8)),
    "many cores": Plan(processes=3, blocks=1, cores=64, threads=(1, 2, 16, 24, 64, 128)),
    "no crossing": Plan(processes=3, blocks=1, crosses=False, state="interrupted"),
    "smoke": Plan(processes=3, cells=("refcount_own", "lock_private", "sleepers", "mixed_reply")),
}


def tick_labels(axes: Axes) -> Iterator[Text]:
    """The tick labels that are drawn: those within the view."""
    for axis in (axes.xaxis, axes.yaxis):
        low, high = sorted(axis.get_view_interval())
        for tick in axis.get_major_ticks():
            if low <= tick.get_loc() <= high:
                yield tick.label1


def own_texts(axes: Axes) -> list[Text]:
    """What a panel writes outside and inside itself."""
    titles = [axes.title, axes._left_title, axes._right_title]
    return [*axes.texts, *titles, axes.xaxis.label, axes.yaxis.label, *tick_labels(axes)]


def boxes(figure: Figure) -> list[tuple[str, Bbox, Axes | None]]:
    """Every visible text of a figure with its box in pixels and the panel it belongs to."""
    figure.canvas.draw()
    texts: list[tuple[Text, Axes | None]] = [(text, None) for text in figure.texts]
    texts += [(text, None) for legend in figure.legends for text in legend.get_texts()]
    texts += [(text, axes) for axes in figure.axes for text in own_texts(axes)]
    shown = [(t, a) for t, a in texts if t.get_visible() and t.get_text().strip()]
    return [(t.get_text(), t.get_window_extent(), a) for t, a in shown]


def overlap(one: Bbox, two: Bbox) -> bool:
    """Whether two boxes share more than their borders."""
    width = min(one.x1, two.x1) - max(one.x0, two.x0)
    height = min(one.y1, two.y1) - max(one.y0, two.y0)
    return width > SLACK and height > SLACK


def faults(figure: Figure) -> list[str]:
    """What is cut off, written over, or in a panel that it does not belong to."""
    found = boxes(figure)
    canvas = figure.bbox
    result = [
        f"cut off: {text!r}"
        for text, box, _ in found
        if box.x0 < canvas.x0 or box.y0 < canvas.y0 or box.x1 > canvas.x1 or box.y1 > canvas.y1
    ]
    for (text, box, _), (other, there, _) in itertools.combinations(found, 2):
        if overlap(box, there):
            result.append(f"{text!r} lies on {other!r}")
    for (text, box, home), panel in itertools.product(found, figure.axes):
        if panel is not home and overlap(box, panel.get_window_extent()):
            result.append(f"{text!r} lies in a panel that is not its own")
    return result


class Layout(unittest.TestCase):
    def check(self, plan: Plan) -> None:
        with tempfile.TemporaryDirectory() as folder:
            run = data.load(write_run(Path(folder) / "run", plan))
        for name in FIGURES:
            with self.subTest(figure=name), style.applied():
                try:
                    figure = importlib.import_module(f"plots.{name}").draw(run).figure
                except data.NoData:
                    continue
                self.assertEqual(faults(figure), [])

    def test_checker_sees_faults(self) -> None:
        figure = style.Sheet("title", "caption", "footer", 1.0).figure
        figure.text(0.5, 0.5, "one")
        figure.text(0.5, 0.5, "another")
        figure.text(0.99, 0.2, "out of it")
        self.assertEqual(len(faults(figure)), 2)


def _add_test(name: str, plan: Plan) -> None:
    setattr(Layout, f"test_{name.replace(' ', '_')}", lambda self: self.check(plan))


for _name, _plan in PLANS.items():
    _add_test(_name, _plan)


if __name__ == "__main__":
    unittest.main()
