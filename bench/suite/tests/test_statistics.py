"""Statistics on made-up data whose answers are known."""

from __future__ import annotations

import math
import unittest
from typing import Any

import numpy as np

from suite import statistics

CASE = "count_small/threads:1"


def window(variant: str, role: str, process: int, block: int, count: int, **more: Any) -> dict[str, Any]:
    """A window of 20 ms with one worker."""
    return {
        "case": CASE, "cell": "count_small", "params": {}, "threads": 1, "variant": variant,
        "role": role, "build": "timed", "process": process, "block": block, "position": 0,
        "window_ms": 20.0, "cpus": [0], "bound": True, "ops": [count], "wall_ns": [20_000_000],
        "latency": None, "disturbance": {}, "accepted": True, "why": None,
    } | more  # fmt: skip


def simulate(
    generator: np.random.Generator, ratio: float, *, processes: int = 6, blocks: int = 4,
    between: float = 0.003, within: float = 0.004,
) -> list[dict[str, Any]]:  # fmt: skip
    """A run in which `object` is `ratio` times `gil`, with noise of logs between processes (of
    each variant, so it stays in the ratio) and within, and a drift that is common to all.
    """
    samples = []
    truth = {("gil", "main"): 1.0, ("gil", "copy"): 1.0, ("object", "main"): ratio}
    for process in range(processes):
        shift = {key: generator.normal(0, between) for key in truth}
        for block in range(blocks):
            drift = generator.normal(0, 0.1)
            slope = generator.normal(0, 0.02)
            order = list(truth) + list(truth)[::-1]
            for position, key in enumerate(order):
                noise = shift[key] + generator.normal(0, within) + drift + slope * position
                ops = int(1e7 * truth[key] * math.exp(noise))
                samples.append(window(*key, process, block, ops, position=position))
    return samples


class Pairs(unittest.TestCase):
    def test_exact_ratio_without_noise(self) -> None:
        samples = simulate(np.random.default_rng(1), 1.5, between=0, within=0)
        found = statistics.compare_pair(samples, CASE, "gil", "object")
        self.assertAlmostEqual(found.ratio, 1.5, places=4)
        self.assertEqual((found.verdict, found.processes, found.blocks), ("faster", 6, 24))

    def test_drift_within_a_block_cancels(self) -> None:
        rising = [window("gil", "main", 0, 0, ops) for ops in (100_000, 160_000)]
        rising += [window("object", "main", 0, 0, ops) for ops in (200_000, 320_000)]
        found = statistics.compare_pair(rising, CASE, "gil", "object")
        self.assertAlmostEqual(found.ratio, 2.0)

    def test_the_other_way_round(self) -> None:
        samples = simulate(np.random.default_rng(2), 0.5)
        forth = statistics.compare_pair(samples, CASE, "gil", "object")
        back = statistics.compare_pair(samples, CASE, "object", "gil")
        self.assertAlmostEqual(forth.ratio * back.ratio, 1.0)
        self.assertEqual((forth.verdict, back.verdict), ("slower", "faster"))

    def test_median_over_processes_ignores_one_wild_process(self) -> None:
        samples = simulate(np.random.default_rng(3), 1.2, between=0, within=0)
        for sample in samples:
            if sample["process"] == 0 and sample["variant"] == "object":
                sample["ops"] = [sample["ops"][0] * 50]
        found = statistics.compare_pair(samples, CASE, "gil", "object")
        self.assertAlmostEqual(found.ratio, 1.2, places=3)

    def test_disturbed_windows_take_their_block_with_them(self) -> None:
        samples = simulate(np.random.default_rng(4), 1.2)
        samples[0]["accepted"] = False
        found = statistics.compare_pair(samples, CASE, "gil", "object")
        self.assertEqual(found.blocks, 23)
        self.assertEqual(statistics.rejected(samples, CASE), 1)

    def test_half_a_block_does_not_count(self) -> None:
        samples = simulate(np.random.default_rng(5), 1.2, processes=1, blocks=1)
        self.assertIsNone(statistics.compare_pair(samples[:-1], CASE, "gil", "object"))

    def test_seeded(self) -> None:
        samples = simulate(np.random.default_rng(6), 1.05)
        once, twice = (statistics.compare_pair(samples, CASE, "gil", "object", seed=3) for _ in "ab")
        self.assertEqual(once, twice)

    def test_no_such_variant(self) -> None:
        samples = simulate(np.random.default_rng(7), 1.0)
        self.assertIsNone(statistics.compare_pair(samples, CASE, "gil", "unlocked"))


