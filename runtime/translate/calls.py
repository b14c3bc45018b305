"""Calls: callee and arguments are evaluated side by side, where the call consumes them."""

from __future__ import annotations

import ast
from typing import List, Optional

from .code import Operand
from .comprehensions import Comprehensions
from .refusal import Unsupported

DECISIVE = {"any": True, "all": False}  # the truth of an item that decides


class Calls(Comprehensions):
    def into_Call(self, node: ast.Call, destination: Optional[int]) -> int:
        if self._is_bare_super(node):
            return self._super(destination)
        if isinstance(node.func, ast.Attribute):
            base = self.push(node.func.value)
            return self._call("CALLM", base, node, [self.name(node.func.attr)], destination)
        base = self.push(node.func)
        return self._call("CALL", base, node, [], destination)

    def _call(
        self, operation: str, base: int, node: ast.Call, operands: List[Operand], destination: Optional[int]
    ) -> int:
        self._arguments(node)
        count = self.top - base - 1
        if node.keywords:
            operation = {"CALL": "CALLKW", "CALLM": "CALLMKW"}[operation]
            operands.append(self.constant(tuple(keyword.arg for keyword in node.keywords)))
        self.top = base
        return self.emit_to(destination, operation, base, count, *operands)

    def _arguments(self, node: ast.Call) -> None:
        decisive = DECISIVE.get(node.func.id) if isinstance(node.func, ast.Name) else None
        for argument in node.args:
            if isinstance(argument, ast.GeneratorExp) and decisive is not None and self._is_builtin(node.func.id):
                self.decided_list(argument, decisive)
            else:
                self.push(argument)
        for keyword in node.keywords:
            self.push(keyword.value)

    def _is_builtin(self, name: str) -> bool:
        return self.place(name).kind in ("global", "name") and not self.unit.assigns_global(name)

    # ---- super() is super(__class__, the first argument)

    def _is_bare_super(self, node: ast.Call) -> bool:
        return isinstance(node.func, ast.Name) and node.func.id == "super" and not node.args and not node.keywords

    def _super(self, destination: Optional[int]) -> int:
        function = self.scope.frame()
        if self.place("__class__").kind not in ("cell", "free") or function.kind != "function" or not self.arguments:
            raise Unsupported(self.code.line, "super() without arguments belongs in a method with a first argument")
        base = self.load_name("super", None)
        self.load_name("__class__", None)
        self.load_name(function.locals()[0], None)
        self.top = base
        return self.emit_to(destination, "CALL", base, 2)
