"""Executes assembly with Python's own objects: slow, simple, an oracle for the translator's tests.

Registers are watched: one that is read must have been written and not be consumed since, so a
wrong last-use mark shows. Values are those of the Python that runs this, hence outputs must be
the same as if that Python had executed the source.

    python3 -m runtime.translate.tests.evaluator FILE.py ARGS
"""

from __future__ import annotations

import builtins
import operator
import sys
import types
from typing import Any, Callable, Dict, List, Optional

from ..source import translate
from .assembly import Code, Instruction, Register, parse

EMPTY = type("Empty", (), {"__repr__": lambda self: "EMPTY"})()

BINARY = {
    "ADD": operator.add, "SUB": operator.sub, "MUL": operator.mul, "TRUEDIV": operator.truediv,
    "FLOORDIV": operator.floordiv, "MOD": operator.mod, "POW": operator.pow, "LSHIFT": operator.lshift,
    "RSHIFT": operator.rshift, "AND": operator.and_, "OR": operator.or_, "XOR": operator.xor,
    "IADD": operator.iadd, "ISUB": operator.isub, "IMUL": operator.imul, "ITRUEDIV": operator.itruediv,
    "IFLOORDIV": operator.ifloordiv, "IMOD": operator.imod, "IPOW": operator.ipow, "ILSHIFT": operator.ilshift,
    "IRSHIFT": operator.irshift, "IAND": operator.iand, "IOR": operator.ior, "IXOR": operator.ixor,
    "LT": operator.lt, "LE": operator.le, "EQ": operator.eq, "NE": operator.ne, "GT": operator.gt, "GE": operator.ge,
    "IS": operator.is_, "ISNOT": operator.is_not, "IN": lambda a, b: a in b, "NOTIN": lambda a, b: a not in b,
    "GETITEM": operator.getitem,
}  # fmt: skip
for _name in ("ADD", "SUB", "MUL", "FLOORDIV", "MOD", "AND", "LSHIFT", "RSHIFT", "IADD", "ISUB", "IMUL"):
    BINARY[_name + "I"] = BINARY[_name]
UNARY = {"NEG": operator.neg, "POS": operator.pos, "INVERT": operator.invert, "NOT": operator.not_, "ITER": iter}
JUMPS = {"J" + name: BINARY[name] for name in ("LT", "LE", "EQ", "NE", "GT", "GE")}
JUMPS.update({name + "I": function for name, function in list(JUMPS.items())})
BUILD = {"LIST": list, "TUPLE": tuple, "SET": set, "STRING": "".join}
ADD = {"LISTADD": lambda c, v: c.append(v), "SETADD": lambda c, v: c.add(v), "DICTADD": operator.setitem}

UNSET = "cannot access {} variable {!r} where it is not associated with a value"


class Broken(Exception):
    """The assembly itself is wrong. No program can catch it: `Frame.run` lets it through."""


class Machine:
    def __init__(self, text: str) -> None:
        self.codes = parse(text)
        self.globals: Dict[str, Any] = {"__name__": "__main__"}
        self.handled: List[BaseException] = []

    def run(self) -> None:
        Frame(self, self.codes[0], [], ()).run()

    def look_up(self, name: str, *namespaces: Dict[str, Any]) -> Any:
        for namespace in (*namespaces, self.globals, vars(builtins)):
            if name in namespace:
                return namespace[name]
        raise NameError(f"name {name!r} is not defined")


