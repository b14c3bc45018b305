"""How much memory objects take in the CPython that runs this: bench/kernels/weights.c in Python.

The process does nothing else: what it has more of at the end is what the objects took. They are
found through a table that was there before. `sizeof` is what the interpreter itself says of one.
"""

from __future__ import annotations

import gc
import sys
from typing import Any, Callable

FIRST_VALUE = 1000  # above the cached ints


class Instance:
    def __init__(self) -> None:
        self.k0 = None
        self.k1 = None
        self.k2 = None


def new_str(which: int) -> str:
    return "".join(chr(97 + (which >> (4 * i)) % 16) for i in range(8))


MAKERS: dict[str, Callable[[int], Any]] = {
    "int": lambda which: FIRST_VALUE + which,
    "float": float,
    "str": new_str,
    "tuple": lambda _: tuple([None, None]),
    "list": lambda _: [None, None],
    "dict": lambda _: {"k0": None, "k1": None, "k2": None, "k3": None, "k4": None},
    "instance": lambda _: Instance(),
}
CELLS = ("object_memory",)


def weigh(params: dict[str, Any]) -> dict[str, Any]:
    """Makes the objects. Returns what a line of memory says of them."""
    make, count = MAKERS[params["kind"]], params["objects"]
    gc.disable()
    table: list[Any] = [None] * count
    make(0)
    start = _kib("smaps_rollup", "Anonymous:")
    for i in range(count):
        table[i] = make(i)
    full = _kib("smaps_rollup", "Anonymous:")
    sizeof = sys.getsizeof(table[-1]) + _parts(table[-1])
    table.clear()
    end = _kib("smaps_rollup", "Anonymous:")
    resident = {"start": 1024 * start, "peak": 1024 * max(start, full), "end": 1024 * end}
    return {"ops": [count], "resident": resident, "sizeof": sizeof}


def _parts(thing: Any) -> int:
    """What an object has beside it: the attributes of an instance."""
    return sys.getsizeof(vars(thing)) if isinstance(thing, Instance) else 0


def _kib(file: str, key: str) -> int:
    with open(f"/proc/self/{file}", encoding="ascii") as lines:
        return next(int(line.split()[1]) for line in lines if line.startswith(key))
