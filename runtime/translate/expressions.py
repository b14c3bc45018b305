"""Expressions: evaluated into a register, operands from left to right.

`into(node, destination)` leaves the value in a register of one's choice (a new temporary if there
is none); it writes that register as the very last thing, because it may be a local that the
expression reads or that must keep its value if there is an error. `value(node)` gives an operand:
a local where it is, or a temporary that is used for the last time.
"""

from __future__ import annotations

import ast
from typing import List, Optional, Sequence, Union

from .code import NOTHING, Label, Register
from .names import Names

BINARY = {
    ast.Add: "ADD", ast.Sub: "SUB", ast.Mult: "MUL", ast.Div: "TRUEDIV", ast.FloorDiv: "FLOORDIV", ast.Mod: "MOD",
    ast.Pow: "POW", ast.LShift: "LSHIFT", ast.RShift: "RSHIFT", ast.BitAnd: "AND", ast.BitOr: "OR", ast.BitXor: "XOR",
}  # fmt: skip
WITH_INT = frozenset("ADD SUB MUL FLOORDIV MOD AND LSHIFT RSHIFT IADD ISUB IMUL".split())  # as ADDI
UNARY = {ast.USub: "NEG", ast.UAdd: "POS", ast.Invert: "INVERT", ast.Not: "NOT"}
COMPARE = {
    ast.Lt: "LT", ast.LtE: "LE", ast.Eq: "EQ", ast.NotEq: "NE", ast.Gt: "GT", ast.GtE: "GE",
    ast.Is: "IS", ast.IsNot: "ISNOT", ast.In: "IN", ast.NotIn: "NOTIN",
}  # fmt: skip
DISPLAY = 32  # items of a display that are in registers at once; the others are added one by one


BYTE = range(-128, 128)  # what an operand of one byte holds
SHARED_INTS = range(-5, 257)  # there is one of each in a process; a larger one is a constant,
# so that it is made once and, being immortal, counted by nobody


def literal_int(node: ast.expr, among: range) -> Optional[int]:
    """The value of an int literal that is among those, else None."""
    value = node.value if isinstance(node, ast.Constant) else None
    return value if type(value) is int and value in among else None


