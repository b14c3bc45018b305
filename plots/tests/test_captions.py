"""The captions say the ratios that the run was built around, and admit what is not known."""

from __future__ import annotations

import json
import math
import re
import tempfile
import unittest
from pathlib import Path

from plots import (
    allocation, atomicity, collector, convoy, costs, crossing, crossing_map, data, engines, footprint, gil_time, heatmap, ladder, latency, outcomes,
    program_cpython, program_ladder, program_speedup, speedup, style, timeline,
)  # fmt: skip
from plots.drawing import Drawing
from plots.tests.made_up import OPERATIONS
from plots.tests.synthetic import (
    BYTES, COSTS, MIMALLOC, OURS_OVER_MIMALLOC, PEER_BYTES, PEER_PAUSE, PEER_PROGRAM, PROGRAMS, SLOWER, VARIANTS,
    Plan, write_run,
)  # fmt: skip

CELLS = ("refcount_own", "count_small", "dict_private", "crossing_dict", "lock_private", "mixed_reply")


def drawn(figure, plan: Plan) -> Drawing:
    """A figure of a made-up run."""
    with tempfile.TemporaryDirectory() as folder, style.applied():
        return figure.draw(data.load(write_run(Path(folder) / "run", plan)))


def first_ratio(text: str) -> tuple[float, float, float]:
    """The first '1.95× ... [1.93, 1.97]' of a sentence."""
    ratio = re.search(r"([\d.]+)×", text)
    ends = re.search(r"\[([\d.]+), ([\d.]+)\]", text)
    assert ratio and ends, text
    return float(ratio[1]), float(ends[1]), float(ends[2])


