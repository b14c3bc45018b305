"""The runner program from outside: samples, accounts, flags, interruption."""

import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import unittest

RUNNER = ""
VARIANTS = ["unlocked", "gil", "gil-biased", "object", "object-atomic"]
SHORT = ["--window-ms=1", "--blocks=1", "--switch-interval-us=20"]


def no_constant(name: str) -> None:
    raise AssertionError(f"{name} is not JSON")


def run(*flags: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([RUNNER, *flags], capture_output=True, text=True, timeout=120)


class Runner(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.samples = pathlib.Path(folder.name) / "samples.jsonl"

    def measure(self, *flags: str) -> list[dict]:
        self.samples.unlink(missing_ok=True)
        done = run(f"--samples={self.samples}", *flags)
        self.assertEqual(done.returncode, 0, done.stderr)
        lines = self.samples.read_text().splitlines()
        return [json.loads(line, parse_constant=no_constant) for line in lines]

    def first_blocks(self, samples: list[dict]) -> dict[str, list[dict]]:
        blocks: dict[str, list[dict]] = {}
        for sample in samples:
            if sample["block"] == 0:
                blocks.setdefault(sample["case"], []).append(sample)
        return blocks

    def test_every_cell_in_every_variant(self) -> None:
        cells = [cell for cell in json.loads(run("--list-json").stdout) if cell["timed"]]
        slow = "|".join(cell["cell"] for cell in cells if cell["window_ms"] != 0)
        # One value of what is only a length will do.
        one = "(?!.*(interval:(?!500/)|call:(?!100/)|io:(?!1/)|live:100000|size:512))"
        blocks = self.first_blocks(
            self.measure("--threads=1,2", f"--cells=^{one}(?!({slow})/)", *SHORT))
        self.check_sides(blocks, VARIANTS)
        # Where windows are long, neighbours of one kind each.
        one = "(?!.*(interval:(?!500/)|call:(?!100/)|io:(?!1/)|objects:(?!10000/)|order:random|share:(?!10/)))"
        slow_blocks = self.first_blocks(
            self.measure("--threads=2", f"--cells=^{one}({slow})/", "--variants=gil,object", *SHORT))
        self.check_sides(slow_blocks, ["gil", "object"])
        self.assertEqual({case.split("/")[0] for case in [*blocks, *slow_blocks]},
                         {cell["cell"] for cell in cells})

    def check_sides(self, blocks: dict[str, list[dict]], variants: list[str]) -> None:
        machine = json.loads(run("--machine-json").stdout)
        heaps = {heap["name"] for heap in machine["heaps"] if heap["found"]}
        for case, samples in blocks.items():
            sides = [(s["variant"], s["role"]) for s in samples]
            self.assertEqual(sides, sides[::-1], case)
            expected = set(variants) - ({"unlocked"} if samples[0]["threads"] > 1 else set())
            self.assertEqual({v for v, role in sides if role == "main"}, expected, case)
            self.assertEqual({v for v, role in sides if role == "copy"}, {"gil"}, case)
            peers = {v for v, role in sides if role == "peer"}
            self.assertEqual(peers, self.expected_peers(case, heaps), case)
            for sample in samples:
                self.assertEqual(len(sample["ops"]), sample["threads"])
                self.assertEqual(len(sample["cpus"]), sample["threads"])
                self.assertEqual(len({s["window_ms"] for s in samples}), 1)

    def expected_peers(self, case: str, heaps: set[str]) -> set[str]:
        if case.startswith("alloc_handover"):
            return heaps - {"freelist"}
        return {"pthread_mutex"} if case.startswith("lock_") else heaps if case.startswith("alloc_") else set()

    def test_two_allocators_are_always_there(self) -> None:
        heaps = json.loads(run("--machine-json").stdout)["heaps"]
        self.assertEqual([heap["name"] for heap in heaps],
                         ["glibc", "mimalloc", "jemalloc", "tcmalloc", "freelist"])
        for heap in heaps:
            self.assertTrue(heap["found"] or heap["why"], heap)
            if heap["name"] in ("glibc", "freelist"):
                self.assertTrue(heap["found"] or "sanitizer" in heap["why"], heap)

    def test_memory_is_a_process_per_side(self) -> None:
        samples = self.measure("--memory", "--threads=1", "--variants=gil,object",
                               "--cells=alloc_random/live:100000|object_memory.*kind:(int|list)")
        grown: dict[tuple[str, str], list[int]] = {}
        for sample in samples:
            self.assertEqual(sample["build"], "memory")
            resident = sample["resident"]
            self.assertLessEqual(resident["start"], resident["peak"])
            key = sample["params"].get("kind", "blocks"), sample["variant"]
            grown.setdefault(key, []).append(resident["peak"] - resident["start"])
        for key, values in grown.items():
            self.assertEqual(len(values), 3, key)
            self.assertLess(max(values), 1.2 * min(values), key)
        self.assertGreater(min(grown["blocks", "glibc"]), 100_000 * 100)
        # At least header and digit of an int, header and array of a list. Not the whole blocks: what the start left
        # free is resident already, and the first of the objects lie in it.
        self.assertGreater(min(grown["int", "object"]), 200_000 * (24 + 4))
        self.assertGreater(min(grown["list", "gil"]), 200_000 * (16 + 8))

    def test_churn_gives_memory_back(self) -> None:
        samples = self.measure("--memory", "--threads=2", "--variants=gil,object", "--cells=churn")
        self.assertEqual(len(samples), 6)
        for sample in samples:
            resident = sample["resident"]
            room = max(resident["start"] / 10, 4 << 20)
            self.assertLess(resident["end"] - resident["start"], room, sample["variant"])

    def test_collections_are_timed_by_heap_size(self) -> None:
        samples = self.measure("--threads=1", "--blocks=1", "--variants=object", "--aa=",
                               "--cells=gc_(live|garbage/share:100)/objects:(10000|100000)/order:linear|gc_young/objects:(10000|1000000)/")
        mean: dict[tuple[str, int], float] = {}
        for sample in samples:
            self.assertGreater(sample["latency"]["count"], 0, sample["case"])
            mean[sample["cell"], sample["params"]["objects"]] = sample["latency"]["mean"]
        for cell in ("gc_live", "gc_garbage"):
            self.assertGreater(mean[cell, 100_000], 3 * mean[cell, 10_000], cell)
        self.assertLess(mean["gc_young", 1_000_000], 5 * mean["gc_young", 10_000])

    def test_latency_is_recorded(self) -> None:
        samples = self.measure("--cells=mixed_reply", "--threads=2", "--blocks=1",
                               "--variants=gil,object", "--switch-interval-us=2000")
        for sample in samples:
            latency = sample["latency"]
            self.assertGreater(latency["count"], 5)
            self.assertEqual(sum(count for _, count in latency["buckets"]), latency["count"])
            self.assertLessEqual(latency["p50"], latency["p99"])

    def test_account_counts_the_work(self) -> None:
        samples = self.measure("--account", "--threads=1", "--cells=refcount_own/|count_int/")
        self.assertEqual(len(samples), 2 * len(VARIANTS))
        for sample in samples:
            self.assertEqual(sample["build"], "account")
            operations, account = sample["ops"][0], sample["account"]
            if sample["cell"] == "refcount_own":
                self.assertAlmostEqual(account["incref"] / operations, 1, places=2)
            else:
                self.assertAlmostEqual(account["alloc_objects"] / operations, 1, places=2)

    def test_shared_objects_are_foreign_and_private_ones_are_not(self) -> None:
        samples = self.measure("--account", "--threads=1,2", "--variants=gil-biased,object",
                               "--cells=refcount_shared|_private|count_int")
        for sample in samples:
            account = sample["account"]
            shared = account["incref"] if sample["cell"] == "refcount_shared" else 0
            self.assertEqual(account["incref_shared"], shared, (sample["case"], sample["variant"]))

    def test_the_account_has_all_of_a_workers_time(self) -> None:
        samples = self.measure("--account", "--threads=2", "--cells=mixed_reply",
                               "--variants=gil,object")
        for sample in samples:
            for counters, wall in zip(sample["account_threads"], sample["wall_ns"], strict=True):
                spent = sum(ns for name, ns in counters.items() if name.startswith("time_"))
                self.assertAlmostEqual(spent / wall, 1, delta=0.1)  # a real run: within 0.01%
            waiting = [w["time_waiting_ns"] for w in sample["account_threads"]]
            if sample["variant"] == "gil":
                self.assertGreater(waiting[0], waiting[1])
                self.assertGreater(sample["histograms"]["gil_handover"]["count"], 5)
            else:
                self.assertIsNone(sample["histograms"]["gil_handover"])

    def test_a_trace_says_who_held_what_when(self) -> None:
        trace_file = self.samples.with_name("trace.json")
        self.measure("--account", "--threads=2", "--cells=mixed_reply", "--variants=gil",
                     f"--trace={trace_file}")
        trace = json.loads(trace_file.read_text(), parse_constant=no_constant)
        self.assertEqual(trace["otherData"]["case"], "mixed_reply/threads:2")
        slices = [e for e in trace["traceEvents"] if e["ph"] == "X"]
        for worker in (0, 1):
            mine = sorted((e for e in slices if e["tid"] == worker), key=lambda e: e["ts"])
            self.assertIn("running", {e["name"] for e in mine})
            for before, after in zip(mine, mine[1:]):  # without gaps or overlaps
                self.assertAlmostEqual(before["ts"] + before["dur"], after["ts"], places=2)
        names = {e["name"] for e in trace["traceEvents"] if e["ph"] == "i"}
        self.assertEqual(names, {"drop requested", "forced switch"})

    def test_a_sleeper_waits_a_switch_interval_under_a_gil_only(self) -> None:
        samples = self.measure("--cells=reacquire/interval:5000/", "--threads=2", "--blocks=1",
                               "--variants=gil,object", "--aa=")
        late = {}
        for sample in samples:
            latency, (sleeps, steps) = sample["latency"], sample["ops"]
            self.assertGreater(latency["count"], 10)
            self.assertGreater(steps, sleeps)
            late.setdefault(sample["variant"], []).append(latency["p50"])
        self.assertGreater(min(late["gil"]), 4_000_000)  # the GIL is not had any sooner
        self.assertLess(min(late["object"]), min(late["gil"]))

    def test_a_cases_own_interval_counts(self) -> None:
        samples = self.measure("--cells=reacquire/interval:(500|20000)/", "--threads=2",
                               "--blocks=1", "--variants=gil", "--aa=")
        short, long = ([s for s in samples if s["params"]["interval"] == us] for us in (500, 20000))
        self.assertEqual({s["window_ms"] for s in short}, {600})
        self.assertEqual({s["window_ms"] for s in long}, {800})
        self.assertLess(max(s["latency"]["p50"] for s in short), min(s["latency"]["p50"] for s in long))

    def test_a_convoy_slows_a_server_down(self) -> None:
        samples = self.measure("--cells=convoy_echo/interval:20000/", "--threads=1,2",
                               "--blocks=1", "--variants=gil", "--aa=")
        alone, beside = ([s for s in samples if s["threads"] == n] for n in (1, 2))
        for sample in samples:
            # The client's round trips and the server's echoes, but for the batches cut off.
            echoes = sample["ops"][0]
            self.assertAlmostEqual(sample["latency"]["count"], echoes, delta=20 + echoes / 100)
        self.assertLess(2 * max(s["ops"][0] for s in beside), min(s["ops"][0] for s in alone))

    def test_updates_are_lost_where_nothing_holds_them_together(self) -> None:
        samples = self.measure("--cells=lost_update", "--threads=2", "--blocks=1", "--aa=",
                               "--variants=gil,gil-biased,object,object-atomic")
        for sample in samples:
            done, case = sum(sample["ops"]), (sample["case"], sample["variant"])
            self.assertLess(sample["lost"], done, case)
            if sample["variant"].startswith("gil") and sample["params"]["poll"] == "edge":
                self.assertEqual(sample["lost"], 0, case)
            else:
                self.assertGreater(sample["lost"], 0, case)

    def test_io_bound_workers_wake_less_often_than_others_count(self) -> None:
        for sample in self.measure("--cells=gil_time/interval:500/io:1/", "--threads=2,3",
                                   "--variants=gil", "--aa=", "--blocks=1"):
            self.assertGreater(min(sample["ops"][1:]), 10 * sample["ops"][0])

    def test_workloads_do_the_same_work_in_every_variant(self) -> None:
        """The policies neither add objects and references nor save any. But a key that is found by
        its value without a lock is held meanwhile, and a lock is taken where a writer is in the way."""
        samples = self.measure("--account", "--threads=2",
                               "--cells=sharing:|crossing_map/share:25/section:10/|_ring|mixed_work")
        work: dict[str, set[tuple[int, int]]] = {}
        sections: dict[str, set[int]] = {}
        for sample in samples:
            account, locks = sample["account"], sample["variant"].startswith("object")
            held = sum(sample["ops"]) if locks and sample["cell"] == "word_count" else 0
            if held:
                extra = account["incref"] - max(references for _, references in work[sample["case"]])
                self.assertLessEqual(extra, held, sample["case"])
            else:
                work.setdefault(sample["case"], set()).add((account["alloc_objects"], account["incref"]))
            if locks and sample["params"].get("sharing") == "private":
                sections.setdefault(sample["case"], set()).add(account["section_begin"])
        self.assertEqual(len(work), 4 * 4 + 1 + 1 + 3)
        for case in work:
            self.assertEqual(len(work[case]), 1, case)
            self.assertLessEqual(len(sections.get(case, ())), 1, case)
        self.assertEqual(len(sections), 4)

    def test_sharing_decides_who_takes_foreign_references(self) -> None:
        samples = self.measure("--account", "--threads=2", "--variants=object",
                               "--cells=^(trees|matrix|word_count|sieve)/")
        for sample in samples:
            account, sharing = sample["account"], sample["params"]["sharing"]
            foreign = account["incref_shared"] / account["incref"]
            if sharing == "private":
                self.assertEqual(foreign, 0, sample["case"])
            elif sharing == "read":
                self.assertGreater(foreign, 0.02, sample["case"])

    def test_a_workload_says_where_it_has_no_room(self) -> None:
        done = subprocess.run([RUNNER, "--cells=file_sync/threads:1", *SHORT], text=True,
                              env=dict(os.environ, TMPDIR="/nonexistent"), capture_output=True)
        self.assertEqual(done.returncode, 1)
        self.assertIn("TMPDIR", done.stderr.strip().splitlines()[-1])

    def test_wrong_flags_are_one_line(self) -> None:
        for flags in (["--variants=nope"], ["--cells=nope"], ["--cells=("], ["--threads=0"],
                      ["--threads=x"], ["--threads=9999"], ["--window-ms=-1"], ["--nonsense"],
                      ["stray"], ["--aa=object", "--variants=gil"], ["--samples=/nonexistent/f"],
                      ["--modules=/nonexistent"], ["--trace=f"],
                      ["--memory", "--account"], ["--memory", "--cells=count_small"], ["--scale=0"],
                      ["--account", "--trace=/nonexistent/f", "--variants=gil", "--threads=1",
                       "--cells=gil_pair"], ["--benchmark_nonsense=1"],
                      ["--variants=unlocked", "--threads=2"]):
            with self.subTest(flags):
                done = run(*flags)
                self.assertEqual(done.returncode, 2, done.stderr)
                self.assertEqual(len(done.stderr.strip().splitlines()), 1, done.stderr)

    def test_a_full_disk_is_one_line(self) -> None:
        done = run("--samples=/dev/full", "--cells=gil_pair/threads:1", *SHORT)
        self.assertEqual(done.returncode, 1)
        self.assertIn("samples", done.stderr)

    def test_interruption_keeps_what_is_done(self) -> None:
        process = subprocess.Popen(
            [RUNNER, f"--samples={self.samples}", "--cells=count_small/threads:1", "--blocks=1000"],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )
        deadline = time.monotonic() + 60
        while not (self.samples.exists() and self.samples.read_text().count("\n") > 3):
            self.assertLess(time.monotonic(), deadline, "no samples came")
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130)
        for line in self.samples.read_text().splitlines():
            json.loads(line)


if __name__ == "__main__":
    RUNNER = sys.argv.pop()
    unittest.main()
