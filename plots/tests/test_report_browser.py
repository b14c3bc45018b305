"""The report in a browser: it complains of nothing, asks for nothing, and nothing runs over."""

from __future__ import annotations

import tempfile
import unittest
from pathlib import Path

from plots.draw import draw_run
from plots.report import write_report
from plots.tests import browser
from plots.tests.synthetic import Plan, write_run

SIZES = (360, 900)  # a telephone, a page
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
BROKEN = "[...document.images].filter(image => !(image.complete && image.naturalWidth)).map(image => image.alt)"
IDS = "[...document.querySelectorAll('[id]')].map(e => e.id).filter((id, i, all) => all.indexOf(id) !== i)"
# Text that is wider than its cell, everything opened first.
CUT_OFF = """
[...document.querySelectorAll('details')].forEach(d => d.open = true),
[...document.querySelectorAll('th, td, p, li, summary')].filter(e => e.scrollWidth > e.clientWidth + 1)
    .map(e => e.textContent.trim())
"""
COLOURS = "[getComputedStyle(document.documentElement).backgroundColor, getComputedStyle(document.body).color]"
DARK = {"features": [{"name": "prefers-color-scheme", "value": "dark"}]}


class InBrowser(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        program = browser.find()
        if program is None:
            print("NOT RUN: chromium is missing", flush=True)  # what ctest looks for
            raise unittest.SkipTest("chromium is missing")
        cls.browser = browser.Browser(program)
        cls.addClassCleanup(cls.browser.close)
        holder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(holder.cleanup)
        cls.folder = Path(holder.name)
        run = write_run(cls.folder / "run", Plan(processes=3, blocks=1))
        draw_run(run, say=lambda line: None)
        cls.report = write_report(run)

    def test_complains_of_nothing_and_asks_for_nothing(self) -> None:
        for width in SIZES:
            with self.subTest(width=width):
                visit = self.browser.visit(self.report, width, OVERFLOW, BROKEN, IDS, CUT_OFF)
                self.assertEqual(visit.complaints, [])
                self.assertEqual(visit.requests, [self.report.resolve().as_uri()])
                overflow, broken, ids, cut_off = visit.answers
                self.assertLessEqual(overflow, 0, "the page is wider than its window")
                self.assertEqual((broken, ids, cut_off), ([], [], []))

    def test_dark_is_dark_and_paper_is_white(self) -> None:
        (light,) = self.browser.visit(self.report, 900, COLOURS).answers
        (dark,) = self.browser.visit(self.report, 900, COLOURS, media=DARK).answers
        (paper,) = self.browser.visit(self.report, 900, COLOURS, media=DARK | {"media": "print"}).answers
        self.assertEqual((light[0], paper[0]), ("rgb(255, 255, 255)", "rgb(255, 255, 255)"))
        self.assertEqual(dark, ["rgb(22, 22, 22)", "rgb(230, 230, 230)"])
        self.assertEqual(paper[1], "rgb(0, 0, 0)")

    def test_the_instrument_sees_faults(self) -> None:
        page = self.folder / "bad.html"
        page.write_text(
            "<!DOCTYPE html><title>bad</title><img src='http://nowhere.invalid/x.png' alt='lost'>"
            "<script>console.error('wrong'); throw new Error('thrown')</script><p id=a><p id=a>"
            "<p style='width: 3000px'>wide</p>"
        )
        visit = self.browser.visit(page, 900, OVERFLOW, BROKEN, IDS)
        self.assertIn("wrong", visit.complaints)
        self.assertTrue(any("Uncaught" in text for text in visit.complaints), visit.complaints)
        self.assertIn("http://nowhere.invalid/x.png", visit.requests)
        overflow, broken, ids = visit.answers
        self.assertGreater(overflow, 1000)
        self.assertEqual((broken, ids), (["lost"], ["a"]))


if __name__ == "__main__":
    unittest.main()
