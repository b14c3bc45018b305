"""The real runner against what the suite believes of it; skipped where it is not built."""

from __future__ import annotations

import os
import unittest
from pathlib import Path

from suite import machine, plan, profiles, programs
from suite.errors import OutsideError
from suite.locations import VARIANTS

RUNNER = Path(os.environ.get("GILBENCH_BUILT_RUNNER") or "nowhere")


@unittest.skipUnless(RUNNER.exists(), "the runner is not built")
class RealRunner(unittest.TestCase):
    def test_topics_and_cells_agree(self) -> None:
        topics: dict[str, set[str]] = {}
        for cell in machine.ask_runner(RUNNER, "--list-json"):
            topics.setdefault(cell["topic"], set()).add(cell["cell"])
            self.assertTrue(cell["question"].endswith("?"), cell["cell"])
        known = {name: set(cells) for name, cells in profiles.TOPICS.items() if name != programs.TOPIC}
        self.assertEqual(topics, known)

    def test_every_profile_finds_its_cells(self) -> None:
        cells = machine.ask_runner(RUNNER, "--list-json") + programs.cells()
        for profile in profiles.PROFILES.values():
            found = {case.cell for case in plan.choose(profile, cells, [], VARIANTS, None, 2)}
            wanted = {choice.cell for choice in profile.choices or ()}
            self.assertLessEqual(wanted, found, profile.name)

    def test_machine(self) -> None:
        self.assertGreaterEqual(machine.units(machine.ask_runner(RUNNER, "--machine-json")), 1)

    def test_wrong_flag_is_one_line(self) -> None:
        with self.assertRaises(OutsideError) as caught:
            machine.ask_runner(RUNNER, "--no-such-flag=1")
        self.assertNotIn("\n", str(caught.exception))


if __name__ == "__main__":
    unittest.main()
