"""One code object in the making: instructions, constants, labels and the table of handlers.

A label carries what is known at it: the registers that are bound on every way that leads there.
`Code.bound` is what is known at the next instruction, None if no way leads there; nothing is
emitted then. So branches need no care: what is behind a `return` vanishes by itself.
"""

from __future__ import annotations

import json
from typing import Any, Dict, FrozenSet, Iterable, Iterator, List, NamedTuple, Optional, Tuple, Union

Bound = Optional[FrozenSet[int]]

LONGEST = 10000  # instructions; a conditional jump reaches 32767 words, each has at most three
MOST_CONSTANTS = 65536
# Nothing follows these.
ENDS = frozenset("JUMP LOOP RETURN RETURNK RAISE RERAISE RAISECURRENT ASSERTFAIL".split())


class Register(NamedTuple):
    """A register as an operand; `last` if this use empties it."""

    number: int
    last: bool = False

    def __str__(self) -> str:
        return f"r{self.number}!" if self.last else f"r{self.number}"


class Constant(NamedTuple):
    number: int

    def __str__(self) -> str:
        return f"k{self.number}"


class Label:
    def __init__(self, bound: Bound = None) -> None:
        self.bound = bound
        self.position = -1  # the number of the instruction behind it, once placed

    def reach(self, bound: Bound) -> None:
        """One more way leads here, on which these are bound."""
        self.bound = merge(self.bound, bound)


NOTHING = "-"  # an operand that is left out
Operand = Union[Register, Constant, Label, int, str]
Instruction = Tuple[int, str, Tuple[Operand, ...]]  # line, operation, operands


def merge(first: Bound, second: Bound) -> Bound:
    """What is known where two ways meet."""
    if first is None or second is None:
        return second if first is None else first
    return first & second


class Code:
    def __init__(self, header: str, line: int, bound: Iterable[int]) -> None:
        self.header = header
        self.first_line = line
        self.line = line  # of what is emitted next
        self.bound: Bound = frozenset(bound)
        self.instructions: List[Instruction] = []
        self.marked = -1  # where the last label stands
        self.constants: Dict[Tuple[str, str], int] = {}
        self.handlers: List[Tuple[Label, Label, Label, Register]] = []
        self.names: List[str] = []
        self.cells: List[int] = []
        self.free: List[str] = []

    # ---- what is bound

    def written(self, register: int) -> None:
        if self.bound is not None:
            self.bound |= {register}

    def cleared(self, register: int) -> None:
        if self.bound is not None:
            self.bound -= {register}

    # ---- instructions

    def emit(self, operation: str, *operands: Operand) -> None:
        if self.bound is None:
            return
        self.instructions.append((self.line, operation, operands))
        for operand in operands:
            if isinstance(operand, Label) and operand.position < 0:
                operand.reach(self.bound)
        if operation in ENDS:
            self.bound = None

    def jump(self, label: Label) -> None:
        """Goes forward."""
        self.emit("JUMP", label)

    def loop(self, head: Label) -> None:
        """Goes back."""
        self.emit("LOOP", head)

    def place(self, label: Label) -> None:
        """The label is here; execution also arrives from before unless that has ended."""
        if self._needless_jump(label):
            self.instructions.pop()
        self._mark(label)
        self.bound = merge(self.bound, label.bound)

    def here(self) -> Label:
        """A label that no jump leads to: a border of a protected range."""
        return self._mark(Label())

    def _mark(self, label: Label) -> Label:
        label.position = self.marked = len(self.instructions)
        return label

    def _needless_jump(self, label: Label) -> bool:
        """Whether the last instruction jumps to the label that is to stand behind it."""
        if self.bound is not None or not self.instructions or self.marked == len(self.instructions):
            return False
        _, operation, operands = self.instructions[-1]
        return operation == "JUMP" and operands[0] is label

    def protect(self, start: Label, end: Label, target: Label, register: Register) -> None:
        """Exceptions between the labels go to the target, with the exception in the register.
        Called innermost first."""
        self.handlers.append((start, end, target, register))

    # ---- constants

    def constant(self, value: Any) -> Constant:
        """The number of a constant: a tuple's items are constants, too."""
        if isinstance(value, tuple):
            return self._constant("tuple", "[" + " ".join(str(self.constant(item)) for item in value) + "]")
        return self._constant(*_literal(value))

    def code_constant(self, number: int) -> Constant:
        return self._constant("code", str(number))

    def _constant(self, kind: str, text: str) -> Constant:
        return Constant(self.constants.setdefault((kind, text), len(self.constants)))

    # ---- text

    def thread_jumps(self) -> None:
        """Lets a jump to a jump go where that one goes; what leaves a loop's body goes back at
        once."""
        for position, (line, operation, operands) in enumerate(self.instructions):
            operands = tuple(self._destination(operand) for operand in operands)
            if operation == "JUMP":
                _, then, its_operands = self.instructions[operands[0].position]
                if then in ("LOOP", "RETURNK"):
                    operation, operands = then, its_operands
            self.instructions[position] = (line, operation, operands)

    def _destination(self, operand: Operand) -> Operand:
        while isinstance(operand, Label):
            _, operation, operands = self.instructions[operand.position]
            if operation != "JUMP":
                break
            operand = operands[0]
        return operand

    def text(self, registers: int) -> str:
        self.thread_jumps()
        lines = [f"{self.header} regs {registers} line {self.first_line}"]
        lines.append(f"  names [{' '.join(map(json.dumps, self.names))}]")
        lines.append(f"  cells [{' '.join(map(str, self.cells))}]")
        lines.append(f"  free [{' '.join(map(json.dumps, self.free))}]")
        for (kind, literal), number in self.constants.items():
            lines.append(f"  k{number} {kind} {literal}".rstrip())
        handlers = [handler for handler in self.handlers if handler[0].position < handler[1].position]
        lines += self._body(self._label_names(handlers), handlers)
        return "\n".join(lines)

    def _label_names(self, handlers) -> Dict[int, str]:
        positions = {label.position for handler in handlers for label in handler[:3]}
        for _, _, operands in self.instructions:
            positions.update(operand.position for operand in operands if isinstance(operand, Label))
        return {position: f"L{number}" for number, position in enumerate(sorted(positions), 1)}

    def _body(self, names: Dict[int, str], handlers) -> Iterator[str]:
        line = None
        for position, (at, operation, operands) in enumerate(self.instructions):
            if position in names:
                yield f"{names[position]}:"
            if at != line:
                line = at
                yield f"  line {line}"
            shown = [names[o.position] if isinstance(o, Label) else str(o) for o in operands]
            yield "  " + " ".join([operation, *shown])
        if len(self.instructions) in names:
            yield f"{names[len(self.instructions)]}:"
        for start, end, target, register in handlers:
            yield f"  handler {names[start.position]} {names[end.position]} {names[target.position]} {register}"
        yield "end"


def _literal(value: Any) -> Tuple[str, str]:
    """Kind and text of a constant that is no tuple."""
    if value is None or value is ... or isinstance(value, bool):
        return ("ellipsis" if value is ... else str(value).lower()), ""
    if isinstance(value, int):
        return "int", str(value)
    if isinstance(value, float):
        return "float", value.hex()
    if isinstance(value, str):
        return "str", json.dumps(value)
    return "bytes", f'"{value.hex()}"'
