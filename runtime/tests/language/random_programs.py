"""Random valid programs of the subset, for comparing the interpreter with CPython's.

A program is made from a seed alone: functions, a class, then statements that change a few
variables of known types and print what became of them. Every loop is bounded, numbers are kept
small, and what may go wrong is caught, so that a program always ends and prints the same on any
correct engine. Sets are printed sorted; nothing depends on addresses or time.

    python3 random_programs.py SEED      prints one
"""

from __future__ import annotations

import random
import sys

NAMES = {
    "int": ("i", "j", "k", "n"), "float": ("x", "y"), "str": ("s", "w"), "bool": ("p", "q"),
    "list": ("items", "row"), "dict": ("table",), "set": ("bag",), "tuple": ("pair",),
}  # fmt: skip
WORDS = ("", "a", "bc", "spam", "Egg", "x y", "é", "0", "-1", "ab" * 3)
DEPTH = 3  # of nested expressions and of nested blocks
# Keeps values small, however often a loop doubles them.
CUT = """\
def cut(v):
    if isinstance(v, (str, list)):
        return v[:12]
    if isinstance(v, float):
        return v if -1e12 < v < 1e12 else 0.25
    return v % 1000000 if -10**12 < v < 10**12 else 7
"""


class Maker:
    """Makes one program; lines are collected with their indentation."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.lines: list[str] = []
        self.indent = 0
        self.loops = 0
        self.functions: list[tuple[str, int]] = []
        self.in_function = False

    def choose(self, *options):
        return self.random.choice(options)

    def line(self, text: str) -> None:
        self.lines.append("    " * self.indent + text)

    # ------------------------------------------------------------ the program

    def program(self) -> str:
        self.lines += CUT.splitlines()
        for number in range(self.random.randint(1, 3)):
            self.function(number)
        self.klass()
        self.setup()
        for _ in range(self.random.randint(6, 14)):
            self.guarded()
        self.show()
        return "\n".join(self.lines) + "\n"

    def setup(self) -> None:
        r = self.random
        for name in NAMES["int"]:
            self.line(f"{name} = {r.randint(-9, 300)}")
        for name in NAMES["float"]:
            self.line(f"{name} = {r.choice((0.0, -0.5, 1.5, 2.25, 1e10, 0.1))}")
        for name in NAMES["str"]:
            self.line(f"{name} = {r.choice(WORDS)!r}")
        for name in NAMES["bool"]:
            self.line(f"{name} = {r.choice((True, False))}")
        for name in NAMES["list"]:
            self.line(f"{name} = {[r.randint(-5, 9) for _ in range(r.randint(0, 5))]}")
        self.line(f"table = {({w: i for i, w in enumerate(r.sample(WORDS, 3))})!r}")
        self.line(f"bag = set({[r.randint(0, 6) for _ in range(4)]})")
        self.line(f"pair = ({r.randint(0, 9)}, {r.choice(WORDS)!r})")
        self.line(f"thing = Thing({r.randint(0, 9)})")

    def show(self) -> None:
        self.line("print(i, j, k, n, x, y, repr(s), repr(w), p, q)")
        self.line("print(items, row, table, sorted(bag), pair, thing)")

    def guarded(self) -> None:
        """A statement in whose course anything may be raised; then the state."""
        self.line("try:")
        self.indent += 1
        self.statement(0)
        self.indent -= 1
        self.line("except Exception as error:")
        self.line("    print(type(error).__name__)")
        if self.random.random() < 0.3:
            self.line("finally:")
            self.line("    print('finally', i, j)")
        if self.random.random() < 0.4:
            self.show()

    # ------------------------------------------------------------ definitions

    def function(self, number: int) -> None:
        name, arity = f"f{number}", self.random.randint(1, 3)
        parameters = ["a", "b", "c"][:arity]
        shown = list(parameters)
        if arity > 1 and self.random.random() < 0.5:
            shown[-1] += f"={self.random.randint(-3, 3)}"
        self.line(f"def {name}({', '.join(shown)}):")
        operator = self.choose("+", "-", "*", "|", "^")
        self.line(f"    total = {f' {operator} '.join(parameters)}")
        if self.random.random() < 0.5:
            self.line(f"    for step in range({self.random.randint(0, 4)}):")
            self.line(f"        total {self.choose('+=', '-=')} step * {parameters[0]}")
            self.line(f"        if total > {self.random.randint(10, 90)}:")
            self.line(f"            {self.choose('break', 'continue', 'return total')}")
        if self.random.random() < 0.4:
            self.line("    def inner(d):")
            self.line(f"        {'nonlocal total' if self.random.random() < 0.7 else 'extra = total'}")
            self.line(f"        {'total = total + d' if 'nonlocal' in self.lines[-1] else 'extra += d'}")
            self.line("        return d * 2")
            self.line(f"    total += inner({parameters[-1]})")
        self.line("    return total")
        self.line("")
        self.functions.append((name, arity))

    def klass(self) -> None:
        self.line("class Base:")
        self.line(f"    shared = {self.random.randint(0, 5)}")
        self.line("    def __init__(self, v):")
        self.line("        self.v = v")
        self.line("    def grow(self, d):")
        self.line(f"        self.v = self.v {self.choose('+', '-', '*')} d")
        self.line("        return self.v % 97")
        self.line("class Thing(Base):")
        if self.random.random() < 0.5:
            self.line("    def grow(self, d):")
            self.line("        return super().grow(d + 1) + self.shared")
        self.line("    def __repr__(self):")
        self.line("        return f'Thing({self.v % 97})'")
        self.line("    def __eq__(self, other):")
        self.line("        return isinstance(other, Thing) and self.v == other.v")
        self.line("")

    # ------------------------------------------------------------ statements

    def statement(self, depth: int) -> None:
        simple = (self.assign, self.assign, self.augment, self.change, self.call_print, self.unpack)
        nested = (self.condition, self.for_loop, self.while_loop, self.attempt)
        self.choose(*(simple if depth >= DEPTH else simple + nested))(depth)

    def block(self, depth: int) -> None:
        self.indent += 1
        for _ in range(self.random.randint(1, 2)):
            self.statement(depth + 1)
        self.indent -= 1

    def assign(self, depth: int) -> None:
        kind = self.choose(*NAMES)
        name = self.choose(*NAMES[kind])
        self.line(f"{name} = {self.expression(kind, 0)}")
        self.cut(kind, name)

    def augment(self, depth: int) -> None:
        kind = self.choose("int", "int", "float", "str", "list")
        operator = {"int": ("+=", "-=", "*=", "//=", "%=", "|=", "&=", "^="), "float": ("+=", "-=", "*="),
                    "str": ("+=",), "list": ("+=",)}[kind]  # fmt: skip
        name = self.choose(*NAMES[kind])
        self.line(f"{name} {self.choose(*operator)} {self.expression(kind, 1)}")
        self.cut(kind, name)

    def cut(self, kind: str, name: str) -> None:
        if kind in ("int", "float", "str", "list"):
            self.line(f"{name} = cut({name})")

    def unpack(self, depth: int) -> None:
        self.line(self.choose(
            "i, j = j, i", "k, (i, n) = n, (k, j)", "x, y = y, x + 1.0", "s, w = w, s", "i = j = k + 1",
            "items, row = row, items", "k, s = pair", "i, j, k = items",
        ))  # fmt: skip

    def change(self, depth: int) -> None:
        number, word = self.expression("int", 1), self.expression("str", 2)
        self.line(self.choose(
            f"items.append({number})", "items.pop()", f"items.insert({number}, 1)", "items.reverse()", "items.sort()",
            f"items[{number}] = 5", "del items[0]", "items.extend(row)", f"items.remove({number})", f"items[1:3] = [{number}]",
            f"table[{word}] = {number}", f"del table[{word}]", f"table.setdefault({word}, 3)", f"table.pop({word})",
            "table.update({'u': 1})", f"bag.add({number})", f"bag.discard({number})", f"bag.remove({number})",
            f"thing.v = {number}", f"thing.grow({number})", "Base.shared += 1", "row = items[:]", "items.clear()",
        ))  # fmt: skip

    def call_print(self, depth: int) -> None:
        kind = self.choose("int", "float", "str", "bool", "list", "tuple")
        self.line(f"print({self.expression(kind, 0)})")

    def condition(self, depth: int) -> None:
        self.line(f"if {self.expression('bool', 1)}:")
        self.block(depth)
        if self.random.random() < 0.4:
            self.line(f"elif {self.expression('bool', 1)}:")
            self.block(depth)
        if self.random.random() < 0.6:
            self.line("else:")
            self.block(depth)

    def for_loop(self, depth: int) -> None:
        self.loops += 1
        variable = f"v{self.loops}"
        source = self.choose("range(4)", "range(5, 0, -2)", "items[:4]", "sorted(table)[:4]", "sorted(bag)[:4]", "s[:4]",
                             "enumerate(row[:3])", "zip(items[:3], row[:3])", "reversed(row[:3])", "pair")  # fmt: skip
        self.line(f"for {variable} in {source}:")
        self.block(depth)
        self.line(f"    {self.choose('print', 'str')}({variable})")
        if self.random.random() < 0.4:
            self.line(f"    if {self.expression('bool', 1)}:")
            self.line(f"        {self.choose('break', 'continue')}")
        if self.random.random() < 0.3:
            self.line("else:")
            self.line("    print('no break')")

    def while_loop(self, depth: int) -> None:
        self.loops += 1
        variable = f"c{self.loops}"
        self.line(f"{variable} = {self.random.randint(1, 4)}")
        self.line(f"while {variable} > 0{self.choose('', ' and ' + self.expression('bool', 2))}:")
        self.line(f"    {variable} -= 1")
        self.block(depth)

    def attempt(self, depth: int) -> None:
        self.line("try:")
        self.block(depth)
        if self.random.random() < 0.4:
            kind = self.choose("ValueError", "KeyError", "Exception")
            self.line(f"    raise {kind}({self.expression('str', 2)})")
        self.line(f"except {self.choose('ValueError', '(KeyError, IndexError)', 'LookupError', 'ArithmeticError')} as problem:")
        self.line("    print('caught', type(problem).__name__)")
        if self.random.random() < 0.3:
            self.line("    raise")
        if self.random.random() < 0.3:
            self.line("else:")
            self.line("    print('went well')")
        if self.random.random() < 0.4:
            self.line("finally:")
            self.line("    print('at last')")

    # ------------------------------------------------------------ expressions

    def expression(self, kind: str, depth: int) -> str:
        if depth >= DEPTH or self.random.random() < 0.25:
            return self.leaf(kind)
        return getattr(self, f"make_{kind}")(depth + 1)

    def leaf(self, kind: str) -> str:
        if self.random.random() < 0.6:
            return self.choose(*NAMES[kind])
        r = self.random
        return {
            "int": lambda: str(r.choice((0, 1, 2, 3, 7, 10, 255, 256, 257, -1, -7))),
            "float": lambda: r.choice(("0.5", "1.25", "-3.0", "1e3", "0.0")),
            "str": lambda: repr(r.choice(WORDS)), "bool": lambda: r.choice(("True", "False")),
            "list": lambda: str([r.randint(0, 9) for _ in range(r.randint(0, 3))]),
            "dict": lambda: "{'a': 1, 'b': 2}", "set": lambda: "{1, 2, 3}", "tuple": lambda: "(1, 'a')",
        }[kind]()  # fmt: skip

    def make_int(self, d: int) -> str:
        e = self.expression
        if self.functions and self.random.random() < 0.15:
            name, arity = self.choose(*self.functions)
            return f"{name}({', '.join(e('int', d + 1) for _ in range(arity))})"
        operator = self.choose("+", "-", "*", "//", "%", "&", "|", "^")
        return self.choose(
            f"({e('int', d)} {operator} {e('int', d)})", f"({e('int', d)} {operator} {e('int', d)})",
            f"-{e('int', d)}", f"~{e('int', d)}", f"abs({e('int', d)})", f"len({e(self.choose('list', 'str', 'tuple', 'dict'), d)})",
            f"({e('int', d)} << 3)", f"({e('int', d)} >> 2)", f"int({e('float', d)})", f"min({e('int', d)}, {e('int', d)})",
            f"({e('int', d)} if {e('bool', d)} else {e('int', d)})", f"sum({e('list', d)})", f"{e('list', d)}[{e('int', d)}]",
            f"table.get({e('str', d)}, -1)", f"ord({e('str', d)}[0])", f"thing.grow({e('int', d)})", f"{e('list', d)}.count(1)",
            f"({e('int', d)} % 5) ** 3", f"{e('str', d)}.find('a')", f"divmod({e('int', d)}, 7)[1]", f"max({e('list', d)})",
        )  # fmt: skip

    def make_float(self, d: int) -> str:
        e = self.expression
        return self.choose(
            f"({e('float', d)} {self.choose('+', '-', '*', '/')} {e('float', d)})", f"({e('int', d)} / {e('int', d)})",
            f"float({e('int', d)})", f"round({e('float', d)}, 2)", f"abs({e('float', d)})", f"({e('float', d)} // 1.0)",
            f"({e('float', d)} % 2.5)", f"({e('int', d)} * {e('float', d)})",
        )  # fmt: skip

    def make_str(self, d: int) -> str:
        e = self.expression
        return self.choose(
            f"({e('str', d)} + {e('str', d)})", f"({e('str', d)} * 2)", f"str({e(self.choose('int', 'float', 'bool', 'list'), d)})",
            f"{e('str', d)}.upper()", f"{e('str', d)}[{e('int', d)}]", f"{e('str', d)}[::-1]", f"repr({e('str', d)})",
            f"'-'.join([str(v) for v in {e('list', d)}])", f"{e('str', d)}.replace('a', 'o')", f"{e('str', d)}.strip()",
            f"f'{{{e_quoted(e('int', d))}:>5}}|{{{e_quoted(e('float', d))}:.2f}}'", f"'%d and %s' % ({e('int', d)}, {e('str', d)})",
            f"chr(97 + {e('int', d)} % 26)", f"({e('str', d)} or 'empty')", f"{e('str', d)}.split()[0]", f"hex({e('int', d)})",
        )  # fmt: skip

    def make_bool(self, d: int) -> str:
        e, kind = self.expression, self.choose("int", "float", "str", "list", "tuple")
        return self.choose(
            f"({e(kind, d)} {self.choose('==', '!=', '<', '<=', '>', '>=')} {e(kind, d)})", f"(not {e('bool', d)})",
            f"({e('bool', d)} and {e('bool', d)})", f"({e('bool', d)} or {e('bool', d)})", f"({e('int', d)} in {e('list', d)})",
            f"({e('str', d)} not in table)", f"bool({e('list', d)})", f"(0 < {e('int', d)} < 50)", f"isinstance({e('int', d)}, int)",
            f"(thing == Thing({e('int', d)}))", f"{e('str', d)}.startswith('a')", f"any([v > 3 for v in {e('list', d)}])",
            "(items is row)", f"({e('int', d)} in bag)",
        )  # fmt: skip

    def make_list(self, d: int) -> str:
        e = self.expression
        return self.choose(
            f"[{e('int', d)}, {e('int', d)}]", f"({e('list', d)} + {e('list', d)})", f"sorted({e('list', d)})",
            f"[v * 2 for v in {e('list', d)} if v != {e('int', d)}]", f"{e('list', d)}[1:]", f"{e('list', d)}[::-1]",
            f"list(range({e('int', d)} % 6))", f"([{e('int', d)}] * 2)", f"[a + b for a, b in zip({e('list', d)}, {e('list', d)})]",
            f"sorted(set({e('list', d)}))", f"[len(v) for v in sorted({e('dict', d)})]", f"list({e('dict', d)}.values())",
        )  # fmt: skip

    def make_dict(self, d: int) -> str:
        e = self.expression
        return self.choose(
            f"{{{e('str', d)}: {e('int', d)}, 'z': {e('int', d)}}}", f"dict({e('dict', d)})", f"{e('dict', d)}.copy()",
            f"{{str(v): v for v in {e('list', d)}}}",
        )  # fmt: skip

    def make_set(self, d: int) -> str:
        e = self.expression
        return self.choose(
            f"({e('set', d)} | {e('set', d)})", f"({e('set', d)} & {e('set', d)})", f"({e('set', d)} - {{{e('int', d)}}})",
            f"set({e('list', d)})", f"{{v % 4 for v in {e('list', d)}}}",
        )  # fmt: skip

    def make_tuple(self, d: int) -> str:
        e = self.expression
        return self.choose(f"({e('int', d)}, {e('str', d)})", f"({e('int', d)}, {e('str', d)}) * 1", f"tuple([{e('int', d)}, {e('str', d)}])")


def e_quoted(expression: str) -> str:
    """An expression that may stand in an f-string of single quotes under Python 3.9 too."""
    return "1" if any(mark in expression for mark in "'\"\\{}") else expression


def program(seed: int) -> str:
    """The program of a seed, the same on every Python."""
    return Maker(seed).program()


if __name__ == "__main__":
    sys.stdout.write(program(int(sys.argv[1])))
