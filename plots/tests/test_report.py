"""The report says the numbers that a run was built around, and nothing that they do not carry."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
import unittest
from html.parser import HTMLParser
from pathlib import Path

from plots import data
from plots.draw import draw_run
from plots.report import answers, peers, programs, races, tables, words, write_report
from plots.tests.synthetic import (
    COSTS, MIMALLOC, PEER_PAUSE, PEER_PROGRAM, PROGRAMS, SLOWER, VARIANTS, Plan, write_run,
)  # fmt: skip

QUICK = ("refcount_own", "lock_private", "count_small", "count_int", "dict_private", "crossing_dict", "mixed_reply")
VOID = {"meta", "link", "img", "br", "hr", "wbr"}
ADDRESSES = ("src", "srcset", "href", "xlink:href", "data", "poster", "action", "background", "style")


class Page(HTMLParser):
    """A page's tags, checked to be closed in order, and the texts of its elements by class or id."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, str, int]] = []  # tag, key of its text, and place there
        self.faults: list[str] = []
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.texts: dict[str, list[str]] = {}
        self.feed(text)
        self.close()
        self.faults += [f"<{tag}> is not closed" for tag, _, _ in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        self.addresses += [given[key] or "" for key in ADDRESSES if key in given]
        if tag not in VOID:
            key = given.get("class") or given.get("id") or tag
            texts = self.texts.setdefault(key, [])
            self.open.append((tag, key, len(texts)))
            texts.append("")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1][0] != tag:
            self.faults.append(f"</{tag}> closes nothing at {self.getpos()}")
        else:
            self.open.pop()
            self.handle_data(" " if tag in ("th", "td", "p", "li") else "")

    def handle_data(self, text: str) -> None:
        for _, key, place in self.open:
            self.texts[key][place] += text

    @property
    def lead(self) -> str:
        """The first paragraph."""
        return " ".join(self.texts["lead"][0].split())


class Case(unittest.TestCase):
    def setUp(self) -> None:
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = Path(holder.name) / "run"

    def page(self, plan: Plan | None = None) -> Page:
        """The report of a made-up run, or of what is in the folder; always sound HTML."""
        if plan:
            write_run(self.folder, plan)
        self.text = write_report(self.folder).read_text(encoding="utf-8")
        page = Page(self.text)
        self.assertEqual(page.faults, [])
        return page

    def number(self, pattern: str, text: str) -> float:
        found = re.search(pattern, text)
        self.assertIsNotNone(found, f"{pattern!r} is not in: {text}")
        return float(found[1])


class FirstParagraph(Case):
    def test_says_the_numbers_of_the_run(self) -> None:
        lead = self.page(Plan(cells=QUICK)).lead
        self.assertTrue(lead.startswith("On 2 CPUs (Made-up CPU @ 2.10GHz): 2 threads that share nothing"), lead)
        self.assertAlmostEqual(self.number(r"do ([\d.]+)× \[[^]]+\] the work of one thread under the GIL", lead), 0.985, delta=0.03)
        self.assertAlmostEqual(self.number(r"GIL, ([\d.]+)× \[[^]]+\] under per-object", lead), 1.976, delta=0.06)
        cost = {cell: dict(zip(VARIANTS, COSTS[cell])) for cell in QUICK}
        for name, cell in (("counting in boxed ints", "count_int"), ("own dict", "dict_private")):
            speed = cost[cell]["gil"] / cost[cell]["object"]
            self.assertAlmostEqual(self.number(rf"([\d.]+)× \[[^]]+\] \({name}\)", lead), speed, delta=0.01)
        # object: 2 * 0.988 / 50 / (1 + 5 share); gil: 0.985 / 40.4; equal at a share of 0.124
        self.assertAlmostEqual(self.number(r"cross where about ([\d.]+)%", lead), 12.4, delta=2.5)
        self.assertAlmostEqual(self.number(r"reply takes ([\d.]+) ms", lead), 5.0, delta=0.5)
        self.assertAlmostEqual(self.number(r"and ([\d.]+) µs \[[^]]+\] under object", lead), 45.0, delta=5.0)

    def test_ratios_have_their_intervals(self) -> None:
        answer = " ".join(self.page(Plan(cells=QUICK)).texts["answer"][0].split())
        ratios = re.findall(r"([\d.]+)× (?:\[([\d.]+), ([\d.]+)\])?", answer)
        self.assertGreater(len(ratios), 6)
        for value, low, high in ratios:
            self.assertTrue(low and float(low) <= float(value) <= float(high), (value, low, high))

    def test_no_crossing_is_an_answer(self) -> None:
        lead = self.page(Plan(cells=QUICK, crosses=False)).lead
        self.assertIn("no crossing was found in the measured range", lead)

    def test_only_what_was_measured(self) -> None:
        page = self.page(Plan(cells=("count_int",), threads=(1,)))
        self.assertIn("on one thread, where", page.lead)
        for words_of_others in ("share nothing", "lines cross", "reply"):
            self.assertNotIn(words_of_others, page.lead)
        self.assertIn("Without usable data in this run: What does the GIL cost? Where do the lines cross?",
                      " ".join(page.texts["answer"][0].split()))  # fmt: skip

    def test_one_variant_alone_says_nothing_of_the_other(self) -> None:
        lead = self.page(Plan(cells=QUICK, variants=("object",))).lead
        self.assertNotIn("×", lead)
        self.assertIn("this run can claim nothing", lead)


