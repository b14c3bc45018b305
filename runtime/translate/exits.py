"""The ways out of loops and protected statements: what is done on the way, and where it leads.

While a statement's body is translated, a block for it stands on `Frame.blocks`. A `return`,
`break` or `continue` leaves the blocks from the innermost outwards: each does what it has to
(`leave`), and is not protected by its own handler while it does. So the body of a `finally` is
translated once for every way out.
"""

from __future__ import annotations

import ast
from contextlib import contextmanager
from typing import Callable, Iterator, List, Optional, Tuple

from .code import Bound, Code, Label, Register
from .definitions import Definitions


class Loop:
    """A while or for statement."""

    def __init__(self, head: Label, iterator: Optional[int]) -> None:
        self.head = head
        self.end = Label()  # where break leads
        self.iterator = iterator

    def suspend(self, code: Code) -> None:
        """A loop protects nothing."""

    resume = suspend

    def is_busy(self) -> bool:
        return False

    def leave(self, frame: "Exits") -> None:
        if self.iterator is not None:
            frame.clear(self.iterator)


class Protected:
    """A region of code with a handler, in pieces, because ways out lie in between."""

    def __init__(self, leave: Optional[Callable[[], None]] = None) -> None:
        self.pieces: List[Tuple[Label, Label]] = []
        self.start: Optional[Label] = None
        self._leave = leave

    def resume(self, code: Code) -> None:
        self.start = code.here()

    def suspend(self, code: Code) -> None:
        self.pieces.append((self.start, code.here()))

    def is_busy(self) -> bool:
        """Whether leaving it takes code that a return may not skip."""
        return self._leave is not None

    def leave(self, frame: "Exits") -> None:
        if self._leave is not None:
            self._leave()

    def is_empty(self) -> bool:
        return all(start.position == end.position for start, end in self.pieces)


class Exits(Definitions):
    @contextmanager
    def protected(self, block: Protected) -> Iterator[None]:
        """What is translated inside is protected by the block."""
        self.blocks.append(block)
        block.resume(self.code)
        yield
        block.suspend(self.code)
        self.blocks.pop()

    def begin_handler(self, block: Protected, bound: Bound) -> int:
        """Begins the code that exceptions in the block lead to; the new temporary that has the
        exception. `bound` is what is bound wherever in the block it comes from."""
        self.code.bound = None if block.is_empty() else bound
        target = self.code.here()
        exception = self.take()
        for start, end in block.pieces:
            self.code.protect(start, end, target, Register(exception))
        return exception

    @contextmanager
    def leaving(self, down_to: int) -> Iterator[None]:
        """Leaves the blocks from number `down_to` on; what is emitted inside comes after that."""
        blocks = self.blocks
        for number in reversed(range(down_to, len(blocks))):
            self.blocks = blocks[:number]
            blocks[number].suspend(self.code)
            blocks[number].leave(self)
        yield
        self.blocks = blocks
        for block in blocks[down_to:]:
            block.resume(self.code)

    def visit_Return(self, node: ast.Return) -> None:
        mark = self.top
        busy = any(block.is_busy() for block in self.blocks)
        if node.value is None or isinstance(node.value, ast.Constant):
            operation, value = "RETURNK", self.constant(node.value.value if node.value else None)
        elif busy:  # what is done on the way out may bind the local another value
            operation, value = "RETURN", Register(self.push(node.value), last=True)
        else:
            operation, value = "RETURN", self.value(node.value)
        with self.leaving(0 if busy else len(self.blocks)):
            self.emit(operation, value)
        self.top = mark

    def visit_Break(self, node: ast.Break) -> None:
        number = self._innermost_loop()
        loop = self.blocks[number]
        with self.leaving(number):
            self.code.jump(loop.end)

    def visit_Continue(self, node: ast.Continue) -> None:
        number = self._innermost_loop()
        loop = self.blocks[number]
        with self.leaving(number + 1):
            self.code.loop(loop.head)

    def _innermost_loop(self) -> int:
        return max(number for number, block in enumerate(self.blocks) if isinstance(block, Loop))
