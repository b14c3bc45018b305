"""Plans: cases of profiles, time within the budget, the order, what a resumed run lacks."""

from __future__ import annotations

import unittest

from suite import peers, plan, profiles, programs
from suite.errors import InputError
from suite.locations import VARIANTS
from suite.tests import fake_runner

CELLS = fake_runner.cells() + programs.cells()


def cases(profile: profiles.Profile, units: int = 2, **more: object) -> list[plan.Case]:
    given = {"suites": [], "variants": VARIANTS, "threads": None} | more
    return plan.choose(profile, CELLS, given["suites"], given["variants"], given["threads"], units)


class Cases(unittest.TestCase):
    def test_quick_names_at_most_fourteen_cells(self) -> None:
        found = {case.cell for case in cases(profiles.QUICK)}
        self.assertLessEqual(len(found - set(programs.CELLS)), 14)

    def test_standard_has_every_program(self) -> None:
        found = {case.cell for case in cases(profiles.STANDARD)}
        self.assertLessEqual(set(programs.CELLS), found)

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
            alone = case.threads == 1 and not programs.is_program(case.cell)
            self.assertEqual("unlocked" in case.variants, alone)

    def test_pairs_of_workers_come_in_even_numbers(self) -> None:
        self.assertEqual(cases(profiles.QUICK, suites=["socket_echo"], threads=(2, 3))[0].threads, 2)
        with self.assertRaises(InputError):
            cases(profiles.QUICK, suites=["socket_echo"], threads=(3,))

    def test_threads_replace_the_profiles(self) -> None:
        self.assertEqual({case.threads for case in cases(profiles.QUICK, threads=(4,))}, {4})

    def test_a_named_suite_is_whole(self) -> None:
        for suite, cells in profiles.TOPICS.items():
            found = {case.cell for case in cases(profiles.SMOKE, suites=[suite])}
            self.assertEqual(found, set(cells))

    def test_a_suite_of_several_topics(self) -> None:
        found = {case.cell for case in cases(profiles.SMOKE, suites=["memory"])}
        topics = profiles.SUITES["memory"]
        self.assertEqual(found, {cell for topic in topics for cell in profiles.TOPICS[topic]})

    def test_what_is_not_timed_has_no_time(self) -> None:
        found = cases(profiles.STANDARD, suites=["churn", "alloc_bleed"])
        seconds = plan.divide_time(found, profiles.STANDARD)
        planned = [case.planned(seconds[case.id], None) for case in found]
        for case in planned:
            self.assertEqual(case["seconds"] > 0, case["cell"] == "alloc_bleed")
            self.assertGreater(case["weighed_s"], 0)
        self.assertEqual({case for case, _ in plan.jobs(planned)},
                         {case["case"] for case in planned if case["cell"] == "alloc_bleed"})  # fmt: skip

    def test_a_longer_churn_is_foreseen(self) -> None:
        short, long = (cases(profile, suites=["churn"], threads=(2,))[0] for profile in (profiles.STANDARD, profiles.FULL))
        self.assertGreater(long.weighed_s, 100 * short.weighed_s)

    def test_a_choice_can_name_variants(self) -> None:
        found = {case.id: case.variants for case in cases(profiles.STANDARD)}
        self.assertEqual(found["reacquire/interval:5000/threads:2"], ("gil", "object"))
        self.assertEqual(found["reacquire/interval:100/threads:2"], ("gil",))
        self.assertEqual(len(found), len(cases(profiles.STANDARD)), "a case is chosen twice")

    def test_peers_join_the_cells_that_they_can_run(self) -> None:
        found = plan.with_peers(cases(profiles.QUICK), peers.CELLS, ["CPython 3.11.2"])
        for case in found:
            self.assertEqual(bool(case.peers), case.cell in peers.CELLS)
        jobs = plan.jobs([case.planned(1.0, None) for case in found])
        self.assertIn(("lost_update/poll:edge/threads:2", "CPython 3.11.2"), jobs)

    def test_traces_of_what_takes_part(self) -> None:
        found = cases(profiles.STANDARD, variants=("gil",))
        self.assertEqual([who for _, who in plan.traces(profiles.STANDARD, found)], ["gil"])
        self.assertEqual(plan.traces(profiles.STANDARD, cases(profiles.QUICK)), [])

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
    def test_profiles_fit_their_budgets_on_any_number_of_cores(self) -> None:
        joined = (*peers.CELLS, *programs.CELLS)
        for profile in (profiles.QUICK, profiles.STANDARD):
            for units in (1, 2, 4, 64, 256):
                chosen = plan.with_peers(cases(profile, units), joined, ["CPython", "CPython t"])
                seconds = plan.divide_time(chosen, profile)
                each = sum(seconds.values()) + plan.START_S * sum(case.timed for case in chosen)
                each += sum(case.apart_s() for case in chosen)
                once = sum(plan.once_s(case) for case in chosen)
                whole = each * profile.rounds + once
                self.assertLessEqual(whole, profile.budget_s, f"{profile.name}, {units} units")

    def test_windows_are_forty_intervals_of_their_own(self) -> None:
        found = {case.id: case.window_ms for case in cases(profiles.STANDARD)}
        self.assertEqual(found["reacquire/interval:500/threads:2"], 600)
        self.assertEqual(found["reacquire/interval:20000/threads:2"], 800)
        self.assertEqual(found["count_small/threads:1"], 20)
        self.assertEqual(found["count_small/threads:2"], 200)
        self.assertEqual(found["alloc_bleed/live:5000/threads:2"], 20)  # no GIL takes part
        self.assertEqual(found["gc_live/objects:1000000/order:linear/threads:1"], 400)

    def test_smoke_measures_less_than_a_minute(self) -> None:
        seconds = plan.divide_time(cases(profiles.SMOKE), profiles.SMOKE)
        self.assertLess(sum(seconds.values()) * profiles.SMOKE.rounds, 45)

    def test_everybody_gets_a_block(self) -> None:
        chosen = cases(profiles.QUICK)
        seconds = plan.divide_time(chosen, profiles.QUICK)
        for case in chosen:
            self.assertGreaterEqual(seconds[case.id] + 1e-9, case.block_s)

    def test_a_single_cell_does_not_use_the_whole_budget(self) -> None:
        chosen = cases(profiles.QUICK, suites=["count_small"], threads=(1,))
        seconds = plan.divide_time(chosen, profiles.QUICK)
        self.assertLess(sum(seconds.values()) * profiles.QUICK.rounds, 30)

    def test_full_counts_blocks(self) -> None:
        self.assertGreaterEqual(profiles.FULL.rounds * profiles.FULL.blocks, 50)