class Doubt(Case):
    def assert_claims_nothing(self, page: Page) -> None:
        self.assertIn("this run can claim nothing of what the GIL costs", page.lead)
        self.assertNotRegex(page.lead, r"\d×")
        self.assertIn("inconclusive", page.texts["details"][0])
        verdicts = {key for key in page.texts if key in ("faster", "slower", "equal")}
        self.assertEqual(verdicts, set())

    def test_too_few_processes_claim_nothing(self) -> None:
        self.assert_claims_nothing(self.page(Plan(cells=QUICK, processes=2)))

    def test_too_much_noise_claims_nothing(self) -> None:
        cells = ("count_small", "count_int", "dict_private")
        self.assert_claims_nothing(self.page(Plan(cells=cells, noise=0.3, threads=(1,), variants=("gil", "object"))))

    def test_partial_runs_say_so(self) -> None:
        write_run(self.folder, Plan(cells=QUICK, processes=4, state="interrupted"))
        samples = self.folder / "samples.jsonl"
        lines = samples.read_text().splitlines(keepends=True)
        samples.write_text("".join(line for line in lines if "mixed_reply" not in line)[:-30])
        page = self.page()
        notice = page.texts["notice"][0]
        self.assertIn("partial (interrupted)", notice)
        self.assertRegex(notice, r"\d+ of \d+ cases have samples. Some cases have only 2 of the 4 processes")
        self.assertIn("cut off", notice)
        self.assertNotIn("reply takes", page.lead)
        self.assertIn("cross", page.lead)


    def test_disturbed_runs_say_so(self) -> None:
        write_run(self.folder, Plan(cells=("count_small",), processes=3))
        path = self.folder / "samples.jsonl"
        path.write_text(path.read_text().replace('"accepted": true, "why": null', '"accepted": false, "why": "x"'))
        page = self.page()
        self.assertRegex(page.texts["notice"][0], r"Of ([\d,]+) windows \1 were disturbed")
        self.assertIn("this run can claim nothing", page.lead)
        self.assertIn("What does the GIL cost?", page.texts["answer"][0].partition("Without usable data")[2])

    def test_sound_runs_have_no_notice(self) -> None:
        self.assertNotIn("notice", self.page(Plan(cells=QUICK, processes=3)).texts)


