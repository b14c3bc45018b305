"""try, with, raise and assert."""

from __future__ import annotations

import ast
from contextlib import contextmanager
from typing import Callable, Iterator, List, Optional, Sequence

from .code import NOTHING, Bound, Label, Operand, Register
from .exits import Exits, Protected

Action = Callable[[], None]


class Protections(Exits):
    def bound_within(self, nodes: Sequence[ast.AST]) -> Bound:
        """What is bound wherever in these statements, which begin here, execution is."""
        return None if self.code.bound is None else self.code.bound - self._deleted_in(nodes)

    def _deleted_in(self, nodes: Sequence[ast.AST]) -> frozenset:
        names = []
        for node in (inner for outer in nodes for inner in ast.walk(outer)):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Del):
                names.append(node.id)
            elif isinstance(node, ast.ExceptHandler) and node.name:
                names.append(node.name)
        return frozenset(map(self.own_register, names))

    @contextmanager
    def always(self, leave: Action, at_end: Optional[Action] = None) -> Iterator[None]:
        """Does `leave` whichever way the inside is left; `at_end` instead where it just ends."""
        mark, block, end = self.top, Protected(leave), Label()
        with self.protected(block):
            yield
        (at_end or leave)()
        self.code.jump(end)
        exception = self.begin_handler(block, frozenset())
        leave()
        self.emit("RERAISE", Register(exception, last=True))
        self.top = mark
        self.code.place(end)

    @contextmanager
    def handling(self, exception: int, at_end: Optional[Action] = None) -> Iterator[None]:
        """While the inside is executed, the exception is being handled."""

        def leave() -> None:
            self.emit("LEAVEHANDLER")
            self.clear(exception)

        self.emit("ENTERHANDLER", Register(exception))
        with self.always(leave, at_end):
            yield

    # ---- try

    def visit_Try(self, node: ast.Try) -> None:
        if node.finalbody:
            self._try_finally(node)
        else:
            self._try_except(node)

    def _try_except(self, node: ast.Try) -> None:
        bound, block, end = self.bound_within(node.body), Protected(), Label()
        with self.protected(block):
            self.statements(node.body)
        self.statements(node.orelse)
        self.code.jump(end)
        exception = self.begin_handler(block, bound)
        with self.handling(exception):
            handled = Label()
            for handler in node.handlers:
                self._handler(handler, exception, handled)
            self.emit("RERAISE", Register(exception))
            self.code.place(handled)
        self.top = exception
        self.code.place(end)

    def _handler(self, node: ast.ExceptHandler, exception: int, handled: Label) -> None:
        self.code.line = node.lineno
        otherwise = Label()
        if node.type is not None:
            self._unless_caught(node.type, exception, otherwise)
        if node.name is None:
            self.statements(node.body)
        else:
            self.store_name(node.name, Register(exception))
            with self.always(lambda: self.forget_name(node.name)):
                self.statements(node.body)
        self.code.jump(handled)
        self.code.place(otherwise)

    def _unless_caught(self, kind: ast.expr, exception: int, otherwise: Label) -> None:
        mark = self.top
        operand = self.value(kind)
        self.top = mark
        caught = self.emit_to(None, "MATCHEXC", Register(exception), operand)
        self.emit("JFALSE", Register(caught, last=True), otherwise)
        self.top = mark

    def _try_finally(self, node: ast.Try) -> None:
        def finish() -> None:
            self.statements(node.finalbody)

        def raise_again() -> None:
            self.emit("LEAVEHANDLER")
            self.emit("RERAISE", Register(exception, last=True))

        bound = self.bound_within([*node.body, *node.handlers, *node.orelse])
        block, end = Protected(finish), Label()
        with self.protected(block):
            if node.handlers:
                self._try_except(node)
            else:
                self.statements(node.body)
        finish()
        self.code.jump(end)
        exception = self.begin_handler(block, bound)
        with self.handling(exception, raise_again):
            finish()
        self.top = exception
        self.code.place(end)

    # ---- with

    def visit_With(self, node: ast.With) -> None:
        self._with(node.items, node.body)

    def _with(self, items: List[ast.withitem], body: List[ast.stmt]) -> None:
        if not items:
            self.statements(body)
            return
        manager = self.push(items[0].context_expr)
        entered = self.emit_to(None, "WITHENTER", Register(manager))
        bound = self.bound_within([*items, *body])
        block, end = Protected(lambda: self._leave_with(manager)), Label()
        with self.protected(block):
            self._bind_entered(items[0].optional_vars, entered)
            self._with(items[1:], body)
        self._leave_with(manager)
        self.code.jump(end)
        self._handle_in_with(manager, self.begin_handler(block, bound))
        self.top = manager
        self.code.place(end)

    def _bind_entered(self, target: Optional[ast.expr], entered: int) -> None:
        if target is None:
            self.clear(entered)
        else:
            self.store(target, Register(entered, last=True))
        self.top = entered

    def _exit_with(self, manager: int, exception: Operand = NOTHING) -> int:
        """The register that tells whether the exception is swallowed."""
        register = self.emit_to(None, "WITHEXIT", Register(manager, last=True), exception)
        self.top = register
        return register

    def _leave_with(self, manager: int) -> None:
        self.clear(self._exit_with(manager))

    def _handle_in_with(self, manager: int, exception: int) -> None:
        with self.handling(exception):
            swallowed = Label()
            answer = self._exit_with(manager, Register(exception))
            self.emit("JTRUE", Register(answer, last=True), swallowed)
            self.emit("RERAISE", Register(exception))
            self.code.place(swallowed)

    # ---- raise and assert

    def visit_Raise(self, node: ast.Raise) -> None:
        if node.exc is None:
            self.emit("RAISECURRENT")
            return
        exception = self.value(node.exc)
        self.emit("RAISE", exception, self.value(node.cause) if node.cause else NOTHING)

    def visit_Assert(self, node: ast.Assert) -> None:
        holds = Label()
        self.jump_if(node.test, True, holds)
        self.emit("ASSERTFAIL", self.value(node.msg) if node.msg else NOTHING)
        self.code.place(holds)