class Frame:
    def __init__(self, machine: Machine, code: Code, arguments: List[Any], closure: tuple) -> None:
        self.machine, self.code, self.closure = machine, code, closure
        self.registers = arguments + [EMPTY] * (code.registers - len(arguments))
        self.at = 0
        self.result: Any = EMPTY

    def run(self) -> Any:
        depth = len(self.machine.handled)
        while self.result is EMPTY:
            here = self.at
            self.at += 1
            try:
                self.step(self.code.instructions[here])
                continue
            except Broken:
                raise
            except BaseException as error:  # handled outside, so that nothing becomes its context
                raised = error
            try:
                self.unwind(here, raised)
            finally:
                del raised  # its traceback has this frame: no cycle may keep it alive
        if len(self.machine.handled) != depth:
            raise Broken(f"{self.code.name}: {len(self.machine.handled) - depth} handlers not left")
        for register in range(len(self.registers)):  # a list drops its last item first
            self.registers[register] = EMPTY
        return self.result

    def unwind(self, here: int, error: BaseException) -> None:
        """Goes to the innermost handler, dropping what lies above its register."""
        handled = self.machine.handled
        if handled and error.__context__ is None and error is not handled[-1]:
            error.__context__ = handled[-1]
        for start, end, target, register in self.code.handlers:
            if start <= here < end:
                self.registers[register:] = [EMPTY] * (len(self.registers) - register)
                self.registers[register] = error
                self.at = target
                return
        try:
            raise error
        finally:
            del error

    def step(self, instruction: Instruction) -> None:
        operation, operands = instruction.operation, instruction.operands
        special = getattr(self, f"do_{operation}", None)
        if special is not None:
            special(*operands)
        elif operation in BINARY:
            self.write(operands[0], BINARY[operation](self.read(operands[1]), self.read(operands[2])))
        elif operation in UNARY:
            self.write(operands[0], UNARY[operation](self.read(operands[1])))
        elif operation in JUMPS:
            sense, left, right, label = operands
            self.jump(bool(JUMPS[operation](self.read(left), self.read(right))) == sense, label)
        elif operation in BUILD:
            self.write(operands[0], BUILD[operation](self.take(operands[1], operands[2])))
        elif operation in ADD:
            ADD[operation](*map(self.read, operands))
        else:
            raise Broken(f"no operation {operation}")

    # ---- registers

    def read(self, operand: Any) -> Any:
        if not isinstance(operand, Register):
            return operand
        value = self.registers[operand.number]
        if value is EMPTY:
            raise Broken(f"{self.code.name}: r{operand.number} is empty: {self.code.instructions[self.at - 1].text}")
        if operand.last:
            self.registers[operand.number] = EMPTY
        return value

    def write(self, register: Register, value: Any) -> None:
        self.registers[register.number] = value

    def take(self, first: int, count: int) -> List[Any]:
        return [self.read(Register(number, True)) for number in range(first, first + count)]

    def jump(self, condition: bool, label: str) -> None:
        if condition:
            self.at = self.code.labels[label]

    # ---- moves, cells, names

    def do_MOVE(self, d, r): self.write(d, self.read(r))
    def do_LOADK(self, d, k): self.write(d, k)
    def do_LOADI(self, d, i): self.write(d, i)
    def do_CLEAR(self, d): self.write(d, EMPTY)

    def do_CHECK(self, r, name):
        if self.registers[r.number] is EMPTY:
            raise UnboundLocalError(UNSET.format("local", name))

    def do_MAKECELL(self, d):
        held = self.registers[d.number]
        self.write(d, types.CellType() if held is EMPTY else types.CellType(held))

    def in_cell(self, r):
        try:
            return self.read(r).cell_contents
        except ValueError:
            raise UnboundLocalError(UNSET.format("local", self.code.names[r.number])) from None

    def in_free(self, n):
        try:
            return self.closure[n].cell_contents
        except ValueError:
            raise NameError(UNSET.format("free", self.code.free[n]) + " in enclosing scope") from None

    def do_DELCELL(self, r):
        self.in_cell(r)
        del self.read(r).cell_contents

    def do_DELFREE(self, n):
        self.in_free(n)
        del self.closure[n].cell_contents

    def do_LOADCELL(self, d, r): self.write(d, self.in_cell(r))
    def do_STORECELL(self, r, value): self.read(r).cell_contents = self.read(value)
    def do_LOADFREE(self, d, n): self.write(d, self.in_free(n))
    def do_STOREFREE(self, r, n): self.closure[n].cell_contents = self.read(r)
    def do_FREECELL(self, d, n): self.write(d, self.closure[n])
    def do_LOADGLOBAL(self, d, name): self.write(d, self.machine.look_up(name))
    def do_STOREGLOBAL(self, r, name): self.machine.globals[name] = self.read(r)
    def do_DELGLOBAL(self, name): self.delete_from(self.machine.globals, name)
    def do_LOADNAME(self, d, name): self.write(d, self.machine.look_up(name, self.registers[0]))
    def do_STORENAME(self, r, name): self.registers[0][name] = self.read(r)
    def do_DELNAME(self, name): self.delete_from(self.registers[0], name)

    def delete_from(self, namespace, name):
        if namespace.pop(name, EMPTY) is EMPTY:
            raise NameError(f"name {name!r} is not defined")

    # ---- attributes and items

    def do_LOADATTR(self, d, r, name): self.write(d, getattr(self.read(r), name))
    def do_STOREATTR(self, r, value, name): setattr(self.read(r), name, self.read(value))
    def do_DELATTR(self, r, name): delattr(self.read(r), name)
    def do_SETITEM(self, r, key, value): operator.setitem(self.read(r), self.read(key), self.read(value))
    def do_DELITEM(self, r, key): operator.delitem(self.read(r), self.read(key))
    def do_SLICE(self, d, n): self.write(d, slice(*self.take(n, 3)))

    # ---- jumps and iteration

    def do_JUMP(self, label): self.jump(True, label)
    do_LOOP = do_JUMP
    def do_JTRUE(self, r, label): self.jump(bool(self.read(r)), label)
    def do_JFALSE(self, r, label): self.jump(not self.read(r), label)
    def do_JIS(self, a, b, label): self.jump(self.read(a) is self.read(b), label)
    def do_JISNOT(self, a, b, label): self.jump(self.read(a) is not self.read(b), label)

    def do_FORITER(self, d, r, label):
        item = next(self.read(r), EMPTY)
        if item is EMPTY:
            self.write(r, EMPTY)
            self.jump(True, label)
        else:
            self.write(d, item)

    # ---- building

    def do_DICT(self, d, first, count):
        items = self.take(first, 2 * count)
        self.write(d, dict(zip(items[::2], items[1::2])))

    def unpacked(self, first, values):
        self.registers[first : first + len(values)] = values

    def do_UNPACK(self, first, r, count):
        values = unpackers(count, None)(self.read(r))
        self.unpacked(first, values)

    def do_UNPACKEX(self, first, r, before, after):
        self.unpacked(first, unpackers(before, after)(self.read(r)))

    def do_FORMAT(self, d, r, spec, conversion):
        value, spec = self.read(r), self.read(spec) or ""
        convert = {0: lambda v: v, ord("s"): str, ord("r"): repr, ord("a"): ascii}[conversion]
        self.write(d, format(convert(value), spec))

    # ---- calls, functions, classes

    def do_CALL(self, d, base, count): self.do_CALLKW(d, base, count, ())

    def do_CALLKW(self, d, base, count, names):
        callee, *values = self.arguments(base, count)
        self.write(d, call(callee, values, names))

    def arguments(self, base, count):
        """Callee or object, and arguments; the callee's frame will begin there."""
        values = self.take(base, count + 1)
        if any(value is not EMPTY for value in self.registers[max(base, self.code.local_count) :]):
            raise Broken(f"{self.code.name}: registers in use above a call's arguments")
        return values

    def do_CALLM(self, d, base, count, name): self.do_CALLMKW(d, base, count, name, ())

    def do_CALLMKW(self, d, base, count, name, names):
        target, *values = self.arguments(base, count)
        self.write(d, call(getattr(target, name), values, names))

    def do_RETURN(self, r): self.result = self.read(r)
    def do_RETURNK(self, k): self.result = k

    def do_FUNCTION(self, d, defaults, closure, number):
        code = self.machine.codes[number.number]
        self.write(d, make_function(self.machine, code, self.read(defaults) or (), self.read(closure) or ()))

    def do_CLASS(self, d, base, count):
        body, name, *bases = self.arguments(base, count + 1)
        namespace = {"__module__": "__main__", "__qualname__": body.__qualname__}
        cell = body(namespace)
        made = type(bases[0] if bases else object)(name, tuple(bases), namespace)
        if cell is not None:
            cell.cell_contents = made
        self.write(d, made)

    def do_IMPORT(self, d, name): self.write(d, __import__(name))

    def do_IMPORTFROM(self, d, r, name):
        module = self.read(r)
        if not hasattr(module, name):
            raise ImportError(f"cannot import name {name!r} from {module.__name__!r}")
        self.write(d, getattr(module, name))

    # ---- exceptions and with

    def do_MATCHEXC(self, d, error, kind):
        try:
            raise self.read(error)
        except self.read(kind):
            self.write(d, True)
        except BaseException as other:
            if other is not self.registers[error.number]:
                raise
            self.write(d, False)

    def do_RAISE(self, error, cause):
        raised = self.read(error)
        if isinstance(raised, BaseException) and self.machine.handled:
            replace_context(raised, self.machine.handled[-1])
        try:
            if cause is None:
                raise raised
            raise raised from self.read(cause)
        finally:
            del raised  # its traceback has this frame

    def do_RERAISE(self, error): raise self.read(error)
    def do_ENTERHANDLER(self, error): self.machine.handled.append(self.read(error))
    def do_LEAVEHANDLER(self): self.machine.handled.pop()

    def do_RAISECURRENT(self):
        if not self.machine.handled:
            raise RuntimeError("No active exception to reraise")
        raise self.machine.handled[-1]

    def do_ASSERTFAIL(self, message): raise AssertionError(*([] if message is None else [self.read(message)]))

    def do_WITHENTER(self, d, r):
        manager = self.read(r)
        kind = type(manager)
        if not hasattr(kind, "__enter__"):
            raise TypeError(f"{kind.__name__!r} object does not support the context manager protocol")
        if not hasattr(kind, "__exit__"):
            missing = "(missed __exit__ method)"
            raise TypeError(f"{kind.__name__!r} object does not support the context manager protocol {missing}")
        self.write(d, kind.__enter__(manager))

    def do_WITHEXIT(self, d, r, error):
        manager, error = self.read(r), self.read(error)
        described = (None, None, None) if error is None else (type(error), error, None)
        self.write(d, bool(type(manager).__exit__(manager, *described)))


