"""Plans: cases of profiles, time within the budget, the order, what a resumed run lacks."""

from __future__ import annotations

import unittest

from suite import plan, profiles
from suite.errors import InputError
from suite.locations import VARIANTS
from suite.tests import fake_runner

CELLS = fake_runner.cells()


def cases(profile: profiles.Profile, units: int = 2, **more: object) -> list[plan.Case]:
    given = {"suites": [], "variants": VARIANTS, "threads": None} | more
    return plan.choose(profile, CELLS, given["suites"], given["variants"], given["threads"], units)


class Cases(unittest.TestCase):
    def test_quick_names_at_most_twelve_cells(self) -> None:
        self.assertLessEqual(len({case.cell for case in cases(profiles.QUICK)}), 12)

    def test_profiles_name_cells_that_exist(self) -> None:
        known = {cell for topic in profiles.TOPICS.values() for cell in topic}
        for profile in profiles.PROFILES.values():
            self.assertLessEqual({choice.cell for choice in profile.choices or ()}, known)

    def test_full_has_every_cell_share_and_thread_count(self) -> None:
        found = {case.id for case in cases(profiles.FULL, units=4)}
        for name in ("crossing_list/share:25/threads:8", "count_int/threads:1", "gil_pair/threads:2"):
            self.assertIn(name, found)

    def test_smoke_runs_all_variants(self) -> None:
        found = {variant for case in cases(profiles.SMOKE) for variant in case.variants}
        self.assertEqual(found, set(VARIANTS))

    def test_unlocked_is_timed_on_one_thread_only(self) -> None:
        for case in cases(profiles.FULL):
            self.assertEqual("unlocked" in case.variants, case.threads == 1)

    def test_pairs_of_workers_come_in_even_numbers(self) -> None:
        self.assertEqual(cases(profiles.QUICK, suites=["socket_echo"], threads=(2, 3))[0].threads, 2)
        with self.assertRaises(InputError):
            cases(profiles.QUICK, suites=["socket_echo"], threads=(3,))

    def test_threads_replace_the_profiles(self) -> None:
        self.assertEqual({case.threads for case in cases(profiles.QUICK, threads=(4,))}, {4})

    def test_a_named_suite_is_whole(self) -> None:
        found = {case.cell for case in cases(profiles.SMOKE, suites=["gil"])}
        self.assertEqual(found, {"gil_pair", "gil_handover"})

    def test_nothing_left(self) -> None:
        with self.assertRaises(InputError):
            cases(profiles.QUICK, suites=["mixed"], threads=(1,))
        with self.assertRaises(InputError):
            cases(profiles.QUICK, suites=["mixed"], variants=("unlocked",))

    def test_thread_counts(self) -> None:
        self.assertEqual(profiles.thread_counts((1, 2, "cores"), 8), [1, 2, 8])
        self.assertEqual(profiles.thread_counts((1, 2, "cores"), 1), [1, 2])
        self.assertEqual(profiles.thread_counts((1, 2, 4, "doubling"), 6), [1, 2, 4, 8, 12])


class Time(unittest.TestCase):
    def test_quick_fits_its_budget_on_any_number_of_cores(self) -> None:
        for units in (1, 2, 4, 64, 256):
            chosen = cases(profiles.QUICK, units)
            seconds = plan.divide_time(chosen, profiles.QUICK)
            each = sum(seconds.values()) + plan.START_S * len(chosen)
            whole = each * profiles.QUICK.rounds + plan.ACCOUNT_S * len(chosen)
            self.assertLessEqual(whole, profiles.QUICK.budget_s, f"{units} units")

    def test_smoke_measures_less_than_a_minute(self) -> None:
        seconds = plan.divide_time(cases(profiles.SMOKE), profiles.SMOKE)
        self.assertLess(sum(seconds.values()) * profiles.SMOKE.rounds, 45)

    def test_everybody_gets_a_block(self) -> None:
        chosen = cases(profiles.QUICK)
        seconds = plan.divide_time(chosen, profiles.QUICK)
        for case in chosen:
            self.assertGreaterEqual(seconds[case.id], case.block_s)

    def test_a_single_cell_does_not_use_the_whole_budget(self) -> None:
        chosen = cases(profiles.QUICK, suites=["count_small"], threads=(1,))
        seconds = plan.divide_time(chosen, profiles.QUICK)
        self.assertLess(sum(seconds.values()) * profiles.QUICK.rounds, 30)

    def test_full_counts_blocks(self) -> None:
        self.assertGreaterEqual(profiles.FULL.rounds * profiles.FULL.blocks, 50)


class Order(unittest.TestCase):
    NAMES = ["a", "b", "c", "d", "e"]

    def test_each_round_visits_each_case(self) -> None:
        timed = [task for task in plan.tasks(self.NAMES, 4, 1) if not task.account]
        for number in range(4):
            visited = [task.case for task in timed[5 * number : 5 * number + 5]]
            self.assertEqual(sorted(visited), self.NAMES)
            self.assertTrue(all(t.process == number for t in timed[5 * number : 5 * number + 5]))

    def test_seeded(self) -> None:
        self.assertEqual(plan.tasks(self.NAMES, 6, 1), plan.tasks(self.NAMES, 6, 1))
        self.assertNotEqual(plan.tasks(self.NAMES, 6, 1), plan.tasks(self.NAMES, 6, 2))

    def test_accounts_once_per_case(self) -> None:
        accounts = [task.case for task in plan.tasks(self.NAMES, 3, 1) if task.account]
        self.assertEqual(sorted(accounts), self.NAMES)

    def test_missing(self) -> None:
        missing = plan.missing_tasks(
            ["a", "b"], 3, 1, done={"a": {0, 1}, "b": {0}}, begun={"a": {0, 1, 2}, "b": {0}},
            accounted={"a"},
        )  # fmt: skip
        timed = sorted((t.case, t.process) for t in missing if not t.account)
        self.assertEqual(timed, [("a", 3), ("b", 1), ("b", 2)])  # 2 of a was begun: a new number
        self.assertEqual([t.case for t in missing if t.account], ["b"])

    def test_nothing_missing(self) -> None:
        done = {"a": {0, 4}}
        self.assertEqual(plan.missing_tasks(["a"], 2, 1, done, done, {"a"}), [])


if __name__ == "__main__":
    unittest.main()
