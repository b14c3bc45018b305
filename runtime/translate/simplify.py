"""Rewrites the syntax tree into less of it: no annotations, constants folded, lines made equal.

The tree is changed in place. What is folded has one possible result on every Python: arithmetic
on ints that stays small, and signs.
"""

from __future__ import annotations

import ast
import operator
from typing import Any, Callable, Dict, List, Optional

LARGEST = 2**62  # of a folded int; larger ones are made when the program runs
LONGEST_SHIFT = 62

FOLDED: Dict[type, Callable[[int, int], int]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.LShift: operator.lshift,
    ast.Pow: operator.pow,
}


def simplify(tree: ast.Module) -> ast.Module:
    """The tree, simplified."""
    return _Simplifier().visit(tree)


class _Simplifier(ast.NodeTransformer):
    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        return self.generic_visit(node)

    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.annotation = None
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        """`x: int = 1` is `x = 1`; `x: int` binds nothing, but makes x a name of its scope."""
        node.annotation = ast.copy_location(ast.Constant(None), node)
        self.generic_visit(node)
        if node.value is None:
            return node
        return ast.copy_location(ast.Assign([node.target], node.value), node)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        """Positions inside f-strings, and where their text is cut, differ between Pythons."""
        for inner in ast.walk(node):
            if hasattr(inner, "lineno"):
                inner.lineno = node.lineno
        self.generic_visit(node)
        node.values = _joined(node.values)
        return node

    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        """`a, b = 1, 2` makes no tuple, so it keeps its items."""
        if isinstance(node.value, ast.Tuple) and isinstance(node.targets[0], ast.Tuple):
            node.targets = [self.visit(target) for target in node.targets]
            self.generic_visit(node.value)
            return node
        return self.generic_visit(node)

    def visit_Tuple(self, node: ast.Tuple) -> ast.AST:
        self.generic_visit(node)
        if not isinstance(node.ctx, ast.Load) or not all(isinstance(item, ast.Constant) for item in node.elts):
            return node
        return ast.copy_location(ast.Constant(tuple(item.value for item in node.elts)), node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        self.generic_visit(node)
        value = _value(node.operand)
        if isinstance(node.op, ast.USub) and type(value) in (int, float):
            return ast.copy_location(ast.Constant(-value), node)
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        result = _fold(node)
        return node if result is None else ast.copy_location(ast.Constant(result), node)


def _joined(values: List[ast.expr]) -> List[ast.expr]:
    """The parts of an f-string, texts side by side made one and empty ones left out."""
    parts: List[ast.expr] = []
    for part in values:
        if isinstance(part, ast.Constant) and parts and isinstance(parts[-1], ast.Constant):
            parts[-1] = ast.copy_location(ast.Constant(parts[-1].value + part.value), parts[-1])
        elif not isinstance(part, ast.Constant) or part.value:
            parts.append(part)
    return parts


def _value(node: ast.AST) -> Any:
    return node.value if isinstance(node, ast.Constant) else None


def _fold(node: ast.BinOp) -> Optional[int]:
    left, right = _value(node.left), _value(node.right)
    fold = FOLDED.get(type(node.op))
    if fold is None or type(left) is not int or type(right) is not int:
        return None
    if isinstance(node.op, (ast.LShift, ast.Pow)) and not 0 <= right <= LONGEST_SHIFT:
        return None
    if max(abs(left), abs(right)) >= LARGEST:
        return None
    result = fold(left, right)
    return result if abs(result) < LARGEST else None
