"""The ways a command can end other than well. Each carries one line for the user."""

from __future__ import annotations

DONE = 0
FAILED = 1
WRONG_INPUT = 2
INTERRUPTED = 130


class SuiteError(Exception):
    """Ends the command: its text is printed as one line, `exit_code` is the exit status."""

    exit_code = FAILED


class OutsideError(SuiteError):
    """Something outside failed (disk full, a build, a package, a permission): exit 1."""

    exit_code = FAILED


class InputError(SuiteError):
    """The command line or an input file is wrong: exit 2. Says what and where."""

    exit_code = WRONG_INPUT


class Interrupted(SuiteError):
    """The user interrupted (SIGINT, SIGTERM); what was done is kept: exit 130."""

    exit_code = INTERRUPTED
