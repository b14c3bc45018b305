"""What the translator does not take, said in one line."""

from __future__ import annotations


class Refused(Exception):
    """The program is outside the subset or no Python at all. Its text is `file:line: sentence`."""

    def __init__(self, path: str, line: int, sentence: str) -> None:
        super().__init__(f"{path}:{line}: {sentence}")


class Unsupported(Exception):
    """The same before it is known which file it is about; `line` is where."""

    def __init__(self, line: int, sentence: str) -> None:
        super().__init__(sentence)
        self.line = line
