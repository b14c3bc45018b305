"""What can be assigned to and deleted: names, attributes, items, and tuples of these."""

from __future__ import annotations

import ast
from typing import List, Optional, Sequence

from .code import Label, Register
from .conditions import Conditions


class Targets(Conditions):
    def store(self, target: ast.expr, value: Register) -> None:
        """Assigns an operand to a target, whose parts are evaluated now."""
        line, self.code.line = self.code.line, target.lineno
        mark = self.top
        getattr(self, f"_store_{type(target).__name__}")(target, value)
        self.top = mark
        self.code.line = line

    def _store_Name(self, target: ast.Name, value: Register) -> None:
        self.store_name(target.id, value)

    def _store_Attribute(self, target: ast.Attribute, value: Register) -> None:
        self.emit("STOREATTR", self.value(target.value), value, self.name(target.attr))

    def _store_Subscript(self, target: ast.Subscript, value: Register) -> None:
        container, key = self.value(target.value), self.value(target.slice)
        self.emit("SETITEM", container, key, value)

    def _store_Tuple(self, target: ast.Tuple, value: Register) -> None:
        items = target.elts
        stars = [place for place, item in enumerate(items) if isinstance(item, ast.Starred)]
        if stars:
            first = self.take(len(items))
            self.emit("UNPACKEX", first, value, stars[0], len(items) - stars[0] - 1)
        else:
            first = self._adjacent(items)
            if first is not None:
                self._unpack_into_locals(first, value, items)
                return
            first = self.take(len(items))
            self.emit("UNPACK", first, value, len(items))
        for register, item in enumerate(items, first):
            self.store(item, Register(register, last=True))

    _store_List = _store_Tuple

    def _store_Starred(self, target: ast.Starred, value: Register) -> None:
        self.store(target.value, value)

    def _adjacent(self, items: Sequence[ast.expr]) -> Optional[int]:
        """The first register, if the items are locals in registers side by side."""
        registers: List[Optional[int]] = []
        for item in items:
            registers.append(self.own_register(item.id) if isinstance(item, ast.Name) else None)
        first = registers[0] if registers else None
        return first if first is not None and registers == list(range(first, first + len(items))) else None

    def _unpack_into_locals(self, first: int, value: Register, items: Sequence[ast.expr]) -> None:
        self.emit("UNPACK", first, value, len(items))
        for register in range(first, first + len(items)):
            self.code.written(register)

    def delete(self, target: ast.expr) -> None:
        line, self.code.line = self.code.line, target.lineno
        mark = self.top
        if isinstance(target, ast.Name):
            self.delete_name(target.id)
        elif isinstance(target, ast.Attribute):
            self.emit("DELATTR", self.value(target.value), self.name(target.attr))
        elif isinstance(target, ast.Subscript):
            container, key = self.value(target.value), self.value(target.slice)
            self.emit("DELITEM", container, key)
        else:
            for item in target.elts:
                self.delete(item)
        self.top = mark
        self.code.line = line

    # ---- what loops and comprehensions iterate over

    def iterator(self, node: ast.expr) -> int:
        """A new temporary with the iterator of an expression."""
        mark = self.top
        iterable = self.value(node)
        self.top = mark
        return self.emit_to(None, "ITER", iterable)

    def next_item(self, target: ast.expr, iterator: int, exhausted: Label) -> None:
        """Assigns the next item to the target, or jumps; the iterator is dropped then."""
        mark = self.top
        register = self.own_register(target.id) if isinstance(target, ast.Name) else None
        item = self.emit_to(register, "FORITER", Register(iterator), exhausted)
        if register is None:
            self.store(target, Register(item, last=True))
        self.top = mark