class Verdicts(unittest.TestCase):
    def test_table(self) -> None:
        for ratio, low, high, processes, threshold, expected in (
            (1.20, 1.15, 1.25, 6, 0.01, "faster"),
            (0.80, 0.75, 0.85, 6, 0.01, "slower"),
            (1.20, 0.95, 1.25, 6, 0.01, "inconclusive"),  # the interval holds 1
            (1.02, 1.01, 1.03, 6, 0.05, "equal"),  # less than noise
            (1.005, 1.001, 1.009, 6, 0.01, "equal"),  # less than the least difference
            (1.02, 0.90, 1.10, 6, 0.05, "inconclusive"),
            (1.20, 1.15, 1.25, 2, 0.01, "inconclusive"),  # too few
            (1.20, math.nan, math.nan, 6, 0.01, "inconclusive"),
            (1.20, 1.15, 1.25, 6, math.inf, "inconclusive"),  # the noise is not known
        ):
            with self.subTest(ratio=ratio, low=low, processes=processes):
                said = statistics.verdict(ratio, low, high, processes, threshold)
                self.assertEqual(said, expected)

    def test_one_process_claims_nothing(self) -> None:
        samples = simulate(np.random.default_rng(8), 3.0, processes=1)
        found = statistics.compare_pair(samples, CASE, "gil", "object")
        self.assertEqual(found.verdict, "inconclusive")
        self.assertTrue(math.isnan(found.low) and math.isinf(found.floor.threshold))

    def test_equal_things_are_rarely_called_different(self) -> None:
        generator = np.random.default_rng(9)
        wrong = {"twins": 0, "pair": 0}
        times = 300
        for _ in range(times):
            noise = generator.uniform(0.002, 0.05)
            samples = simulate(generator, 1.0, between=noise, within=noise, blocks=2)
            twins = statistics.compare_twins(samples, CASE)
            pair = statistics.compare_pair(samples, CASE, "gil", "object")
            wrong["twins"] += twins.verdict in ("faster", "slower")
            wrong["pair"] += pair.verdict in ("faster", "slower")
        self.assertLessEqual(wrong["twins"] / times, 0.05)
        self.assertLessEqual(wrong["pair"] / times, 0.05)

    def test_heavy_tails_too(self) -> None:
        generator = np.random.default_rng(10)
        times, wrong = 200, 0
        for _ in range(times):
            samples = simulate(generator, 1.0, between=0.002, blocks=2)
            for sample in samples:  # one window in ten loses up to half its time
                if generator.random() < 0.1:
                    sample["ops"] = [int(sample["ops"][0] * generator.uniform(0.5, 1))]
            found = statistics.compare_pair(samples, CASE, "gil", "object")
            wrong += found.verdict in ("faster", "slower")
        self.assertLessEqual(wrong / times, 0.05)

    def test_real_differences_are_found(self) -> None:
        generator = np.random.default_rng(11)
        found = [
            statistics.compare_pair(simulate(generator, 1.05), CASE, "gil", "object").verdict
            for _ in range(50)
        ]
        self.assertGreaterEqual(found.count("faster"), 40)
        self.assertNotIn("slower", found)


class Floors(unittest.TestCase):
    def test_variation_of_known_values(self) -> None:
        values = np.array([0.0, 0.0, 0.0, 0.0, 0.0, 0.6])
        self.assertAlmostEqual(statistics.variation(values), float(np.std(values, ddof=1)))
        self.assertTrue(math.isnan(statistics.variation(values[:1])))

    def test_robust_estimate_is_the_least(self) -> None:
        values = np.array([-1.0, -1.0, -1.0, 1.0, 1.0, 1.0])
        self.assertAlmostEqual(statistics.variation(values), 1.4826)

    def test_least_difference(self) -> None:
        self.assertEqual(statistics.Floor(0.0001, 6, 1.0).threshold, 0.01)
        self.assertAlmostEqual(statistics.Floor(0.02, 6, 1.0).threshold, 0.06)

    def test_no_copy_no_floor(self) -> None:
        samples = [s for s in simulate(np.random.default_rng(12), 1.3) if s["role"] == "main"]
        found = statistics.compare_pair(samples, CASE, "gil", "object")
        self.assertEqual(found.verdict, "inconclusive")


