"""Functions, lambdas and classes: each body is a code object of its own."""

from __future__ import annotations

import ast
from typing import Callable, Optional, Sequence

from .calls import Calls
from .code import NOTHING, Operand, Register


class Definitions(Calls):
    def make_function(self, node: ast.AST, body: Callable[["Definitions"], None]) -> int:
        """Translates the code of a function, once, and evaluates the function into a new
        temporary: its defaults, its closure, itself."""
        number = self._translate(node, body)
        mark = self.top
        defaults: Operand = NOTHING
        if hasattr(node, "args") and node.args.defaults:
            defaults = Register(self.build("TUPLE", node.args.defaults, None), last=True)
        closure = self._closure(self.unit.scopes[node].free)
        self.top = mark
        return self.emit_to(None, "FUNCTION", defaults, closure, self.code.code_constant(number))

    def _translate(self, node: ast.AST, body: Callable[["Definitions"], None]) -> int:
        if node not in self.unit.numbers:
            number = self.unit.numbers[node] = len(self.unit.texts)
            self.unit.texts.append("")
            frame = type(self)(self.unit, node, number, node.lineno)
            body(frame)
            self.unit.texts[number] = frame.text()
        return self.unit.numbers[node]

    def _closure(self, free: Sequence[str]) -> Operand:
        """A tuple of the cells that the function uses, from here or from this one's closure."""
        if not free:
            return NOTHING
        first = self.top
        for name in free:
            kind, number = self.scope.place(name)
            if kind == "cell":
                self.emit_to(None, "MOVE", Register(number))
            else:
                self.emit_to(None, "FREECELL", number)
        self.top = first
        return Register(self.emit_to(None, "TUPLE", first, len(free)), last=True)

    # ---- functions

    def into_Lambda(self, node: ast.Lambda, destination: Optional[int]) -> int:
        def body(frame: "Definitions") -> None:
            frame.emit("RETURN", frame.value(node.body))

        return self.finish(self.make_function(node, body), destination)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        def body(frame: "Definitions") -> None:
            frame.statements(node.body)
            frame.emit("RETURNK", frame.constant(None))

        first = self.push_all(node.decorator_list)
        function = self.make_function(node, body)
        self._decorate(node, first, function)

    def _decorate(self, node: ast.AST, first: int, made: int) -> None:
        """Calls the decorators, the innermost first, and binds the name of the definition."""
        for decorator in reversed(range(first, made)):
            self.top = decorator
            self.emit_to(None, "CALL", decorator, 1)
        self.store_name(node.name, Register(first, last=True))
        self.top = first

    # ---- classes

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        def body(frame: "Definitions") -> None:
            frame.statements(node.body)
            frame.return_class_cell()

        first = self.push_all(node.decorator_list)
        base = self.make_function(node, body)
        self.load_constant(node.name, None)
        self.push_all(node.bases)
        self.top = base
        self._decorate(node, first, self.emit_to(None, "CLASS", base, len(node.bases)))

    def return_class_cell(self) -> None:
        """A class body hands out the cell of `__class__`, which the class is put into."""
        if self.scope.captured:
            self.emit("RETURN", Register(self.scope.registers["__class__"]))
        else:
            self.emit("RETURNK", self.constant(None))
