"""Which of Python's syntax is taken. Everything else is refused here, before any code is made."""

from __future__ import annotations

import ast
from typing import Iterable, Set

from .refusal import Unsupported

TAKEN = frozenset(
    """
    Module Expression FunctionDef ClassDef Return Delete Assign AugAssign AnnAssign For While If With
    Raise Try Assert Import ImportFrom Global Nonlocal Expr Pass Break Continue
    BoolOp NamedExpr BinOp UnaryOp Lambda IfExp Dict Set ListComp SetComp DictComp GeneratorExp Compare
    Call FormattedValue JoinedStr Constant Attribute Subscript Starred Name List Tuple Slice
    Load Store Del And Or Add Sub Mult Div FloorDiv Mod Pow LShift RShift BitOr BitXor BitAnd
    Invert Not UAdd USub Eq NotEq Lt LtE Gt GtE Is IsNot In NotIn
    comprehension ExceptHandler arguments arg keyword alias withitem
    """.split()
)
REFUSED = {
    "AsyncFunctionDef": "async functions are outside the subset",
    "AsyncFor": "async for is outside the subset",
    "AsyncWith": "async with is outside the subset",
    "Await": "await is outside the subset",
    "Yield": "generators are outside the subset: build a list and return it",
    "YieldFrom": "generators are outside the subset: build a list and return it",
    "Match": "match is outside the subset: use if and elif",
    "TryStar": "except* is outside the subset",
    "TypeAlias": "type aliases are outside the subset",
    "MatMult": "the operator @ is outside the subset",
}
# What Python calls by these names and the runtime never does: a program that counts on it would
# silently do something else.
NEVER_CALLED = frozenset(
    """
    __new__ __init_subclass__ __set_name__ __get__ __set__ __delete__ __class_getitem__
    __setattr__ __delattr__ __getattribute__ __dir__ __instancecheck__ __subclasscheck__
    __reversed__ __length_hint__ __sizeof__ __bytes__ __complex__ __fspath__
    __round__ __trunc__ __floor__ __ceil__ __divmod__ __rdivmod__ __matmul__ __rmatmul__ __imatmul__
    """.split()
)
NEVER_SET = frozenset("__class__ __bases__ __dict__".split())
# A generator expression is evaluated at once where that cannot be told from CPython's order.
CONSUMERS = frozenset("sum min max list tuple set dict sorted any all".split())
GENERATOR = "a generator expression may only be the argument of {} or of str.join: use a list comprehension".format(
    ", ".join(sorted(CONSUMERS))
)


def check(tree: ast.Module) -> None:
    """Raises Unsupported at the first thing in source order that is outside the subset."""
    _Checker().visit(tree)


class _Checker(ast.NodeVisitor):
    def __init__(self) -> None:
        self.line = 1
        self.consumed: Set[ast.expr] = set()  # arguments that are evaluated at once

    def refuse(self, sentence: str) -> None:
        raise Unsupported(self.line, sentence)

    def visit(self, node: ast.AST) -> None:
        self.line = getattr(node, "lineno", self.line)
        name = type(node).__name__
        if name not in TAKEN:
            self.refuse(REFUSED.get(name, f"{name} is outside the subset"))
        special = getattr(self, f"check_{name}", None)
        if special is not None:
            special(node)
        for field, value in ast.iter_fields(node):
            if field not in ("annotation", "returns"):  # these are not evaluated
                self.visit_all(value if isinstance(value, list) else [value])

    def visit_all(self, values: Iterable[object]) -> None:
        for value in values:
            if isinstance(value, ast.AST):
                self.visit(value)

    def check_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._no_type_parameters(node)
        self._is_called(node.name)

    def check_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Store):
            self._is_called(node.id)

    def check_Attribute(self, node: ast.Attribute) -> None:
        if isinstance(node.ctx, ast.Load):
            return
        self._is_called(node.attr)
        if node.attr in NEVER_SET:
            self.refuse(f"changing {node.attr} is outside the subset")

    def _is_called(self, name: str) -> None:
        if name in NEVER_CALLED:
            self.refuse(f"{name} is outside the subset: nothing would call it")

    def check_arguments(self, node: ast.arguments) -> None:
        if node.vararg or node.kwarg:
            self.refuse("star parameters are outside the subset")
        if node.kwonlyargs or node.posonlyargs:
            self.refuse("keyword-only and positional-only parameters are outside the subset")

    def check_ClassDef(self, node: ast.ClassDef) -> None:
        self._no_type_parameters(node)
        if node.keywords:
            self.refuse("keywords of a class, such as metaclass, are outside the subset")
        if len(node.bases) > 1:
            self.refuse("multiple inheritance is outside the subset")

    def _no_type_parameters(self, node: ast.AST) -> None:
        if getattr(node, "type_params", None):
            self.refuse("type parameters are outside the subset")

    def check_Call(self, node: ast.Call) -> None:
        if any(isinstance(argument, ast.Starred) for argument in node.args):
            self.refuse("star arguments are outside the subset")
        if any(keyword.arg is None for keyword in node.keywords):
            self.refuse("double star arguments are outside the subset")
        if _consumes(node.func):
            self.consumed.update(node.args[:1])

    def check_GeneratorExp(self, node: ast.GeneratorExp) -> None:
        if node not in self.consumed:
            self.refuse(GENERATOR)

    def check_comprehension(self, node: ast.comprehension) -> None:
        if node.is_async:
            self.refuse("async for is outside the subset")

    def check_Starred(self, node: ast.Starred) -> None:
        if not isinstance(node.ctx, ast.Store):
            self.refuse("unpacking with a star in a display is outside the subset")

    def check_Dict(self, node: ast.Dict) -> None:
        if any(key is None for key in node.keys):
            self.refuse("unpacking with two stars in a display is outside the subset")

    def check_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, complex):
            self.refuse("complex numbers are outside the subset")
        if isinstance(node.value, str) and any("\ud800" <= c <= "\udfff" for c in node.value):
            self.refuse("halves of surrogate pairs are outside the subset: strings are UTF-8")

    def check_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            if "." in alias.name:
                self.refuse(f"modules inside modules, such as {alias.name}, are outside the subset")

    def check_ImportFrom(self, node: ast.ImportFrom) -> None:
        if node.level or "." in (node.module or ""):
            self.refuse("modules inside modules are outside the subset")
        if node.names[0].name == "*":
            self.refuse("import * is outside the subset")


def _consumes(function: ast.expr) -> bool:
    if isinstance(function, ast.Attribute):
        return function.attr == "join"
    return isinstance(function, ast.Name) and function.id in CONSUMERS