class Whole(Case):
    def test_everything_is_there(self) -> None:
        write_run(self.folder, Plan(processes=3, blocks=1))
        self.assertTrue(draw_run(self.folder, say=lambda line: None))
        page = self.page()
        drawn = json.loads((self.folder / "figures" / "captions.json").read_text())
        self.assertEqual(page.tags.count("img"), len(drawn))
        for entry in drawn.values():
            self.assertIn(" ".join(entry["caption"].split()), [" ".join(t.split()) for t in page.texts["figcaption"]])
        self.assertNotIn("Further figures", page.texts["h2"], "a figure has no heading of its own")
        for case in data.load(self.folder).cases:
            self.assertIn(case.name, page.texts["tables"][0])
        method = page.texts["method"][0]
        for subject in ("A/A pair", "palindrome", "account", "x.v = f(x.v)", "backward jumps"):
            self.assertIn(subject, method)

    def test_holds_everything_itself(self) -> None:
        write_run(self.folder, Plan(processes=3, blocks=1, cells=QUICK))
        draw_run(self.folder, say=lambda line: None)
        page = self.page()
        self.assertGreater(len(page.addresses), 1)
        self.assertEqual([a for a in page.addresses if not a.startswith("data:")], [])
        self.assertNotRegex(re.sub(r'"data:[^"]*"', '""', self.text), r"https?://")
        self.assertNotRegex(page.texts["style"][0], r"url\(|@import")
        self.assertNotIn("script", page.tags)

    def test_the_same_bytes_for_the_same_run(self) -> None:
        self.page(Plan(processes=3, blocks=1, cells=QUICK))
        before = self.text
        self.page()
        self.assertEqual(before, self.text)

    def test_data_are_escaped(self) -> None:
        evil = "<script>alert(1)</script>"
        write_run(self.folder, Plan(processes=3, blocks=1, cells=("lock_private", "count_small")))
        for name in ("run.json", "samples.jsonl"):
            path = self.folder / name
            path.write_text(path.read_text().replace("pthread_mutex", evil).replace("Made-up CPU", evil))
        meta = json.loads((self.folder / "run.json").read_text())
        meta["warnings"] = [evil]
        meta["machine"]["peers"] = [{"name": evil, "implementation": "CPython", "version": "3", "gil": True,
                                     "free_threaded_build": True}]
        (self.folder / "run.json").write_text(json.dumps(meta))
        page = self.page()
        self.assertNotIn("script", page.tags)
        self.assertNotIn("<script", self.text)
        self.assertGreater(self.text.count("&lt;script&gt;"), 4)

    def test_without_figures(self) -> None:
        page = self.page(Plan(processes=3, blocks=1, cells=QUICK))
        self.assertNotIn("img", page.tags)
        (self.folder / "figures").mkdir()
        (self.folder / "figures" / "captions.json").write_text("{damaged")
        self.assertNotIn("img", self.page().tags)


