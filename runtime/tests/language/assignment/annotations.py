"""Annotations change nothing."""

from __future__ import annotations


def f(a: int, b: "str" = "x") -> list:
    total: int = 5
    unset: float
    return [a, b, total]


class C:
    x: int = 1
    y: undefined_type
    z: list[int] = [1]

    def m(self: C) -> C:
        self.v: int = 7
        return self


print(f(1), C.x, C.z, C().m().v, hasattr(C, "y"))
number: int = 3
print(number)


def g():
    v: int
    try:
        return v
    except UnboundLocalError:
        return "unbound"


print(g())