class Order(unittest.TestCase):
    JOBS = [("a", ""), ("b", ""), ("b", "CPython 3.11.2"), ("c", ""), ("d", ""), ("e", "")]

    def test_each_round_visits_each_job(self) -> None:
        timed = [t for t in plan.tasks(self.JOBS, 4, 1) if t.kind in (plan.TIMED, plan.PEER)]
        for number in range(4):
            visited = timed[6 * number : 6 * number + 6]
            self.assertEqual(sorted((task.case, task.who) for task in visited), self.JOBS)
            self.assertTrue(all(task.process == number for task in visited))

    def test_a_program_is_visited_more_often(self) -> None:
        jobs = [("a", ""), ("fib.py/threads:1", "gil")]
        times = plan.PROGRAM_RUNS
        runs = [task.process for task in plan.tasks(jobs, 3, 1) if task.kind == plan.PROGRAM]
        self.assertEqual(sorted(runs), list(range(3 * times)))
        self.assertTrue(all(number // times == place // times for place, number in enumerate(runs)))
        have = plan.Have(done={jobs[0]: {0, 1}, jobs[1]: {0, 3}}, accounted=set(jobs))
        missing = [task.process for task in plan.missing_tasks(jobs, 2, 1, have)]
        self.assertEqual(sorted(missing), sorted(set(range(2 * times)) - {0, 3}))

    def test_peers_lie_among_the_others_in_places_of_their_own(self) -> None:
        timed = [t for t in plan.tasks(self.JOBS, 20, 1) if t.kind in (plan.TIMED, plan.PEER)]
        places = {index % 6 for index, task in enumerate(timed) if task.kind == plan.PEER}
        self.assertGreater(len(places), 3)

    def test_seeded(self) -> None:
        self.assertEqual(plan.tasks(self.JOBS, 6, 1), plan.tasks(self.JOBS, 6, 1))
        self.assertNotEqual(plan.tasks(self.JOBS, 6, 1), plan.tasks(self.JOBS, 6, 2))

    def test_accounts_once_per_case_and_traces_once(self) -> None:
        tasks = plan.tasks(self.JOBS, 3, 1, [("a", "gil")])
        accounts = [task.case for task in tasks if task.kind == plan.ACCOUNT]
        self.assertEqual(sorted(accounts), ["a", "b", "c", "d", "e"])
        self.assertEqual([t for t in tasks if t.kind == plan.TRACE], [plan.Task("a", 0, plan.TRACE, "gil")])

    def test_memory_once_per_case_that_asks(self) -> None:
        tasks = plan.tasks(self.JOBS, 3, 1, (), ["a", "only weighed"])
        kinds = {kind: sorted(t.case for t in tasks if t.kind == kind) for kind in (plan.MEMORY, plan.ACCOUNT)}
        self.assertEqual(kinds[plan.MEMORY], ["a", "only weighed"])
        self.assertEqual(kinds[plan.ACCOUNT], ["a", "b", "c", "d", "e", "only weighed"])
        have = plan.Have(weighed={"a"})
        missing = plan.missing_tasks(self.JOBS, 1, 1, have, (), ["a", "only weighed"])
        self.assertEqual([t.case for t in missing if t.kind == plan.MEMORY], ["only weighed"])

    def test_missing(self) -> None:
        peer = ("b", "CPython 3.11.2")
        have = plan.Have(
            done={("a", ""): {0, 1}, ("b", ""): {0}, peer: {0, 1}},
            begun={("a", ""): {0, 1, 2}, ("b", ""): {0}},
            accounted={("a", "")}, traced={("a", "gil")},
        )  # fmt: skip
        jobs = [("a", ""), ("b", ""), peer]
        missing = plan.missing_tasks(jobs, 3, 1, have, [("a", "gil"), ("a", "object")])
        timed = sorted((t.case, t.process) for t in missing if t.kind == plan.TIMED)
        self.assertEqual(timed, [("a", 3), ("b", 1), ("b", 2)])  # 2 of a was begun: a new number
        self.assertEqual([t.process for t in missing if t.kind == plan.PEER], [2])
        self.assertEqual([t.case for t in missing if t.kind == plan.ACCOUNT], ["b"])
        self.assertEqual([t.who for t in missing if t.kind == plan.TRACE], ["object"])

    def test_nothing_missing(self) -> None:
        done = {("a", ""): {0, 4}}
        have = plan.Have(done, done, {("a", "")})
        self.assertEqual(plan.missing_tasks([("a", "")], 2, 1, have), [])


if __name__ == "__main__":
    unittest.main()