class Captions(unittest.TestCase):
    def test_ladder_names_the_dearest_step(self) -> None:
        text = drawn(ladder, Plan(cells=CELLS)).caption
        self.assertIn("atomic counts for biased", text)
        ratio, low, high = first_ratio(text)
        cost = dict(zip(VARIANTS, COSTS["refcount_own"]))
        self.assertAlmostEqual(ratio, cost["object-atomic"] / cost["object"], delta=0.3)
        self.assertLessEqual(low, ratio)
        self.assertGreaterEqual(high, ratio)

    def test_speedup_compares_object_with_gil(self) -> None:
        text = drawn(speedup, Plan(cells=CELLS)).caption
        self.assertIn("With 2 threads object does", text)
        known = 2 * 0.988 / 0.985 * COSTS["count_small"][1] / COSTS["count_small"][3]
        ratio, low, high = first_ratio(text)
        self.assertAlmostEqual(ratio, known, delta=0.02)
        self.assertTrue(low <= ratio <= high)

    def test_crossing_finds_where_the_lines_cross(self) -> None:
        text = drawn(crossing, Plan(cells=CELLS)).caption
        found = re.search(r"cross at about ([\d.]+)% shared", text)
        self.assertIsNotNone(found, text)
        # object: 2 * 0.988 / 50 / (1 + 5 share); gil: 0.985 / 40.4; equal at a share of 0.124
        self.assertAlmostEqual(float(found[1]), 12.4, delta=2.5)

    def test_crossing_says_when_there_is_none(self) -> None:
        text = drawn(crossing, Plan(cells=("crossing_dict",), crosses=False)).caption
        self.assertIn(crossing.NONE, text)

    def test_map_finds_the_crossing_of_each_length(self) -> None:
        text = drawn(crossing_map, Plan(cells=("crossing_map",))).caption
        said = re.findall(r"gil wins above about (\d+)% shared \(([\d, ]+) step", text)
        found = {steps: float(share) for share, steps in said}
        # 1 step: 2 * 0.988 / (8 + 50) / (1 + 5 share) against 0.985 / (1 + 40.4): a share of 0.086;
        # longer ones: about as in the crossing of single operations
        self.assertAlmostEqual(found.pop("1"), 8.6, delta=2.5)
        self.assertTrue(found, text)
        for share in found.values():
            self.assertAlmostEqual(share, 12.0, delta=3)

    def test_map_says_when_there_is_no_crossing(self) -> None:
        text = drawn(crossing_map, Plan(cells=("crossing_map",), crosses=False)).caption
        self.assertIn("no crossing was found in the measured range (object wins)", text)

    def test_allocation_has_the_geometric_mean_and_the_most_memory(self) -> None:
        text = drawn(allocation, Plan(cells=("alloc_pair", "alloc_random"), threads=(1,))).caption
        means = {v: float(m) for m, v in re.findall(r"([\d.]+)× \[[^]]*\] in (\w+)", text)}
        for variant in ("gil", "object"):
            place = VARIANTS.index(variant)
            known = [MIMALLOC[cell] / COSTS[cell][place] for cell in ("alloc_pair", "alloc_random")]
            self.assertAlmostEqual(means[variant], math.prod(known) ** 0.5, delta=0.02)
        most = re.search(r"at most ([\d.]+)× of mimalloc's \(random blocks, 100k live", text)
        self.assertIsNotNone(most, text)
        self.assertAlmostEqual(float(most[1]), OURS_OVER_MIMALLOC, delta=0.02)

    def test_allocation_draws_the_memory_of_a_side_whose_windows_were_all_disturbed(self) -> None:
        with tempfile.TemporaryDirectory() as name, style.applied():
            folder = write_run(Path(name) / "run", Plan(cells=("alloc_random",), threads=(1,)))
            samples = folder / "samples.jsonl"
            lines = [json.loads(line) for line in samples.read_text().splitlines()]
            for line in lines:
                if line["variant"] == "object" and line["build"] == "timed":
                    line.update(accepted=False, why="waited")
            samples.write_text("".join(json.dumps(line) + "\n" for line in lines))
            text = allocation.draw(data.load(folder)).caption
        self.assertIn("in gil", text)
        self.assertNotRegex(text, r"× \[[^]]*\] in object")

    def test_collector_tells_the_time_of_a_container(self) -> None:
        text = drawn(collector, Plan(cells=("gc_live", "gc_garbage", "gc_young", "safepoint"))).caption
        for cell, what in (("gc_live", "live"), ("gc_garbage", "garbage")):
            told = re.search(rf"Of 1M {what} containers each takes ([\d.]+) ns .*? in gil, ([\d.]+) ns .*? in object, ([\d.]+) ns", text)
            self.assertIsNotNone(told, text)
            cost = dict(zip(VARIANTS, COSTS[cell]))
            known = (cost["gil"], cost["object"], PEER_PAUSE * cost["gil"])
            for said, ns in zip(told.groups(), known):
                self.assertAlmostEqual(float(said), ns, delta=0.03 * ns)
        self.assertRegex(text, r"10M old containers instead of 10k, a young collection takes (0.99|1.0[01])× ")
        self.assertRegex(text, r"stands still after (39\d|40\d) ns in object")

    def test_footprint_tells_the_bytes(self) -> None:
        text = drawn(footprint, Plan(cells=("alloc_pair",))).caption
        small = BYTES["int"]
        self.assertIn(f"an int takes {small} in gil, {small + 16} in object, {small * PEER_BYTES:.0f} in CPython", text)

    def test_programs_gain_from_threads(self) -> None:
        text = drawn(program_speedup, Plan(cells=tuple(PROGRAMS))).caption
        means = {v: float(m) for m, v in re.findall(r"([\d.]+)× \[[^]]*\] in ([\w-]+)", text)}
        self.assertAlmostEqual(means["gil"], 1.0, delta=0.02)
        self.assertAlmostEqual(means["object"], 2 / 1.01, delta=0.02)
        self.assertIn("(geometric mean of 2)", text)  # of those that only compute

    def test_programs_pay_for_policies(self) -> None:
        text = drawn(program_ladder, Plan(cells=tuple(PROGRAMS))).caption
        means = {v: float(m) for m, v in re.findall(r"([\d.]+)× \[[^]]*\] in ([\w-]+)", text)}
        self.assertEqual(set(means), set(SLOWER) - {"gil"})
        for variant, mean in means.items():
            self.assertAlmostEqual(mean, SLOWER[variant], delta=0.01)

    def test_programs_against_each_cpython(self) -> None:
        plan = Plan(cells=tuple(PROGRAMS), peers=("CPython 3.11.2", "CPython 3.14.0t"))
        text = drawn(program_cpython, plan).caption
        for peer in plan.peers:
            told = re.search(rf"of the time of {re.escape(peer)}, ([\d.]+)× \[[^]]*\] in gil, ([\d.]+)×", text)
            self.assertIsNotNone(told, text)
            self.assertAlmostEqual(float(told[1]), 1 / PEER_PROGRAM, delta=0.01)
            self.assertAlmostEqual(float(told[2]), SLOWER["object"] / PEER_PROGRAM, delta=0.01)

    def test_programs_without_processes_enough_are_not_told(self) -> None:
        for figure in (program_speedup, program_ladder, program_cpython):
            text = drawn(figure, Plan(cells=tuple(PROGRAMS), processes=2)).caption
            self.assertNotIn("×", text)

    def test_heatmap_counts_the_winners(self) -> None:
        text = drawn(heatmap, Plan(cells=("sieve", "pipe_ring", "count_small"))).caption
        self.assertIn("With 2 threads object is faster than gil in 4 of 6 rows, slower in 2", text)
        ratio, low, high = first_ratio(text)
        self.assertAlmostEqual(ratio, 2 * 0.988 / 0.985 * 9.2 / 9.1, delta=0.03)
        self.assertIn("(sieve, contended)", text)

    def test_latency_shows_the_switch_interval_under_gil_only(self) -> None:
        text = drawn(latency, Plan(cells=CELLS)).caption
        gil = re.search(r"takes ([\d.]+) ms .*under gil", text)
        per_object = re.search(r"([\d.]+) µs .*under object", text)
        self.assertAlmostEqual(float(gil[1]), 5.0, delta=0.5)
        self.assertAlmostEqual(float(per_object[1]), 45.0, delta=5.0)

    def test_costs_are_those_of_the_run(self) -> None:
        text = drawn(costs, Plan(cells=CELLS)).caption
        found = {name: float(ns) for ns, name in re.findall(r"([\d.]+) ns \[[^]]*\] in ([a-z_-]+)", text)}
        self.assertAlmostEqual(found["pthread_mutex"], COSTS["lock_private"][5], delta=0.6)
        self.assertAlmostEqual(found["object-atomic"], COSTS["refcount_own"][4], delta=0.6)

    def test_convoy_tells_peers_too(self) -> None:
        plan = Plan(cells=("reacquire", "convoy_echo", "lost_update"), peers=("CPython 3.11.2", "CPython 3.14.0t"))
        text = drawn(convoy, plan).caption
        late = {name: (float(value), unit) for value, unit, name in
                re.findall(r"([\d.]+) (ms|µs) \[[^]]*\] in (gil|object|CPython [\d.]+\dt?)", text)}  # fmt: skip
        for name in ("gil", "CPython 3.11.2"):
            self.assertAlmostEqual(late[name][0], 5.0, delta=0.3)
            self.assertEqual(late[name][1], "ms")
        for name in ("object", "CPython 3.14.0t"):
            self.assertAlmostEqual(late[name][0], 45.0, delta=5.0)
            self.assertEqual(late[name][1], "µs")
        self.assertRegex(text, r"47,\d{3} and 20\d in gil")
        self.assertIn("are lost: none in gil, 31% in object, none in CPython 3.11.2, 31% in CPython 3.14.0t", text)

    def test_time_under_the_gil_is_that_of_the_accounts(self) -> None:
        text = drawn(gil_time, Plan(cells=("gil_time",))).caption
        self.assertIn("under gil a sleeping thread waits 79.3% of the time", text)
        self.assertRegex(text, r"handed over in [56](\.\d+)? µs at the median")

    def test_timeline_counts_switches_and_who_runs(self) -> None:
        text = drawn(timeline, Plan(cells=("gil_time",))).caption
        self.assertIn("30 ms of sleepers beside counters on 2 threads", text)
        self.assertIn("under gil at most 1 thread runs at a time and 6 switches are forced", text)
        self.assertIn("under object at most 2 threads run at a time", text)

    def test_atomicity_counts_operations(self) -> None:
        text = drawn(atomicity, Plan(cells=("count_small",))).caption
        atomic = {variant: int(count) for count, variant in re.findall(r"(\d+) in ([a-z-]+)", text)}
        bare = sum(share == 0 and fate is None for _, _, share, _, fate in OPERATIONS)
        locked = sum(share == 0 for _, _, _, share, _ in OPERATIONS)
        self.assertEqual((atomic["unlocked"], atomic["object"]), (bare, locked))
        self.assertEqual(atomic["gil"], locked)  # x.v += 1 is one more, message passing met too seldom
        self.assertTrue(text.endswith("operations crash or hang in unlocked."), text)

    def test_engines_are_counted_apart(self) -> None:
        text = drawn(engines, Plan(cells=("count_small",))).caption
        self.assertRegex(text, r"of 3 operations atomic are \d in gil exec, .*\d in CPython 3\.11\.2")
        self.assertNotIn("unlocked", text)

    def test_outcomes_name_the_greatest_share(self) -> None:
        text = drawn(outcomes, Plan(cells=("count_small",))).caption
        seen = sum(share > 0 for _, _, share, _, _ in OPERATIONS)
        self.assertIn(f"{seen} of {len(OPERATIONS)} tests in unlocked (at most 40%, raw_increment)", text)


class Doubt(unittest.TestCase):
    def test_two_processes_claim_nothing(self) -> None:
        plan = Plan(cells=CELLS, processes=2)
        self.assertIn("inconclusive", drawn(speedup, plan).caption)
        self.assertNotIn("cross at", drawn(crossing, plan).caption)
        self.assertIn("Nothing can be claimed", drawn(ladder, plan).caption)
        self.assertIn("inconclusive in 2", drawn(heatmap, plan).caption)
        map_plan = Plan(cells=("crossing_map",), processes=2)
        self.assertIn("nothing can be claimed", drawn(crossing_map, map_plan).caption)

    def test_footer_tells_machine_commit_run_profile_and_noise(self) -> None:
        figure = drawn(ladder, Plan(cells=CELLS, state="interrupted")).figure
        words = " ".join(text.get_text() for text in figure.texts)
        for part in ("Made-up CPU", "commit 0123456789", "run made-up-1", "profile quick", "noise floor",
                     "timed build", "PARTIAL RUN (interrupted): 4 of 6 processes"):  # fmt: skip
            self.assertIn(part, words)


if __name__ == "__main__":
    unittest.main()
