"""The doctor on made-up machines: what disturbs is found, and what is not there harms nobody."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from typing import Callable, Iterator

from suite import cgroups, doctor

GIL, FREE = ({"version": v, "free_threaded_build": f} for v, f in (("3.11.2", False), ("3.14.0", True)))
CPU_LINE = "cpu  700 0 100 9000 0 0 0 {steal} 0 0\ncpu0 1 2 3\n"


class Case(unittest.TestCase):
    """A test with a folder to make a machine up in."""

    def setUp(self) -> None:
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.root = Path(holder.name)

    def write(self, name: str, text: str) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + "\n")
        return path

    def only(self, found: Iterator[doctor.Finding]) -> doctor.Finding:
        (finding,) = found
        return finding


class Files(Case):
    def test_checks_of_one_file(self) -> None:
        for check, text, matters, words in (
            (doctor.smt, "1", True, "hyperthreads: on"),
            (doctor.smt, "0", False, "off"),
            (doctor.load, "99.5 4.0 1.0 1/100 7", True, "99.5 over the last minute. Stop"),
            (doctor.load, "0.00 0.0 0.0 1/100 7", False, "load: 0.0"),
            (doctor.pressure, "some avg10=42.00 avg60=0 avg300=0 total=1", True, "42%"),
            (doctor.pressure, "some avg10=0.00 avg60=0 avg300=0 total=1", False, "0%"),
            (doctor.huge_pages, "[always] madvise never", True, "echo madvise >"),
            (doctor.huge_pages, "always [madvise] never", False, "madvise"),
            (doctor.clock_source, "hpet", True, "clocksource=tsc"),
            (doctor.clock_source, "tsc", False, "clock: tsc"),
        ):
            with self.subTest(check.__name__, text=text):
                finding = self.only(check(self.write("file", text)))
                self.assertEqual(finding.matters, matters)
                self.assertIn(words, finding.line())
                self.assertTrue(finding.cure or not matters, "it disturbs, and nothing is said to do")

    def test_governor(self) -> None:
        self.write("cpu0/cpufreq/scaling_governor", "performance")
        self.assertFalse(self.only(doctor.governor(self.root)).matters)
        self.write("cpu1/cpufreq/scaling_governor", "powersave")
        finding = self.only(doctor.governor(self.root))
        self.assertTrue(finding.matters)
        self.assertIn("performance, powersave", finding.found)

    def test_boost(self) -> None:
        for name, on, off in (("intel_pstate/no_turbo", "0", "1"), ("cpufreq/boost", "1", "0")):
            with self.subTest(name):
                path = self.write(name, on)
                finding = self.only(doctor.boost(self.root))
                self.assertTrue(finding.matters)
                self.assertIn(f"echo {off} > {path}", finding.cure)
                self.write(name, off)
                self.assertEqual(self.only(doctor.boost(self.root)).line().split(None, 1), ["ok", "boost: off"])
                path.unlink()

    def test_cpus_that_others_may_use(self) -> None:
        self.assertIn(f"{len(os.sched_getaffinity(0))} of 4096 that are online" if
                      len(os.sched_getaffinity(0)) > 1 else "one of 4096",
                      self.only(doctor.cores(self.write("online", "0-4093,5000,6000"))).found)  # fmt: skip
        self.assertEqual([doctor.cpu_count(text) for text in ("0", "0-3,8", "", "x-2")], [1, 5, 0, 0])

    def test_virtual_machine(self) -> None:
        info = self.write("cpuinfo", "processor : 0\nflags\t\t: fpu hypervisor sse")
        stat = self.write("stat", CPU_LINE.format(steal=0))
        self.assertTrue(self.only(doctor.virtual_machine(info, stat)).line().startswith("note"))
        bare = self.write("bare", "flags\t\t: fpu sse")
        self.assertTrue(self.only(doctor.virtual_machine(bare, stat)).line().startswith("ok"))
        robbed = self.only(doctor.virtual_machine(bare, self.write("stat", CPU_LINE.format(steal=200))))
        self.assertTrue(robbed.matters)
        self.assertIn("2.0% of the time", robbed.found)

    def test_pythons(self) -> None:
        for found, words in (
            ([], "none on PATH"), ([GIL], "no free-threaded build"), ([FREE], "no build with the GIL"),
            ([GIL, FREE], "ok"),
        ):  # fmt: skip
            self.assertIn(words, self.only(doctor.pythons(lambda: found)).line())


class Container(Case):
    def found(self, own: str) -> list[str]:
        return [f.line() for f in doctor.container(self.root, self.write("own", own))]

    def test_second_version_and_the_tightest_limit_on_the_way_up(self) -> None:
        self.write("a/cpu.max", "150000 100000")
        self.write("a/b/cpu.max", "max 100000")
        self.write("a/b/memory.max", str(512 << 20))
        self.write("a/memory.max", "max")
        time, memory = self.found("0::/a/b")
        self.assertIn("limited to 1.5 CPUs", time)
        self.assertIn("512 MiB", memory)
        self.assertTrue(memory.startswith("disturbs"))

    def test_first_version(self) -> None:
        self.write("cpu,cpuacct/box/cpu.cfs_quota_us", "50000")
        self.write("cpu,cpuacct/box/cpu.cfs_period_us", "100000")
        self.write("memory/memory.limit_in_bytes", str(8 << 30))
        time, memory = self.found("4:memory:/box\n3:cpu,cpuacct:/box\n1:name=systemd:/box")
        self.assertIn("limited to 0.5 CPUs", time)
        self.assertIn("8,192 MiB", memory)
        self.assertTrue(memory.startswith("ok"))

    def test_no_limit(self) -> None:
        self.write("cpu/cpu.cfs_quota_us", "-1")
        self.write("cpu/cpu.cfs_period_us", "100000")
        self.write("memory/memory.limit_in_bytes", "9223372036854771712")
        self.assertEqual(self.found("2:memory:/\n1:cpu:/"), ["ok        container: no limit on CPU time"])

    def test_group_outside_of_what_is_mounted(self) -> None:
        self.write("cpu.max", "100000 100000")
        for place in ("0::/../../other", "0::/only/the/host/knows"):
            self.assertEqual(cgroups.cpus(self.root, self.write("own", place)), 1.0)


class RunQueue(Case):
    SCHEDSTAT = Path("/proc/self/schedstat")

    def test_a_program_on_the_same_cpu_is_noticed(self) -> None:
        if not self.SCHEDSTAT.exists():
            self.skipTest("the kernel has no schedstat")
        cpu = min(os.sched_getaffinity(0))
        code = f"import os; os.sched_setaffinity(0, {{{cpu}}}); print('on', flush=True)\nwhile True: pass"
        with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as spinner:
            try:
                spinner.stdout.readline()
                shares = doctor.waiting_shares(self.SCHEDSTAT, 0.5)
                finding = self.only(doctor.run_queue(self.SCHEDSTAT, 0.5))
            finally:
                spinner.kill()
        self.assertGreater(shares[cpu], 0.2)
        self.assertTrue(finding.matters)
        self.assertIn("waits at most", finding.found)

    def test_nobody_waits(self) -> None:
        still = self.write("schedstat", "12345 678 9")
        finding = self.only(doctor.run_queue(still, 0.01))
        self.assertFalse(finding.matters)
        self.assertIn("0.0% of the time", finding.found)

    def test_strange_files_say_nothing(self) -> None:
        for text in ("", "12", "a b c"):
            self.assertIn("does not tell", self.only(doctor.run_queue(self.write("s", text), 0.01)).found)


class Everything(Case):
    def test_nothing_there_harms_nobody(self) -> None:
        nowhere = self.root / "nowhere"
        for check in (doctor.governor, doctor.boost, doctor.smt, doctor.cores, doctor.load, doctor.pressure,
                      doctor.huge_pages, doctor.clock_source, doctor.run_queue, doctor.address_layout):  # fmt: skip
            with self.subTest(check.__name__):
                self.assert_finds(lambda: check(nowhere))
        self.assert_finds(lambda: doctor.container(nowhere, nowhere))
        self.assert_finds(lambda: doctor.virtual_machine(nowhere, nowhere))

    def test_damaged_files_harm_nobody(self) -> None:
        damaged = self.root / "damaged"
        damaged.write_bytes(b"\xff\xfe\x00 \x80")
        for check in (doctor.smt, doctor.cores, doctor.load, doctor.pressure, doctor.huge_pages,
                      doctor.clock_source, doctor.run_queue):  # fmt: skip
            with self.subTest(check.__name__):
                self.assert_finds(lambda: check(damaged))
        self.assert_finds(lambda: doctor.virtual_machine(damaged, damaged))

    def assert_finds(self, check: Callable[[], Iterator[doctor.Finding]]) -> None:
        for finding in check():
            self.assertRegex(finding.line(), r"^(ok|note|disturbs) +\w+")

    def test_what_lasts_goes_into_the_run(self) -> None:
        self.assertTrue(set(doctor.warnings()) <= {
            f"{f.subject}: {f.found}" for check in doctor.LASTING for f in check() if f.matters})  # fmt: skip
        self.assertFalse(set(doctor.LASTING) & set(doctor.PASSING))


if __name__ == "__main__":
    unittest.main()
