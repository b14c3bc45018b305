"""Traces and outcome tables as figures read them."""

from __future__ import annotations

import json
import tempfile
import unittest
from pathlib import Path

from plots import outcome_tables, timeline, traces
from plots.traces import Slice

EVENTS = [
    {"ph": "M", "name": "thread_name", "pid": 1, "tid": 1, "args": {"name": "worker 1 (IO)"}},
    {"ph": "X", "cat": "state", "name": "running", "pid": 1, "tid": 0, "ts": -5.0, "dur": 25.0},
    {"ph": "X", "cat": "lock", "name": "lock", "pid": 1, "tid": 0, "ts": 2.0, "dur": 3.0, "args": {"object": "0x1"}},
    {"ph": "i", "s": "t", "cat": "gil", "name": "forced switch", "pid": 1, "tid": 0, "ts": 20.0},
]
ABOUT = {"case": "gil_time/io:1/threads:2", "variant": "gil", "build": "account", "window_ms": 0.1, "threads": 2, "dropped": 3}


class Traces(unittest.TestCase):
    def setUp(self) -> None:
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = Path(holder.name)
        whole = {"traceEvents": EVENTS, "displayTimeUnit": "ms", "otherData": ABOUT}
        (self.folder / "a.json").write_text(json.dumps(whole))

    def test_states_locks_and_moments_are_told_apart(self) -> None:
        (trace,), damaged = traces.read(self.folder)
        self.assertEqual(damaged, [])
        self.assertEqual(trace.names, ("worker 0", "worker 1 (IO)"))
        self.assertEqual(trace.slices, (Slice(0, "running", -5.0, 20.0), Slice(0, traces.LOCK, 2.0, 5.0)))
        self.assertEqual([(m.what, m.at_us) for m in trace.moments], [("forced switch", 20.0)])
        self.assertEqual((trace.window_us, trace.dropped), (100.0, 3))

    def test_what_is_no_trace_is_named(self) -> None:
        (self.folder / "b.json").write_text("[]")
        (self.folder / "c.json").write_text(json.dumps({"traceEvents": [{"ph": "X"}], "otherData": ABOUT}))
        self.assertEqual(traces.read(self.folder)[1], ["b.json", "c.json"])
        self.assertEqual(traces.read(self.folder / "nowhere"), ([], []))

    def test_stretch_holds_the_switches_and_cuts_slices_at_its_ends(self) -> None:
        found = traces.read(self.folder)[0]
        begin, end = timeline.stretch(found)
        self.assertTrue(begin <= 20.0 <= end <= 100.0)
        self.assertEqual(timeline.within(found[0], 0.0, 3.0), [Slice(0, "running", 0.0, 3.0), Slice(0, traces.LOCK, 2.0, 3.0)])


def line(**more: object) -> dict:
    """A line of outcomes.jsonl."""
    seen = [
        {"outcome": "2", "samples": 60, "share": 0.6, "expect": "ACCEPTABLE", "meaning": ""},
        {"outcome": "1", "samples": 30, "share": 0.3, "expect": "INTERESTING", "meaning": ""},
        {"outcome": "CRASH", "samples": 10, "share": 0.1, "expect": "INTERESTING", "meaning": ""},
    ]
    unseen = [{"outcome": "HANG", "expect": "FORBIDDEN", "below": 0.03, "meaning": ""}]
    return {"test": "t", "operation": "x", "variant": "gil", "outcomes": seen, "unseen": unseen,
            "overlap": {"share": 0.2, "enough": True}} | more  # fmt: skip


class Outcomes(unittest.TestCase):
    def test_shares_add_up_what_surprises(self) -> None:
        table = outcome_tables.table_of(line())
        self.assertAlmostEqual(table.surprising, 0.4)
        self.assertEqual((table.disasters, table.forbidden, table.below), (0.1, False, 0.03))

    def test_worst_of_several_lines_counts(self) -> None:
        calm = line(outcomes=line()["outcomes"][:1])
        for lines in ([line(), calm], [calm, line()]):
            (table,) = outcome_tables.tables(lines).values()
            self.assertAlmostEqual(table.surprising, 0.4)

    def test_what_must_not_be_is_marked(self) -> None:
        bad = [{"outcome": "1", "samples": 1, "share": 0.1, "expect": "FORBIDDEN", "meaning": ""}]
        self.assertTrue(outcome_tables.table_of(line(outcomes=bad)).forbidden)


if __name__ == "__main__":
    unittest.main()