def replace_context(raised: BaseException, handled: BaseException) -> None:
    """What a raise statement does in a handler: no circle of contexts is made."""
    if raised is handled:
        return
    link: Optional[BaseException] = handled
    while link is not None and link.__context__ is not raised:
        link = link.__context__
    if link is not None:
        link.__context__ = None
    raised.__context__ = handled


def call(callee: Callable, values: List[Any], names: tuple) -> Any:
    split = len(values) - len(names)
    return callee(*values[:split], **dict(zip(names, values[split:])))


def unpackers(before: int, after: Optional[int]) -> Callable[[Any], list]:
    """Unpacks as Python does, so that its errors are Python's."""
    targets = [f"a{i}" for i in range(before + (after or 0))]
    if after is not None:
        targets.insert(before, "*rest")
    names = ", ".join(targets)
    source = f"def unpack(value):\n [{names}] = value\n return [{names.replace('*', '')}]"
    namespace: Dict[str, Any] = {}
    exec(source, namespace)
    return namespace["unpack"]


def make_function(machine: Machine, code: Code, defaults: tuple, closure: tuple) -> Callable:
    """A Python function with the same parameters, so that errors about them are Python's."""
    names = [name if name.isidentifier() else f"hidden{i}" for i, name in enumerate(code.names[: code.arguments])]
    parameters = ", ".join(names)
    namespace: Dict[str, Any] = {"run": lambda arguments: Frame(machine, code, arguments, closure).run()}
    exec(f"def function({parameters}): return run([{parameters}])", namespace)
    function = namespace["function"]
    function.__defaults__ = defaults
    function.__name__ = code.name.rpartition(".")[2]
    function.__qualname__ = code.name
    function.__module__ = "__main__"
    return function


def main(arguments: List[str]) -> None:
    with open(arguments[0], "rb") as file:
        machine = Machine(translate(file.read(), arguments[0], ""))
    sys.argv = arguments
    machine.run()


if __name__ == "__main__":
    sys.setrecursionlimit(4000)
    main(sys.argv[1:])
