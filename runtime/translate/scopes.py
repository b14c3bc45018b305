"""Where names live: locals of a frame, cells shared with inner functions, globals, class bodies.

Each module, function, lambda, class and comprehension has a scope. A comprehension runs inside the
frame around it (`inlined`) unless an inner function keeps one of its variables. Names are mangled
(`__x` in class C is `_C__x`) on their way in, here and in `Scope.mangle`.
"""

from __future__ import annotations

import ast
from typing import Dict, Iterable, List, NamedTuple, Optional, Set

COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp)


class Place(NamedTuple):
    """Where a name is: `local` and `cell` with a register, `free` with a place in the closure,
    `global`, and `name` in the namespace of a class body."""

    kind: str
    number: int = 0


class Scope:
    def __init__(self, kind: str, name: str, parent: Optional["Scope"], parameters: Iterable[str] = ()) -> None:
        self.kind = kind  # module, function, class, comprehension
        self.parent = parent
        self.private = parent.private if parent else ""  # the class whose names are mangled here
        self.qualified = name if parent is None else _qualified(parent, name)
        self.inlined = False
        self.children: List[Scope] = []
        self.bound: Dict[str, None] = {}  # in order of appearance
        self.used: Dict[str, None] = {}
        self.globals: Set[str] = set()
        self.nonlocals: Set[str] = set()
        self.assigned_within: Set[str] = set()  # by :=, in the middle of an expression
        self.captured: Set[str] = set()  # locals that inner functions use: cells
        self.free: List[str] = []  # captured from outside, in the order of the closure
        self.registers: Dict[str, int] = {}  # of the locals; an inlined one's are given out late
        if parent is not None:
            parent.children.append(self)
        for parameter in parameters:
            self.bind(parameter)

    def mangle(self, name: str) -> str:
        if not self.private or not name.startswith("__") or name.endswith("__") or "." in name:
            return name
        return f"_{self.private}{name}"

    def bind(self, name: str) -> None:
        self.bound.setdefault(self.mangle(name))

    def use(self, name: str) -> None:
        self.used.setdefault(self.mangle(name))

    def owns(self, name: str) -> bool:
        return name in self.bound and name not in self.globals and name not in self.nonlocals

    def locals(self) -> List[str]:
        """The names that live in registers, parameters first."""
        if self.kind == "class":
            return [".namespace"] + sorted(self.captured)
        first = [".0"] if self.kind == "comprehension" else []  # its iterator
        return first + [name for name in self.bound if self.kind != "module" and self.owns(name)]

    def frame(self) -> "Scope":
        """The scope in whose frame this one's code runs."""
        scope = self
        while scope.inlined:
            scope = scope.parent
        return scope

    def place(self, mangled: str) -> Place:
        """Where code in this scope finds a name. Valid once `resolve` has run."""
        if self.inlined:
            return self._place_inlined(mangled)
        if self.kind == "class":
            return self._place_in_class(mangled)
        if self.owns(mangled) and self.kind != "module":
            kind = "cell" if mangled in self.captured else "local"
            return Place(kind, self.registers[mangled])
        return self._place_outside(mangled)

    def _place_inlined(self, mangled: str) -> Place:
        if mangled in self.registers:
            return Place("local", self.registers[mangled])
        if self.parent.kind == "class":  # a comprehension does not see the names of the class
            return self.parent._place_outside(mangled)
        return self.parent.place(mangled)

    def _place_in_class(self, mangled: str) -> Place:
        if mangled == "__class__" and mangled in self.captured:
            return Place("cell", self.registers[mangled])
        if mangled in self.globals:
            return Place("global")
        outside = self._place_outside(mangled)
        return outside if outside.kind == "free" and not self.owns(mangled) else Place("name")

    def _place_outside(self, mangled: str) -> Place:
        return Place("free", self.free.index(mangled)) if mangled in self.free else Place("global")


def _qualified(parent: Scope, name: str) -> str:
    """The name with those it is in, as CPython's `__qualname__`."""
    if parent.kind == "module" or name in parent.globals:
        return name
    return f"{parent.qualified}.{name}" if parent.kind == "class" else f"{parent.qualified}.<locals>.{name}"


def analyse(tree: ast.Module) -> Dict[ast.AST, Scope]:
    """The scope of the module and of each definition, lambda and comprehension in it."""
    builder = _Builder(tree)
    module = builder.scopes[tree]
    _choose_inlined(module)
    _resolve(module)
    for scope in builder.scopes.values():
        if not scope.inlined:
            scope.registers = {name: number for number, name in enumerate(scope.locals())}
    return builder.scopes


