"""Run folders: the schema, the reader on damaged ones, the writer."""

from __future__ import annotations

import json
import os
import unittest
from pathlib import Path

from suite import results
from suite.errors import InputError
from suite.tests.helpers import Case, finished_run


class Folders(Case):
    def setUp(self) -> None:
        super().setUp()
        self.run_folder = finished_run(self.folder / "R")
        self.samples = self.run_folder / results.SAMPLES_FILE
        self.meta = self.run_folder / results.RUN_FILE

    def refused(self, *words: str) -> None:
        with self.assertRaises(InputError) as caught:
            results.load(self.run_folder)
        text = str(caught.exception)
        self.assertNotIn("\n", text)
        for word in words:
            self.assertIn(word, text)

    def edit_meta(self, **changes: object) -> None:
        meta = json.loads(self.meta.read_text())
        self.meta.write_text(json.dumps(meta | changes))

    def test_every_line_obeys_the_schema(self) -> None:
        for line in self.samples.read_text().splitlines():
            value = json.loads(line)
            kind = "account" if value["build"] == "account" else "sample"
            self.assertEqual(list(results.validator(kind).iter_errors(value)), [])
        meta = json.loads(self.meta.read_text())
        self.assertEqual(list(results.validator("run").iter_errors(meta)), [])

    def test_the_short_cut_agrees_with_the_schema(self) -> None:
        good = next(s for s in results.load(self.run_folder).samples if s["latency"] is None)
        self.assertTrue(results._plainly_a_sample(good))
        for key in good:
            for wrong in (None, -1, "x", [None], {"x": 1}, 1.5, True):
                value = good | {key: wrong}
                if results._plainly_a_sample(value):
                    errors = list(results.validator("sample").iter_errors(value))
                    self.assertEqual(errors, [], f"{key}: {wrong!r}")

    def test_loads(self) -> None:
        run = results.load(self.run_folder)
        self.assertTrue(run.complete)
        self.assertEqual(len(run.cases()), 2)
        self.assertEqual({line["build"] for line in run.accounts}, {"account"})
        self.assertEqual(run.meta["processes_done"], 3)

    def test_no_folder(self) -> None:
        self.run_folder = self.folder / "nowhere"
        self.refused("no such run folder")

    def test_a_file(self) -> None:
        self.run_folder = self.meta
        self.refused("not a run folder")

    def test_empty_folder(self) -> None:
        self.run_folder = self.folder / "empty"
        self.run_folder.mkdir()
        self.refused("run.json: missing")

    def test_empty_meta(self) -> None:
        self.meta.write_text("")
        self.refused("run.json: empty")

    def test_truncated_meta(self) -> None:
        self.meta.write_text(self.meta.read_text()[:100])
        self.refused("run.json", "cut off")

    def test_binary_meta(self) -> None:
        self.meta.write_bytes(b"\xff\xfe\x00")
        self.refused("run.json: not text")

    def test_not_a_run(self) -> None:
        self.meta.write_text("[1, 2]")
        self.refused("no schema version")

    def test_later_schema(self) -> None:
        self.edit_meta(schema=2)
        self.refused("schema version 2", "reads 1")

    def test_wrong_field(self) -> None:
        self.edit_meta(state="happy")
        self.refused("state")

    def test_samples_missing(self) -> None:
        self.samples.unlink()
        self.refused("samples.jsonl: missing")

    def test_samples_empty(self) -> None:
        self.samples.write_text("")
        self.refused("no samples")
        self.assertEqual(results.load(self.run_folder, need_samples=False).samples, [])

    def test_cut_off_line_of_a_complete_run(self) -> None:
        os.truncate(self.samples, self.samples.stat().st_size - 10)
        self.refused("cut off")

    def test_cut_off_line_of_an_interrupted_run(self) -> None:
        whole = len(results.load(self.run_folder).samples)
        self.edit_meta(state="interrupted")
        with open(self.samples, "a") as file:
            file.write('{"case": "coun')
        run = results.load(self.run_folder)
        self.assertTrue(run.truncated)
        self.assertEqual(len(run.samples), whole)

    def test_damage_in_the_middle(self) -> None:
        lines = self.samples.read_text().splitlines(keepends=True)
        lines[2] = lines[2][:40] + "\n"
        self.samples.write_text("".join(lines))
        self.edit_meta(state="interrupted")
        self.refused("samples.jsonl:3")

    def test_not_a_number(self) -> None:
        with open(self.samples, "a") as file:
            file.write('{"case": NaN}\n')
        self.refused("NaN")

    def test_lists_of_different_lengths(self) -> None:
        sample = results.load(self.run_folder).samples[0]
        with open(self.samples, "a") as file:
            file.write(json.dumps(sample | {"ops": [1, 2, 3]}) + "\n")
        self.refused("one entry per thread")

    @unittest.skipIf(os.geteuid() == 0, "root reads everything")
    def test_unreadable(self) -> None:
        self.meta.chmod(0)
        self.refused("cannot be read")

    def test_wrong_meta_is_never_written(self) -> None:
        before = self.meta.read_text()
        with self.assertRaises(ValueError):
            results.write_meta(self.run_folder, {"schema": 1})
        self.assertEqual(self.meta.read_text(), before)


class Schema(unittest.TestCase):
    def test_is_a_schema(self) -> None:
        import jsonschema

        schema = json.loads(Path(results.SCHEMA).read_text())
        jsonschema.Draft202012Validator.check_schema(schema)


if __name__ == "__main__":
    unittest.main()
