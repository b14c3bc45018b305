"""Conditions: jumps straight from comparisons, `and`, `or` and `not`, without a bool in between."""

from __future__ import annotations

import ast
from typing import List, Tuple

from .code import Label, Register
from .expressions import BYTE, COMPARE, Expressions, literal_int

JUMPS = frozenset("LT LE EQ NE GT GE".split())  # as JLT and JLTI
IDENTITY = {("IS", True): "JIS", ("IS", False): "JISNOT", ("ISNOT", True): "JISNOT", ("ISNOT", False): "JIS"}


class Conditions(Expressions):
    def jump_if(self, node: ast.expr, sense: bool, label: Label) -> None:
        """Jumps if the truth of the expression is `sense`."""
        line, self.code.line = self.code.line, node.lineno
        mark = self.top
        getattr(self, f"_jump_{type(node).__name__}", self._jump_any)(node, sense, label)
        self.top = mark
        self.code.line = line

    def _jump_any(self, node: ast.expr, sense: bool, label: Label) -> None:
        self.emit("JTRUE" if sense else "JFALSE", self.value(node), label)

    def _jump_Constant(self, node: ast.Constant, sense: bool, label: Label) -> None:
        if bool(node.value) == sense:
            self.code.jump(label)

    def _jump_UnaryOp(self, node: ast.UnaryOp, sense: bool, label: Label) -> None:
        if isinstance(node.op, ast.Not):
            self.jump_if(node.operand, not sense, label)
        else:
            self._jump_any(node, sense, label)

    def _jump_BoolOp(self, node: ast.BoolOp, sense: bool, label: Label) -> None:
        decisive = isinstance(node.op, ast.Or)  # one value of this truth decides
        if decisive == sense:
            for value in node.values:
                self.jump_if(value, sense, label)
            return
        decided = Label()
        for value in node.values[:-1]:
            self.jump_if(value, decisive, decided)
        self.jump_if(node.values[-1], sense, label)
        self.code.place(decided)

    def _jump_Compare(self, node: ast.Compare, sense: bool, label: Label) -> None:
        left = self.value(node.left)
        if len(node.ops) == 1:
            self._compare(COMPARE[type(node.ops[0])], left, node.comparators[0], sense, label)
            return
        borrowed = all(self.is_borrowed(comparator) for comparator in node.comparators[:-1])
        failed = label if borrowed and not sense else Label()
        left, kept = self._chain_jumps(node, left, failed)
        self._compare(COMPARE[type(node.ops[-1])], left, node.comparators[-1], sense, label)
        if failed is not label:
            self._end_chain(kept, failed, sense, label)

    def _chain_jumps(self, node: ast.Compare, left: Register, failed: Label) -> Tuple[Register, List[Register]]:
        """All comparisons but the last; what is left of the last, and what lies in temporaries."""
        kept = []
        for operator, comparator in zip(node.ops[:-1], node.comparators):
            right = self.kept_value(comparator)
            self._compare_registers(COMPARE[type(operator)], left, right, False, failed)
            left = self.last_use(right)
            if left.last:
                kept.append(right)
        return left, kept

    def _end_chain(self, kept: List[Register], failed: Label, sense: bool, label: Label) -> None:
        """Where the chain failed early, a middle operand is still there."""
        if sense:
            self.code.place(failed)
            self.drop(kept)
            return
        end = Label()
        self.code.jump(end)
        self.code.place(failed)
        self.drop(kept)
        self.code.jump(label)
        self.code.place(end)

    def _compare(self, operation: str, left: Register, node: ast.expr, sense: bool, label: Label) -> None:
        number = literal_int(node, BYTE)
        if number is not None and operation in JUMPS:
            self.emit(f"J{operation}I", int(sense), left, number, label)
        else:
            self._compare_registers(operation, left, self.value(node), sense, label)

    def _compare_registers(self, operation: str, left: Register, right: Register, sense: bool, label: Label) -> None:
        if operation in JUMPS:
            self.emit(f"J{operation}", int(sense), left, right, label)
        elif operation in ("IS", "ISNOT"):
            self.emit(IDENTITY[operation, sense], left, right, label)
        else:
            register = self.emit_to(None, operation, left, right)
            self.emit("JTRUE" if sense else "JFALSE", Register(register, last=True), label)