class Races(Case):
    def line(self, **more: object) -> dict[str, object]:
        """A line of outcomes.jsonl."""
        return {
            "test": "t", "operation": "x.v += 1", "title": "?", "variant": "gil", "seed": 7, "cpus": [0, 1],
            "actors": 2, "samples": 1000, "verdict": "PASS", "behaviour": "atomic",
            "overlap": {"measure": "switched", "count": 300, "share": 0.3, "enough": True},
            "outcomes": [{"outcome": "2", "samples": 1000, "share": 1.0, "expect": "ACCEPTABLE", "meaning": "both"}],
            "unseen": [{"outcome": "1", "expect": "FORBIDDEN", "below": 0.003, "meaning": "one was lost"}],
        } | more  # fmt: skip

    def said(self, *lines: dict[str, object]) -> answers.Answer:
        write_run(self.folder, Plan(processes=1, blocks=1, cells=("count_small",)))
        (self.folder / "outcomes.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
        return races.atomic(data.load(self.folder))

    def test_what_can_happen_where(self) -> None:
        lost, crash = {"behaviour": "can be lost"}, {"behaviour": "can crash"}
        other = {"test": "u", "operation": "x.append(a)"}
        answer = self.said(
            self.line(), self.line(variant="object", **lost), self.line(variant="unlocked", **lost),
            self.line(**other), self.line(variant="object", **other), self.line(variant="unlocked", **other, **crash),
        )  # fmt: skip
        self.assertEqual(answer.said, (
            "Of 2 operations that threads raced on, 1 was atomic in every variant with locks (gil and object).",
            "Under gil nothing was lost; under object `x.v += 1` can be lost.",
            "Without locks (unlocked), of the operations 1 can be lost and 1 can crash: the tests see what they look for.",
            "No outcome was seen that its variant forbids.",
        ))  # fmt: skip

    def test_programs_are_told_apart(self) -> None:
        lost = self.line(variant="CPython 3.11.2", behaviour="can be lost")
        answer = self.said(self.line(), self.line(variant="gil exec"), lost)
        self.assertEqual(answer.said[:3], (
            "Of 1 operation that threads raced on, 1 was atomic in every variant with locks (gil).",
            "Under gil nothing was lost.",
            "In Python programs under gil exec nothing was lost; under CPython 3.11.2 `x.v += 1` can be lost.",
        ))  # fmt: skip

    def test_silence_without_overlap_is_left_open(self) -> None:
        answer = self.said(self.line(behaviour="unknown", verdict="INCONCLUSIVE"))
        self.assertNotIn("atomic", " ".join(answer.said))
        self.assertNotIn("nothing was lost", " ".join(answer.said))
        self.assertIn("`x.v += 1` in gil", answer.open[0])

    def test_forbidden_outcomes_are_named(self) -> None:
        self.assertIn("FORBIDDEN outcomes were seen: t in gil.", self.said(self.line(verdict="FORBIDDEN")).said)

    def test_tables(self) -> None:
        self.said(self.line())
        page = self.page()
        table = " ".join(page.texts["outcomes"][-1].split())
        for row in ("OUTCOME SAMPLES SHARE EXPECT MEANING", "2 1,000 100.0% ACCEPTABLE both",
                    "1 0 below 0.3% FORBIDDEN one was lost"):  # fmt: skip
            self.assertIn(row, table)
        self.assertIn("a switch fell into an operation in 30.0% of the samples", page.texts["outcomes"][0])


class BesideCPython(Case):
    CELLS = ("count_small", "reacquire", "convoy_echo", "lost_update")
    PEERS = ("CPython 3.11.2", "CPython 3.14.0t")

    def test_each_beside_the_variant_that_models_it(self) -> None:
        write_run(self.folder, Plan(cells=self.CELLS, peers=self.PEERS))
        answer = peers.compared(data.load(self.folder))
        self.assertEqual(answer.open, ())
        locked, free = self.PEERS
        expected = ((" of 5 ms, gil", locked), (" of 500 µs, gil", locked), ("computes, object", free))
        self.assertEqual(len(answer.said), len(expected))
        for text, (model, peer) in zip(answer.said, expected):
            self.assertIn(f"{model} waits", text)
            self.assertTrue(text.endswith(f"as {peer}."), text)
            self.assertAlmostEqual(self.number(r"waits ([\d.]+)× \[", text), 1.0, delta=0.3)
        table = self.page().texts["tables"][0]
        for name in (*self.PEERS, "increments lost", "echoes a second"):
            self.assertIn(name, table)

    def test_too_few_processes_are_left_open(self) -> None:
        write_run(self.folder, Plan(cells=self.CELLS, peers=self.PEERS, processes=2))
        answer = peers.compared(data.load(self.folder))
        self.assertEqual(answer.said, ())
        self.assertIn("too few processes", answer.open[0])

    def test_without_peers_there_is_no_section(self) -> None:
        page = self.page(Plan(cells=self.CELLS, peers=(), processes=3, blocks=1))
        self.assertNotIn("Beside CPython", page.texts["tables"][0])
        not_measured = page.texts["answer"][0].partition("Without usable data in this run:")[2]
        self.assertIn("How does the model compare with CPython?", not_measured)

    def test_convoy_and_losses(self) -> None:
        write_run(self.folder, Plan(cells=self.CELLS, peers=self.PEERS))
        run = data.load(self.folder)
        (echoes,) = answers.convoy(run).said
        self.assertRegex(echoes, r"from [\d.]+ k \[.*\] to 2\d\d \[.*\] under gil and from [\d.]+ k .* to [\d.]+ k .* under object")
        lost = " ".join(answers.lost_updates(run).said)
        self.assertIn("as `x.v += 1` (polled at the back edge) by 2 threads, none under gil", lost)


class Handovers(Case):
    def test_percentiles_of_those_who_waited(self) -> None:
        write_run(self.folder, Plan(cells=("gil_time",)))
        table = tables.handovers(data.load(self.folder))
        self.assertEqual(table.heads, ("case", "variant", "hand-overs", "50%", "90%", "99%", "99.9%", "99.99%", "longest"))
        self.assertLessEqual({row[1] for row in table.rows}, {"gil", "gil-biased"})
        for row in table.rows:
            self.assertEqual(row[7] != "–", int(row[2].replace(",", "")) >= 30000, "few lie beyond the 99.99th")

    def test_without_accounts_there_is_no_table(self) -> None:
        write_run(self.folder, Plan(cells=("count_small",)))
        self.assertIsNone(tables.handovers(data.load(self.folder)))


class Memory(Case):
    CELLS = ("alloc_pair", "alloc_random", "gc_live", "gc_garbage", "gc_young", "gc_cycles", "trees", "safepoint")

    def test_the_numbers_of_the_run(self) -> None:
        answer = " ".join(self.page(Plan(cells=self.CELLS)).texts["answer"][0].split())
        ours = COSTS["alloc_pair"][3], COSTS["alloc_random"][3]
        known = (MIMALLOC["alloc_pair"] / ours[0] * MIMALLOC["alloc_random"] / ours[1]) ** 0.5
        self.assertAlmostEqual(self.number(r"On 1 thread, object allocates at ([\d.]+)×", answer), known, delta=0.02)
        live = COSTS["gc_live"][1]
        self.assertAlmostEqual(self.number(r"Of 1M live containers each takes ([\d.]+) ns", answer), live, delta=0.3)
        self.assertAlmostEqual(self.number(r"time of CPython 3.11.2 that is ([\d.]+)×", answer), 1 / PEER_PAUSE, delta=0.01)
        self.assertAlmostEqual(self.number(r"([\d.]+)× \[[^]]+\] making cyclic garbage", answer), 1.976, delta=0.1)
        self.assertIn("0.01 MiB [0.01, 0.01] more in object after 2,000 threads", answer)

    def test_the_table_has_every_side(self) -> None:
        text = " ".join(self.page(Plan(cells=("alloc_random",))).texts["tables"][0].split())
        for side in ("mimalloc", "jemalloc", "object-atomic"):
            self.assertRegex(text, rf"alloc_random/live:100000/threads:1 {side} [\d,]+ \[[\d,]+, [\d,]+\] 10")

    def test_too_few_processes_are_left_open(self) -> None:
        page = self.page(Plan(cells=("alloc_pair", "gc_live", "gc_cycles"), processes=2))
        self.assertNotIn("object allocates at", self.text)
        for words_of_doubt in ("allocation on 1 thread", "gc_live/objects:1000000/order:linear/threads:1", "making cycles on two"):
            self.assertIn(f"{words_of_doubt}", page.texts["details"][0])


class Programs(Case):
    """Sentences on programs, and silence where nothing is known."""

    def said(self, plan: Plan) -> tuple[str, str]:
        write_run(self.folder, plan)
        found = [ask(data.load(self.folder)) for ask in programs.ASKED]
        return " ".join(text for a in found for text in a.said), " ".join(text for a in found for text in a.open)

    def test_the_numbers_of_the_run(self) -> None:
        text, _ = self.said(Plan(cells=tuple(PROGRAMS)))
        self.assertIn("All 5 programs that ran printed one checksum each on all of 5 engines", text)
        beside = r"Of the time of CPython 3.11.2, programs that only compute take ([\d.]+)×"
        self.assertAlmostEqual(self.number(beside, text), 1 / PEER_PROGRAM, delta=0.01)
        self.assertAlmostEqual(self.number(r"object takes ([\d.]+)× \[[^]]+\] the time of gil", text), SLOWER["object"], delta=0.01)
        self.assertAlmostEqual(self.number(r"and ([\d.]+)× \[[^]]+\] in CPython", text), 1.0, delta=0.02)
        self.assertAlmostEqual(self.number(r"least in object: ([\d.]+)×", text), 2 / 1.01, delta=0.03)

    def test_another_checksum_is_named(self) -> None:
        write_run(self.folder, Plan(cells=tuple(PROGRAMS)))
        file = self.folder / "samples.jsonl"
        file.write_text(file.read_text().replace('"checksum": "17"', '"checksum": "18"', 1), encoding="utf-8")
        (first, second) = programs.agree(data.load(self.folder)).said
        self.assertIn("1 of 5 programs did not", first)
        self.assertIn("18 by", second)

    def test_too_few_processes_are_left_open(self) -> None:
        text, left_open = self.said(Plan(cells=tuple(PROGRAMS), processes=2))
        self.assertNotIn("×", text)
        self.assertIn("too few processes", left_open)

    def test_nothing_without_programs(self) -> None:
        self.assertEqual(self.said(Plan(cells=QUICK)), ("", ""))


class Words(unittest.TestCase):
    def test_ratios(self) -> None:
        self.assertEqual([words.times(v) for v in (0.0123, 0.79, 1.0, 15.23, 1034.9)],
                         ["0.012×", "0.79×", "1.00×", "15.2×", "1,035×"])  # fmt: skip
        self.assertEqual(words.ends(15.23, 15.1, 15.44), " [15.1, 15.4]")
        self.assertEqual(words.ends(1.0, float("nan"), float("nan")), "")

    def test_series(self) -> None:
        self.assertEqual([words.series(p) for p in ([], ["a"], ["a", "b"], ["a", "b", "c"])],
                         ["", "a", "a and b", "a, b and c"])  # fmt: skip


if __name__ == "__main__":
    unittest.main()