class _Builder(ast.NodeVisitor):
    """Makes the scopes, with the names that each binds and uses itself."""

    def __init__(self, tree: ast.Module) -> None:
        self.scopes: Dict[ast.AST, Scope] = {}
        self.scope = self._enter(tree, Scope("module", "<module>", None))
        self.generic_visit(tree)

    def _enter(self, node: ast.AST, scope: Scope) -> Scope:
        self.scopes[node] = scope
        return scope

    def _inside(self, node: ast.AST, scope: Scope, children: Iterable[ast.AST]) -> None:
        outer, self.scope = self.scope, self._enter(node, scope)
        for child in children:
            self.visit(child)
        self.scope = outer

    def _visit_all(self, nodes: Iterable[Optional[ast.AST]]) -> None:
        for node in nodes:
            if node is not None:
                self.visit(node)

    # ---- what opens a scope; what stands outside it is visited first

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._visit_all(node.decorator_list + node.args.defaults)
        self.scope.bind(node.name)
        self._function(node, node.name, node.body)

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self._visit_all(node.args.defaults)
        self._function(node, "<lambda>", [node.body])

    def _function(self, node: ast.AST, name: str, body: Iterable[ast.AST]) -> None:
        parameters = [argument.arg for argument in node.args.args]
        self._inside(node, Scope("function", name, self.scope, parameters), body)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._visit_all(node.decorator_list + node.bases)
        self.scope.bind(node.name)
        scope = Scope("class", node.name, self.scope)
        scope.private = node.name.lstrip("_")
        self._inside(node, scope, node.body)

    def visit_ListComp(self, node: ast.ListComp) -> None:
        self._comprehension(node, "<listcomp>", [node.elt])

    visit_GeneratorExp = visit_ListComp

    def visit_SetComp(self, node: ast.SetComp) -> None:
        self._comprehension(node, "<setcomp>", [node.elt])

    def visit_DictComp(self, node: ast.DictComp) -> None:
        self._comprehension(node, "<dictcomp>", [node.key, node.value])

    def _comprehension(self, node: ast.AST, name: str, results: List[ast.AST]) -> None:
        first = node.generators[0]
        self.visit(first.iter)
        children: List[ast.AST] = [first.target, *first.ifs]
        for generator in node.generators[1:]:
            children += [generator.iter, generator.target, *generator.ifs]
        self._inside(node, Scope("comprehension", name, self.scope), children + results)

    # ---- what binds and uses names

    def visit_Name(self, node: ast.Name) -> None:
        self.scope.use(node.id)
        if not isinstance(node.ctx, ast.Load):
            self.scope.bind(node.id)
        elif node.id == "super":  # without arguments it is super(__class__, the first argument)
            self.scope.use("__class__")

    def visit_NamedExpr(self, node: ast.NamedExpr) -> None:
        self.visit(node.value)
        self.scope.use(node.target.id)
        target = self.scope
        while target.kind == "comprehension":
            target = target.parent
        target.bind(node.target.id)
        target.assigned_within.add(target.mangle(node.target.id))

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        if node.name:
            self.scope.bind(node.name)
        self.generic_visit(node)

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            self.scope.bind(alias.asname or alias.name)

    visit_ImportFrom = visit_Import

    def visit_Global(self, node: ast.Global) -> None:
        self.scope.globals.update(map(self.scope.mangle, node.names))

    def visit_Nonlocal(self, node: ast.Nonlocal) -> None:
        self.scope.nonlocals.update(map(self.scope.mangle, node.names))
        for name in node.names:
            self.scope.use(name)


def _choose_inlined(scope: Scope) -> Set[str]:
    """Decides for the comprehensions in `scope`; returns the names that its frame would capture
    if the scope were a function of its own."""
    wanted: Set[str] = set()
    for child in scope.children:
        wanted |= _choose_inlined(child)
    if scope.kind == "comprehension":
        scope.inlined = not wanted & set(scope.bound)
        if scope.inlined:  # what it uses itself, the frame around it uses
            for name in scope.used:
                if name not in scope.bound:
                    scope.parent.used.setdefault(name)
            return wanted
    return _unbound(scope, wanted | set(scope.used))


def _unbound(scope: Scope, names: Set[str]) -> Set[str]:
    if scope.kind == "class":
        return names - {"__class__"}
    return {name for name in names if not scope.owns(name) and name not in scope.globals}


def _resolve(scope: Scope) -> None:
    """Finds the owner of each name used, so that cells and closures are known."""
    for name in scope.used:
        if not _sees(scope, name):
            _capture(scope.frame(), name)
    for child in scope.children:
        _resolve(child)


def _sees(scope: Scope, name: str) -> bool:
    """Whether code in the scope finds the name without a closure."""
    while scope.inlined:
        if name in scope.bound:
            return True
        scope = scope.parent
        if scope.kind == "class":  # whose names a comprehension in it does not see
            return False
    return scope.kind == "module" or name in scope.globals or scope.owns(name)


def _capture(frame: Scope, name: str) -> bool:
    """Makes a name of an enclosing function a free variable of `frame`; False if it is global."""
    if name in frame.free:
        return True
    outer = frame.parent.frame() if frame.parent else None
    if outer is None or outer.kind == "module":
        return False
    if outer.kind == "class":
        owns = name == "__class__"
        found = owns or _capture(outer, name)
    else:
        owns = outer.owns(name)
        found = owns or (name not in outer.globals and _capture(outer, name))
    if owns:
        outer.captured.add(name)
    if found:
        frame.free.append(name)
    return found