class Expressions(Names):
    def into(self, node: ast.expr, destination: Optional[int]) -> int:
        """Evaluates; the number of the register that has the value."""
        line, self.code.line = self.code.line, node.lineno
        register = getattr(self, f"into_{type(node).__name__}")(node, destination)
        self.code.line = line
        return register

    def push(self, node: ast.expr) -> int:
        return self.into(node, None)

    def value(self, node: ast.expr) -> Register:
        """The value as an operand that is used once."""
        local = self._borrow(node)
        return local if local is not None else Register(self.push(node), last=True)

    def kept_value(self, node: ast.expr) -> Register:
        """The value as an operand that is used more than once; the last use says `last_use`."""
        return self.value(node)._replace(last=False)

    def last_use(self, operand: Register) -> Register:
        return operand._replace(last=not self.is_variable(operand.number))

    def _borrow(self, node: ast.expr) -> Optional[Register]:
        if not isinstance(node, ast.Name):
            return None
        line, self.code.line = self.code.line, node.lineno
        local = self.borrow_name(node.id)
        self.code.line = line
        return local

    def is_borrowed(self, node: ast.expr) -> bool:
        """Whether the operand for it will be a local where it is."""
        return isinstance(node, ast.Name) and self.lies_in_register(node.id)

    def push_all(self, nodes: Sequence[ast.expr]) -> int:
        """Evaluates into new temporaries side by side; the first of them."""
        first = self.top
        for node in nodes:
            self.push(node)
        return first

    # ---- names and constants

    def into_Name(self, node: ast.Name, destination: Optional[int]) -> int:
        return self.load_name(node.id, destination)

    def into_NamedExpr(self, node: ast.NamedExpr, destination: Optional[int]) -> int:
        register = self.push(node.value)
        self.store_name(node.target.id, Register(register))
        return self.finish(register, destination)

    def scratch(self, destination: Optional[int]) -> int:
        """A temporary that may be written step by step: the destination itself if it is one."""
        if destination is None or self.is_variable(destination):
            return self.take()
        return destination

    def finish(self, register: int, destination: Optional[int]) -> int:
        """Moves a temporary on top of the others to where it is wanted, if it is not there."""
        if destination is None or destination == register:
            return register
        self.top = register
        return self.move(Register(register, last=True), destination)

    def into_Constant(self, node: ast.Constant, destination: Optional[int]) -> int:
        number = literal_int(node, SHARED_INTS)
        if number is not None:
            return self.emit_to(destination, "LOADI", number)
        return self.load_constant(node.value, destination)

    def load_constant(self, value, destination: Optional[int]) -> int:
        return self.emit_to(destination, "LOADK", self.constant(value))

    # ---- operators

    def into_BinOp(self, node: ast.BinOp, destination: Optional[int]) -> int:
        mark, operation = self.top, BINARY[type(node.op)]
        left = self.value(node.left)
        return self.binary(operation, left, node.right, mark, destination)

    def binary(self, operation: str, left: Register, node: ast.expr, mark: int, destination: Optional[int]) -> int:
        """The operation on `left` and an expression; temporaries from `mark` on are free then."""
        right: Union[Register, int, None] = literal_int(node, BYTE)
        if right is not None and operation in WITH_INT:
            operation += "I"
        else:
            right = self.value(node)
        self.top = mark
        return self.emit_to(destination, operation, left, right)

    def into_UnaryOp(self, node: ast.UnaryOp, destination: Optional[int]) -> int:
        mark = self.top
        operand = self.value(node.operand)
        self.top = mark
        return self.emit_to(destination, UNARY[type(node.op)], operand)

    def into_BoolOp(self, node: ast.BoolOp, destination: Optional[int]) -> int:
        operation = "JFALSE" if isinstance(node.op, ast.And) else "JTRUE"
        register, end = self.scratch(destination), Label()
        for value in node.values[:-1]:
            self.into(value, register)
            self.emit(operation, Register(register), end)
            if not isinstance(value, (ast.Name, ast.Compare, ast.Constant)):
                self.clear(register)  # what was not chosen goes before the next is evaluated
        self.into(node.values[-1], register)
        self.code.place(end)
        return self.finish(register, destination)

    def into_IfExp(self, node: ast.IfExp, destination: Optional[int]) -> int:
        otherwise, end = Label(), Label()
        self.jump_if(node.test, False, otherwise)
        register = self.take() if destination is None else destination
        self.into(node.body, register)
        self.code.jump(end)
        self.code.place(otherwise)
        self.into(node.orelse, register)
        self.code.place(end)
        return register

    def into_Compare(self, node: ast.Compare, destination: Optional[int]) -> int:
        if len(node.ops) > 1:
            return self._chain(node, destination)
        mark, operation = self.top, COMPARE[type(node.ops[0])]
        left, right = self.value(node.left), self.value(node.comparators[0])
        self.top = mark
        return self.emit_to(destination, operation, left, right)

    def _chain(self, node: ast.Compare, destination: Optional[int]) -> int:
        """a < b < c: b is evaluated once, c only if a < b."""
        mark = self.top
        register, end = self.scratch(destination), Label()
        left, kept = self.value(node.left), []
        for operator, comparator in zip(node.ops[:-1], node.comparators):
            right = self.kept_value(comparator)
            self.emit_to(register, COMPARE[type(operator)], left, right)
            self.emit("JFALSE", Register(register), end)
            kept.append(right)
            left = self.last_use(right)
        right = self.value(node.comparators[-1])
        self.emit_to(register, COMPARE[type(node.ops[-1])], left, right)
        self.code.place(end)
        self.drop(kept)
        self.top = max(mark, register + 1)
        return self.finish(register, destination)

    def drop(self, operands: List[Register]) -> None:
        """Empties those that are temporaries, which they may be already."""
        for operand in operands:
            if self.last_use(operand).last:
                self.clear(operand.number)

    # ---- attributes and items

    def into_Attribute(self, node: ast.Attribute, destination: Optional[int]) -> int:
        mark = self.top
        target = self.value(node.value)
        self.top = mark
        return self.emit_to(destination, "LOADATTR", target, self.name(node.attr))

    def into_Subscript(self, node: ast.Subscript, destination: Optional[int]) -> int:
        mark = self.top
        target, key = self.value(node.value), self.value(node.slice)
        self.top = mark
        return self.emit_to(destination, "GETITEM", target, key)

    def into_Slice(self, node: ast.Slice, destination: Optional[int]) -> int:
        first = self.top
        for part in (node.lower, node.upper, node.step):
            if part is None:
                self.load_constant(None, None)
            else:
                self.push(part)
        self.top = first
        return self.emit_to(destination, "SLICE", first)

    # ---- displays

    def into_Tuple(self, node: ast.Tuple, destination: Optional[int]) -> int:
        return self.build("TUPLE", node.elts, destination)

    def build(self, operation: str, items: Sequence[ast.expr], destination: Optional[int]) -> int:
        first = self.push_all(items)
        self.top = first
        return self.emit_to(destination, operation, first, len(items))

    def into_List(self, node: ast.List, destination: Optional[int]) -> int:
        return self._display("LIST", "LISTADD", [[item] for item in node.elts], destination)

    def into_Set(self, node: ast.Set, destination: Optional[int]) -> int:
        return self._display("SET", "SETADD", [[item] for item in node.elts], destination)

    def into_Dict(self, node: ast.Dict, destination: Optional[int]) -> int:
        pairs = [list(pair) for pair in zip(node.keys, node.values)]
        return self._display("DICT", "DICTADD", pairs, destination)

    def _display(self, build: str, add: str, rows: List[List[ast.expr]], destination: Optional[int]) -> int:
        if len(rows) > DISPLAY:
            return self._long_display(build, add, rows, destination)
        first = self.push_all([node for row in rows for node in row])
        self.top = first
        return self.emit_to(destination, build, first, len(rows))

    def _long_display(self, build: str, add: str, rows: List[List[ast.expr]], destination: Optional[int]) -> int:
        register = self.emit_to(None, build, self.top, 0)
        for row in rows:
            self.add(add, register, row)
        return self.finish(register, destination)

    def add(self, operation: str, container: int, row: Sequence[ast.expr]) -> None:
        """Adds an item, or a key and its value, to a list, set or dict in the making."""
        mark = self.top
        operands = [self.value(node) for node in row]
        self.emit(operation, Register(container), *operands)
        self.top = mark

    # ---- f-strings

    def into_JoinedStr(self, node: ast.JoinedStr, destination: Optional[int]) -> int:
        if not node.values:
            return self.load_constant("", destination)
        if len(node.values) == 1:
            return self.into(node.values[0], destination)
        return self.build("STRING", node.values, destination)

    def into_FormattedValue(self, node: ast.FormattedValue, destination: Optional[int]) -> int:
        mark = self.top
        operand = self.value(node.value)
        spec = self.value(node.format_spec) if node.format_spec is not None else NOTHING
        self.top = mark
        return self.emit_to(destination, "FORMAT", operand, spec, max(node.conversion, 0))
