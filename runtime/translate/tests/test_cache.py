"""The assembly file beside the source: reused while it fits, made anew when it does not."""

from __future__ import annotations

import subprocess
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from .. import cache
from ..refusal import Refused


class CacheTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.source = self.folder / "p.py"
        self.source.write_text("print(1)\n")

    def translations(self) -> int:
        """How often translating the file really translates."""
        with mock.patch.object(cache, "translate", wraps=cache.translate) as translate:
            self.kept = cache.translate_file(self.source)
            return translate.call_count

    def test_second_time_is_free(self):
        self.assertEqual(self.translations(), 1)
        self.assertEqual(self.kept, self.folder / "__pycache__" / f"p.gilbench-{cache.FORMAT}.gba")
        self.assertTrue(self.kept.read_text().startswith(f"gilbench-assembly {cache.FORMAT} "))
        self.assertEqual(self.translations(), 0)
        self.assertEqual([path.name for path in self.kept.parent.iterdir()], [self.kept.name])

    def test_changed_source_is_translated(self):
        self.translations()
        self.source.write_text("print(2)\n")
        self.assertEqual(self.translations(), 1)
        self.assertIn("LOADI r1 2", self.kept.read_text())

    def test_other_path_is_translated(self):
        self.translations()
        self.source = self.folder / "." / ".." / self.folder.name / "p.py"
        self.assertEqual(self.translations(), 1)

    def test_damaged_file_is_replaced(self):
        self.translations()
        self.kept.write_bytes(b"\xff\xfe")
        self.assertEqual(self.translations(), 1)

    def test_unwritable_folder_is_no_error(self):
        (self.folder / "__pycache__").write_text("not a folder")
        self.assertEqual(self.translations(), 1)
        self.assertIn("CALL r0 0 1", self.kept.read_text())
        seen = subprocess.run(["head", "-c", "17", str(self.kept)], stdout=subprocess.PIPE)
        self.assertEqual(seen.stdout, b"gilbench-assembly")

    def test_refused_source_leaves_nothing(self):
        self.source.write_text("f(*a)\n")
        with self.assertRaises(Refused):
            cache.translate_file(self.source)
        self.assertFalse((self.folder / "__pycache__").exists())


if __name__ == "__main__":
    unittest.main()
