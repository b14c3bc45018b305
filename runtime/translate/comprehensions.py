"""Comprehensions: loops that fill a list, set or dict in a temporary.

Most run in the frame around them, their variables being temporaries; one whose variable an inner
function keeps becomes a function that is called with the iterator, as in CPython.
"""

from __future__ import annotations

import ast
from typing import Callable, List, Optional, Sequence

from .code import Label, Register
from .targets import Targets

KINDS = {
    ast.ListComp: ("LIST", "LISTADD"),
    ast.GeneratorExp: ("LIST", "LISTADD"),
    ast.SetComp: ("SET", "SETADD"),
    ast.DictComp: ("DICT", "DICTADD"),
}
# Adds to the container in a register, in a frame; the label is behind the loops.
Fill = Callable[["Comprehensions", int, Label], None]


class Comprehensions(Targets):
    def into_ListComp(self, node: ast.expr, destination: Optional[int]) -> int:
        return self.comprehension(node, self._fill(node), destination)

    into_SetComp = into_DictComp = into_GeneratorExp = into_ListComp

    def comprehension(self, node: ast.expr, fill: Fill, destination: Optional[int]) -> int:
        if not self.unit.scopes[node].inlined:
            return self._call_comprehension(node, fill, destination)
        result = self.emit_to(None, KINDS[type(node)][0], self.top, 0)
        iterator = self.iterator(node.generators[0].iter)
        outer, self.scope = self.scope, self.unit.scopes[node]
        variables = self._take_variables(list(self.scope.bound))
        self._loops(node.generators, iterator, result, fill)
        self._drop_variables(variables)
        self.scope = outer
        self.top = result + 1
        return self.finish(result, destination)

    def _take_variables(self, names: Sequence[str]) -> List[int]:
        for name in names:
            register = self.scope.registers[name] = self.take()
            self.variables.add(register)
            self.code.cleared(register)
        return [self.scope.registers[name] for name in names]

    def _drop_variables(self, variables: List[int]) -> None:
        for register in variables:
            self.clear(register)
            self.variables.discard(register)

    def _loops(self, generators: Sequence[ast.comprehension], iterator: int, result: int, fill: Fill) -> None:
        """The loops around `fill`, outermost first."""
        end = Label()
        self._loop(generators, iterator, lambda: fill(self, result, end))
        self.code.place(end)

    def _loop(self, generators: Sequence[ast.comprehension], iterator: int, body: Callable[[], None]) -> None:
        mark, again, exhausted = self.top, Label(), Label()
        head = self.code.here()
        self.next_item(generators[0].target, iterator, exhausted)
        for condition in generators[0].ifs:
            self.jump_if(condition, False, again)
        if generators[1:]:
            self._loop(generators[1:], self.iterator(generators[1].iter), body)
        else:
            body()
        self.code.place(again)
        self.code.loop(head)
        self.code.place(exhausted)
        self.top = mark

    def _fill(self, node: ast.expr) -> Fill:
        row = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        add = KINDS[type(node)][1]
        return lambda frame, result, _: frame.add(add, result, row)

    def _call_comprehension(self, node: ast.expr, fill: Fill, destination: Optional[int]) -> int:
        def body(frame: "Comprehensions") -> None:
            result = frame.emit_to(None, KINDS[type(node)][0], frame.top, 0)
            frame._loops(node.generators, 0, result, fill)
            frame.emit("RETURN", Register(result, last=True))

        base = self.make_function(node, body)
        self.iterator(node.generators[0].iter)
        self.top = base
        return self.emit_to(destination, "CALL", base, 1)

    # ---- any and all stop at the first item that decides

    def decided_list(self, node: ast.expr, decisive: bool) -> int:
        """For any() and all() of a generator: a list with the first item's truth that decides,
        or an empty one."""

        def fill(frame: "Comprehensions", result: int, end: Label) -> None:
            undecided = Label()
            frame.jump_if(node.elt, not decisive, undecided)
            truth = frame.load_constant(decisive, None)
            frame.emit("LISTADD", Register(result), Register(truth, last=True))
            frame.drop([Register(iterator) for iterator in range(result + 1, truth)])
            frame.code.jump(end)
            frame.code.place(undecided)
            frame.top = truth

        return self.comprehension(node, fill, None)