class Windows(unittest.TestCase):
    def test_throughput_adds_workers(self) -> None:
        sample = window("gil", "main", 0, 0, 0, ops=[100, 300], wall_ns=[10**9, 2 * 10**9])
        self.assertAlmostEqual(statistics.throughput(sample), 250.0)
        self.assertAlmostEqual(statistics.ns_per_op(sample), 8e6)

    def test_nothing_done(self) -> None:
        sample = window("gil", "main", 0, 0, 0)
        self.assertEqual(statistics.throughput(sample), 0)
        self.assertEqual(statistics.ns_per_op(sample), math.inf)
        self.assertTrue(math.isnan(statistics.jain_index(sample)))

    def test_fairness(self) -> None:
        fair = window("gil", "main", 0, 0, 0, ops=[500, 500])
        starved = window("gil", "main", 0, 0, 0, ops=[1000, 0])
        self.assertEqual((statistics.jain_index(fair), statistics.slowest_share(fair)), (1.0, 1.0))
        self.assertEqual((statistics.jain_index(starved), statistics.slowest_share(starved)), (0.5, 0.0))

    def test_fairness_of_some(self) -> None:
        sample = window("gil", "main", 0, 0, 0, ops=[3, 400, 400])
        self.assertEqual(statistics.jain_index(sample, 1), 1.0)
        self.assertTrue(math.isnan(statistics.jain_index(sample, 3)))

    def test_first_worker_and_what_is_lost(self) -> None:
        sample = window("gil", "main", 0, 0, 0, ops=[100, 300], wall_ns=[2 * 10**9, 10**9])
        self.assertEqual(statistics.first_worker_rate(sample), 50.0)
        self.assertTrue(math.isnan(statistics.lost_share(sample)))
        self.assertEqual(statistics.lost_share(sample | {"lost": 100}), 0.25)

    def test_latency_is_inverted(self) -> None:
        samples = []
        for process in range(3):
            for variant, role, p50 in (("gil", "main", 5000), ("gil", "copy", 5000),
                                       ("object", "main", 50)):  # fmt: skip
                latency = {"unit": "ns", "count": 9, "p50": p50, "p99": 2 * p50}
                for _ in range(2):
                    samples.append(window(variant, role, process, 0, 1, cell="mixed_reply",
                                          latency=latency))  # fmt: skip
        found = statistics.compare_pair(samples, CASE, "gil", "object")
        self.assertAlmostEqual(found.ratio, 100.0)
        self.assertEqual(found.verdict, "faster")
        tail = statistics.absolute(samples, CASE, "gil", statistics.tail_latency)
        self.assertEqual((tail.value, tail.processes), (10_000, 3))


