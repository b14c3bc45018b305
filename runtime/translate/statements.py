"""Statements but definitions and those that protect."""

from __future__ import annotations

import ast
from typing import Sequence

from .code import Label, Register
from .exits import Loop
from .expressions import BINARY
from .protections import Protections


class Statements(Protections):
    def statements(self, nodes: Sequence[ast.stmt]) -> None:
        line = self.code.line
        for node in nodes:
            if self.reachable:
                self.code.line, mark = node.lineno, self.top
                getattr(self, f"visit_{type(node).__name__}")(node)
                self.top = mark
        self.code.line = line

    # ---- assignment

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):  # as a docstring
            operand = self.value(node.value)
            self.drop([operand])

    def visit_Assign(self, node: ast.Assign) -> None:
        target = node.targets[0]
        if len(node.targets) > 1:
            self._assign_many(node)
        elif isinstance(target, ast.Name) and self.own_register(target.id) is not None:
            self.into(node.value, self.own_register(target.id))
        elif _pairs_up(target, node.value):
            first = self.push_all(node.value.elts)
            for register, item in enumerate(target.elts, first):
                self.store(item, Register(register, last=True))
        else:
            self.store(target, self.value(node.value))

    def _assign_many(self, node: ast.Assign) -> None:
        value = self.kept_value(node.value)
        for target in node.targets[:-1]:
            self.store(target, value)
        self.store(node.targets[-1], self.last_use(value))

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        """Only those without a value are left."""

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        operation = "I" + BINARY[type(node.op)]
        getattr(self, f"_augment_{type(node.target).__name__}")(node.target, operation, node.value)

    def _augment_Name(self, target: ast.Name, operation: str, value: ast.expr) -> None:
        mark = self.top
        old = self.value(ast.copy_location(ast.Name(target.id, ast.Load()), target))
        register = self.own_register(target.id)
        result = self.binary(operation, old, value, mark, register)
        if register is None:
            self.store_name(target.id, Register(result, last=True))

    def _augment_Attribute(self, target: ast.Attribute, operation: str, value: ast.expr) -> None:
        holder, name = self.kept_value(target.value), self.name(target.attr)
        old = self.emit_to(None, "LOADATTR", holder, name)
        result = self.binary(operation, Register(old, last=True), value, old, None)
        self.emit("STOREATTR", self.last_use(holder), Register(result, last=True), name)

    def _augment_Subscript(self, target: ast.Subscript, operation: str, value: ast.expr) -> None:
        container, key = self.kept_value(target.value), self.kept_value(target.slice)
        old = self.emit_to(None, "GETITEM", container, key)
        result = self.binary(operation, Register(old, last=True), value, old, None)
        self.emit("SETITEM", self.last_use(container), self.last_use(key), Register(result, last=True))

    def visit_Delete(self, node: ast.Delete) -> None:
        for target in node.targets:
            self.delete(target)

    # ---- control

    def visit_If(self, node: ast.If) -> None:
        otherwise, end = Label(), Label()
        self.jump_if(node.test, False, otherwise)
        self.statements(node.body)
        if node.orelse:
            self.code.jump(end)
        self.code.place(otherwise)
        self.statements(node.orelse)
        self.code.place(end)

    def visit_While(self, node: ast.While) -> None:
        loop, otherwise = self._begin_loop(node, None), Label()
        self.jump_if(node.test, False, otherwise)
        self.statements(node.body)
        self._end_loop(loop, otherwise, node.orelse)

    def visit_For(self, node: ast.For) -> None:
        iterator = self.iterator(node.iter)
        loop, otherwise = self._begin_loop(node, iterator), Label()
        self.next_item(node.target, iterator, otherwise)
        self.statements(node.body)
        self.top = iterator
        self._end_loop(loop, otherwise, node.orelse)

    def _begin_loop(self, node: ast.stmt, iterator) -> Loop:
        self.code.bound = self.bound_within([node])
        loop = Loop(self.code.here(), iterator)
        self.blocks.append(loop)
        return loop

    def _end_loop(self, loop: Loop, otherwise: Label, orelse: Sequence[ast.stmt]) -> None:
        self.code.loop(loop.head)
        self.blocks.pop()
        self.code.place(otherwise)
        self.statements(orelse)
        self.code.place(loop.end)

    def visit_Pass(self, node: ast.Pass) -> None:
        pass

    visit_Global = visit_Nonlocal = visit_Pass  # known from the scopes

    # ---- import

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            module = self.emit_to(None, "IMPORT", self.constant(alias.name))
            self.store_name(alias.asname or alias.name, Register(module, last=True))
            self.top = module

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        if node.module == "__future__":
            return
        module = self.emit_to(None, "IMPORT", self.constant(node.module))
        for alias in node.names:
            item = self.emit_to(None, "IMPORTFROM", Register(module), self.constant(alias.name))
            self.store_name(alias.asname or alias.name, Register(item, last=True))
            self.top = item
        self.clear(module)


def _pairs_up(target: ast.expr, value: ast.expr) -> bool:
    """Whether a display is unpacked item by item, so that no tuple need be made."""
    if not isinstance(target, (ast.Tuple, ast.List)) or not isinstance(value, (ast.Tuple, ast.List)):
        return False
    return len(target.elts) == len(value.elts) and not any(isinstance(i, ast.Starred) for i in target.elts)
