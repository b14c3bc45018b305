"""The style: distinguishable in colour and in grey, texts wrapped, labels moved apart."""

from __future__ import annotations

import itertools
import unittest

from plots import style


class Looks(unittest.TestCase):
    def test_no_two_variants_share_colour_or_marker(self) -> None:
        for one, two in itertools.combinations(style.LOOKS.values(), 2):
            self.assertNotEqual(one.colour, two.colour)
            self.assertNotEqual(one.marker, two.marker)

    def test_unknown_variants_keep_their_look(self) -> None:
        self.assertEqual(style.look("object-split"), style.look("object-split"))


    def test_interpreters_are_told_apart(self) -> None:
        names = ("CPython 3.11.2", "CPython 3.11.2 (2)", "CPython 3.12.1", "CPython 3.13.0t", "CPython 3.14.0t")
        looks = {(style.look(name).colour, style.look(name).marker) for name in names}
        self.assertEqual(len(looks), len(names))
        for name in names:
            warm = style.look(name).colour in style.WITH_GIL
            self.assertEqual(warm, not name.endswith("t"))


class Spread(unittest.TestCase):
    def test_keeps_what_is_apart(self) -> None:
        for value, wanted in zip(style.spread([0.1, 0.9], 0.2, 0.0, 1.0), (0.1, 0.9)):
            self.assertAlmostEqual(value, wanted)

    def test_moves_apart_around_the_middle_and_keeps_order(self) -> None:
        found = style.spread([0.5, 0.5, 0.5], 0.2, 0.0, 1.0)
        for value, wanted in zip(found, (0.3, 0.5, 0.7)):
            self.assertAlmostEqual(value, wanted)

    def test_stays_within_bounds(self) -> None:
        found = style.spread([0.95, 1.0, 0.99], 0.1, 0.0, 1.0)
        self.assertLessEqual(max(found), 1.0 + 1e-9)
        self.assertGreaterEqual(min(b - a for a, b in itertools.pairwise(sorted(found))), 0.1 - 1e-9)


class Wrapped(unittest.TestCase):
    def test_keeps_intervals_in_one_piece(self) -> None:
        lines = style.wrapped("word " * 12 + "1.95× [1.93, 1.97] the work", 2.0, 8.0)
        self.assertGreater(len(lines), 2)
        self.assertEqual(sum("[1.93, 1.97]" in line for line in lines), 1)


if __name__ == "__main__":
    unittest.main()
