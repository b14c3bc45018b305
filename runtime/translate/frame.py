"""What is known while a function is translated: its code, its scope, the registers in use.

Locals come first among the registers, temporaries follow like a stack: what is evaluated first
lies lowest. So the arguments of a call are evaluated where the call wants them, and a handler
finds everything from its own register on to be dropped.
"""

from __future__ import annotations

import ast
import json
from typing import Any, Dict, List, Optional

from .code import LONGEST, MOST_CONSTANTS, Code, Constant, Operand, Register
from .refusal import Unsupported
from .scopes import Place, Scope

MOST_REGISTERS = 128


class Unit:
    """The source file: its scopes and the code objects made so far, the module's first."""

    def __init__(self, scopes: Dict[ast.AST, Scope]) -> None:
        self.scopes = scopes
        self.texts: List[str] = []
        self.numbers: Dict[ast.AST, int] = {}  # a `finally` is translated more than once

    def assigns_global(self, name: str) -> bool:
        """Whether the module gives the name of a builtin another meaning."""
        for scope in self.scopes.values():
            if name in scope.bound and (scope.kind == "module" or name in scope.globals):
                return True
        return False


class Frame:
    def __init__(self, unit: Unit, node: ast.AST, number: int, line: int) -> None:
        scope = unit.scopes[node]
        names = scope.locals()
        self.arguments = arguments = _argument_count(node, scope)
        header = f"code {number} {json.dumps(scope.qualified)} args {arguments}"
        header += f" defaults {_default_count(node)} locals {len(names)}"
        self.unit = unit
        self.scope = scope
        self.code = Code(header, line, range(arguments))
        self.code.names = names
        self.code.free = scope.free
        self.top = self.registers = len(names)
        self.variables = set(range(len(names)))  # registers that keep what is read from them
        self.blocks: List[Any] = []  # loops, try and with statements around, see exits.py
        self._make_cells(names)

    def _make_cells(self, names: List[str]) -> None:
        for number, name in enumerate(names):
            if name in self.scope.captured:
                self.code.cells.append(number)
                self.emit("MAKECELL", Register(number))
                self.code.written(number)

    # ---- registers

    def take(self, count: int = 1) -> int:
        """The lowest of `count` new temporaries."""
        first, self.top = self.top, self.top + count
        self.registers = max(self.registers, self.top)
        if self.top > MOST_REGISTERS:
            raise Unsupported(self.code.line, f"this needs more than {MOST_REGISTERS} variables and temporaries")
        return first

    def is_variable(self, register: int) -> bool:
        """Whether it is a local or a variable of a comprehension, no temporary."""
        return register in self.variables

    # ---- code

    def emit(self, operation: str, *operands: Operand) -> None:
        self.code.emit(operation, *operands)

    def emit_to(self, destination: Optional[int], operation: str, *operands: Operand) -> int:
        """Emits what writes one register, a new temporary if none is given. Returns it."""
        if destination is None:
            destination = self.take()
        self.code.emit(operation, Register(destination), *operands)
        self.code.written(destination)
        return destination

    def clear(self, register: int) -> None:
        self.emit("CLEAR", Register(register))
        self.code.cleared(register)

    def constant(self, value: Any) -> Constant:
        return self.code.constant(value)

    def place(self, name: str) -> Place:
        return self.scope.place(self.scope.mangle(name))

    def name(self, name: str) -> Constant:
        """The constant with a name as it is mangled here."""
        return self.code.constant(self.scope.mangle(name))

    def text(self) -> str:
        """The finished code as text."""
        if len(self.code.instructions) > LONGEST:
            raise Unsupported(self.code.first_line, f"this is longer than {LONGEST} instructions")
        if len(self.code.constants) > MOST_CONSTANTS:
            raise Unsupported(self.code.first_line, f"this has more than {MOST_CONSTANTS} constants")
        return self.code.text(self.registers)

    @property
    def reachable(self) -> bool:
        return self.code.bound is not None


def _argument_count(node: ast.AST, scope: Scope) -> int:
    if scope.kind == "module":
        return 0
    if scope.kind == "function":
        return len(node.args.args)
    return 1  # the namespace of a class body, the iterator of a comprehension


def _default_count(node: ast.AST) -> int:
    return len(node.args.defaults) if hasattr(node, "args") else 0

