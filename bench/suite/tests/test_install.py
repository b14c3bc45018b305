"""Installing: what is asked, what is said where nothing can be installed."""

from __future__ import annotations

import unittest
from unittest import mock

from suite import install
from suite.errors import OutsideError


class Ensure(unittest.TestCase):
    def setUp(self) -> None:
        for name, value in (("present", False), ("_install", None)):
            patch = mock.patch.object(install, name, return_value=value)
            setattr(self, name, patch.start())
            self.addCleanup(patch.stop)
        self.has_apt = mock.patch.object(install.shutil, "which", return_value="/bin/x")
        self.has_apt.start()
        self.addCleanup(self.has_apt.stop)

    def ensure(self, *, yes: bool = False, terminal: bool = False, root: bool = False, answer: str = "") -> str:
        """Returns the line of the error; what is installed is never found afterwards."""
        with (
            mock.patch.object(install.sys, "stdin") as stdin,
            mock.patch.object(install.os, "geteuid", return_value=0 if root else 1000),
            mock.patch("builtins.input", return_value=answer) as self.input,
            mock.patch("builtins.print"),
            self.assertRaises(OutsideError) as caught,
        ):
            stdin.isatty.return_value = terminal
            install.ensure({"build"}, yes=yes)
        self.assertNotIn("\n", str(caught.exception))
        return str(caught.exception)

    def test_yes_installs_without_asking(self) -> None:
        self.ensure(yes=True, terminal=True)
        self._install.assert_called_once()
        self.input.assert_not_called()

    def test_root_without_terminal_implies_yes(self) -> None:
        self.ensure(root=True)
        self._install.assert_called_once()

    def test_nobody_without_terminal_is_told_what_to_type(self) -> None:
        said = self.ensure()
        self._install.assert_not_called()
        self.assertIn("sudo apt-get install", said)
        self.assertIn("libbenchmark-dev", said)

    def test_asks_on_a_terminal(self) -> None:
        self.ensure(terminal=True, answer="n")
        self._install.assert_not_called()
        self.ensure(terminal=True, answer="")
        self._install.assert_called_once()

    def test_without_apt_the_names_are_said(self) -> None:
        with mock.patch.object(install.shutil, "which", return_value=None):
            self.assertIn("libhwloc-dev", self.ensure(yes=True))

    def test_nothing_missing_nothing_done(self) -> None:
        self.present.return_value = True
        install.ensure({"build", "draw", "check"}, yes=False)
        self._install.assert_not_called()


class Packages(unittest.TestCase):
    def test_table(self) -> None:
        names = [package.name for package in install.PACKAGES]
        self.assertEqual(len(names), len(set(names)))
        for package in install.PACKAGES:
            self.assertTrue(package.reason and package.roles)

    def test_plot_needs_no_compiler(self) -> None:
        drawing = {package.name for package in install.PACKAGES if "draw" in package.roles}
        self.assertFalse(drawing & {"gcc", "g++", "cmake"})
        self.assertIn("python3-matplotlib", drawing)


if __name__ == "__main__":
    unittest.main()