class Runs(unittest.TestCase):
    def test_slower_run_is_seen(self) -> None:
        before = simulate(np.random.default_rng(13), 1.0)
        after = simulate(np.random.default_rng(14), 0.4)
        found = statistics.compare_runs(before, after, CASE, "object")
        self.assertEqual(found.verdict, "slower")
        self.assertLess(found.high, 1)

    def test_scaling(self) -> None:
        one = simulate(np.random.default_rng(15), 1.0)
        two = [s | {"case": "count_small/threads:2", "ops": s["ops"] * 2, "wall_ns": s["wall_ns"] * 2}
               for s in one]  # fmt: skip
        found = statistics.scaling(one + two, CASE, "count_small/threads:2", "gil")
        self.assertAlmostEqual(found.value, 2.0)

    def test_beside_a_peer_of_other_processes(self) -> None:
        ours = simulate(np.random.default_rng(17), 1.0)
        theirs = [s | {"variant": "CPython 3.11.2", "role": "peer", "ops": [n // 2 for n in s["ops"]]}
                  for s in ours if (s["variant"], s["role"]) == ("gil", "main")]  # fmt: skip
        found = statistics.beside(ours + theirs, CASE, "CPython 3.11.2", "gil", statistics.throughput)
        self.assertAlmostEqual(found.value, 2.0, places=3)
        self.assertLessEqual(found.low, found.value)
        self.assertIsNone(statistics.beside(ours, CASE, "CPython 3.11.2", "gil"))

    def test_a_server_is_compared_by_what_it_serves(self) -> None:
        window = {"cell": "convoy_echo", "ops": [50, 10**9], "wall_ns": [10**9, 10**9], "latency": None}
        self.assertEqual(statistics.speed(window), 50)

    def test_ladder_has_steps_then_the_pair(self) -> None:
        samples = [s | {"variant": v, "role": "main"} for v in ("gil", "gil-biased", "object")
                   for s in simulate(np.random.default_rng(16), 1.0) if s["role"] == "copy"]  # fmt: skip
        steps = [(e.base, e.against) for e in statistics.ladder(samples, CASE)]
        self.assertEqual(steps, [("gil", "gil-biased"), ("gil-biased", "object"), ("gil", "object")])


class Accounts(unittest.TestCase):
    LINE = {
        "wall_ns": [2 * 10**9, 10**9],
        "account": {"gil_forced_switch": 400},
        "account_threads": [
            {"time_running_ns": 10, "time_waiting_ns": 20, "time_switching_ns": 0, "time_blocked_ns": 70},
            {"time_running_ns": 90, "time_waiting_ns": 10, "time_switching_ns": 0, "time_blocked_ns": 0},
        ],
    }  # fmt: skip

    def test_time_is_divided_by_worker(self) -> None:
        wanted = {"running": 0.1, "waiting": 0.2, "switching": 0.0, "blocked": 0.7}
        self.assertEqual(statistics.time_shares(self.LINE, [0]), wanted)
        self.assertEqual(statistics.time_shares(self.LINE, [0, 1])["running"], 0.5)
        self.assertTrue(math.isnan(statistics.time_shares(self.LINE, [])["running"]))

    def test_rate_is_by_the_longest_worker(self) -> None:
        self.assertEqual(statistics.account_rate(self.LINE, "gil_forced_switch"), 200.0)


class Percentiles(unittest.TestCase):
    def test_histograms_are_added(self) -> None:
        one, two = {"buckets": [[10, 1], [30, 2]]}, {"buckets": [[20, 5], [30, 1], [40, 0]]}
        self.assertEqual(statistics.merged([one, two, {}]), [(10, 1), (20, 5), (30, 3)])

    def test_percentile_is_the_end_of_its_bucket(self) -> None:
        buckets = [(10, 50), (20, 40), (30, 10)]
        found = [statistics.percentile(buckets, share) for share in (0.5, 0.51, 0.9, 0.97)]
        self.assertEqual(found, [10.0, 20.0, 20.0, 30.0])

    def test_a_maximum_is_no_percentile(self) -> None:
        self.assertTrue(math.isnan(statistics.percentile([(10, 50), (20, 50)], 0.99)))
        self.assertEqual(statistics.percentile([(10, 150), (20, 150)], 0.99), 20.0)
        self.assertTrue(math.isnan(statistics.percentile([], 0.5)))


def weighing(variant: str, process: int, peak: int, end: int = 0) -> dict[str, Any]:
    """A process whose memory grew by `peak` bytes for ten objects."""
    return {
        "case": CASE, "variant": variant, "process": process, "ops": [4, 6],
        "resident": {"start": 1000, "peak": 1000 + peak, "end": 1000 + end},
    }  # fmt: skip


class Memory(unittest.TestCase):
    LINES = [weighing("gil", p, 500 + p, 30) for p in range(3)]
    LINES += [weighing("mimalloc", p, 250) for p in range(3)]

    def test_quantities(self) -> None:
        found = statistics.weighed(self.LINES, CASE, "gil", statistics.peak_growth)
        self.assertEqual((found.value, found.processes), (501, 3))
        each = statistics.weighed(self.LINES, CASE, "gil", statistics.bytes_per_object)
        self.assertAlmostEqual(each.value, 50.1)
        self.assertEqual(statistics.weighed(self.LINES, CASE, "gil", statistics.left_over).value, 30)
        self.assertIsNone(statistics.weighed(self.LINES, CASE, "object", statistics.left_over))

    def test_ratio(self) -> None:
        found = statistics.weighed_ratio(self.LINES, CASE, "mimalloc", "gil")
        self.assertAlmostEqual(found.value, 501 / 250)
        self.assertAlmostEqual(found.low, 2.0)


class Together(unittest.TestCase):
    def test_the_geometric_mean_of_known_ratios(self) -> None:
        generator = np.random.default_rng(5)
        first = simulate(generator, 2.0)
        second = [sample | {"case": "other"} for sample in simulate(generator, 0.5)]
        found = statistics.geometric_mean(first + second, [CASE, "other"], "gil", "object")
        self.assertAlmostEqual(found.value, 1.0, delta=0.01)
        self.assertLess(found.low, 1.0)
        self.assertGreater(found.high, 1.0)
        self.assertLess(found.high - found.low, 0.02)

    def test_a_case_without_a_pair(self) -> None:
        samples = simulate(np.random.default_rng(5), 2.0)
        self.assertIsNone(statistics.geometric_mean(samples, [CASE, "none"], "gil", "object"))


def program(engine: str, process: int, seconds: float, case: str = "fib.py/threads:1") -> dict[str, Any]:
    """A run of a program that did 1,000 operations."""
    role = "peer" if engine.startswith("CPython") else "main"
    wall = [round(seconds * 1e9)]
    return window(engine, role, process, 0, 1000, case=case, cell="fib.py", wall_ns=wall, checksum="7")


class Programs(unittest.TestCase):
    """Engines in processes of their own: unpaired."""

    RUNS = [program(engine, i, seconds * (1 + 0.001 * i))
            for engine, seconds in (("gil", 0.2), ("object", 0.25), ("CPython 3.11.2", 0.4))
            for i in range(5)]  # fmt: skip

    def test_a_ratio_is_unpaired(self) -> None:
        found = statistics.compare_pair(self.RUNS, "fib.py/threads:1", "gil", "object")
        self.assertAlmostEqual(found.ratio, 0.8, places=6)
        self.assertEqual((found.verdict, found.processes, found.blocks), ("slower", 5, 0))
        self.assertLess(found.low, found.ratio)

    def test_the_ladder_has_peers(self) -> None:
        steps = statistics.ladder(self.RUNS, "fib.py/threads:1")
        pairs = [(step.base, step.against) for step in steps]
        self.assertEqual(pairs, [("gil", "object"), ("CPython 3.11.2", "object")])
        self.assertAlmostEqual(steps[1].ratio, 1.6, places=6)

    def test_noise_forbids_a_claim(self) -> None:
        noisy = [program(e, i, s * (1 + 0.1 * i)) for e, s in (("gil", 0.2), ("object", 0.22)) for i in range(5)]
        found = statistics.compare_pair(noisy, "fib.py/threads:1", "gil", "object")
        self.assertEqual(found.verdict, "inconclusive")

    def test_geometric_mean_over_programs(self) -> None:
        cases = ["fib.py/threads:1", "nbody.py/threads:1"]
        more = [s | {"case": cases[1], "wall_ns": [w * (2 if s["variant"] == "object" else 1) for w in s["wall_ns"]]}
                for s in self.RUNS]  # fmt: skip
        found = statistics.geometric_mean_apart(self.RUNS + more, cases, "gil", "object")
        self.assertAlmostEqual(found.value, math.sqrt(0.8 * 0.4), places=6)
        self.assertEqual(found.processes, 5)
        self.assertIsNone(statistics.geometric_mean_apart(self.RUNS, cases, "gil", "object"))

    def test_geometric_mean_of_what_threads_gain(self) -> None:
        two = [s | {"case": "fib.py/threads:2", "threads": 2, "ops": s["ops"] * 2, "wall_ns": s["wall_ns"] * 2}
               for s in self.RUNS]  # fmt: skip
        found = statistics.geometric_mean_apart(
            self.RUNS + two, ["fib.py/threads:2"], "object", "object", one=["fib.py/threads:1"]
        )
        self.assertAlmostEqual(found.value, 2.0, places=6)


class Pauses(unittest.TestCase):
    def test_collections_compare_by_their_mean(self) -> None:
        latency = {"unit": "ns", "count": 2, "mean": 5000.0, "p50": 9000}
        pause = window("gil", "main", 0, 0, 1, cell="gc_live", latency=latency, params={"objects": 100})
        self.assertEqual(statistics.speed(pause), 1e9 / 5000)
        self.assertEqual(statistics.pause_per_object(pause), 50)


if __name__ == "__main__":
    unittest.main()
