"""A call makes a frame, which holds references; the return drops them."""

import sys


def add(a, b):
    total = a + b
    return total


print("add(10, 20) =", add(10, 20))


def depth(n, thing):
    """How the count grows as frames pile up, and what is left of it when they are gone."""
    if n == 0:
        return sys.getrefcount(thing)
    return depth(n - 1, thing)


thing = []
before = sys.getrefcount(thing)
shallow = depth(1, thing)
deep = depth(5, thing)
print("deeper frames hold more:", deep > shallow > before)
print("all dropped again:", sys.getrefcount(thing) == before)


def endless(n):
    return endless(n + 1)


try:
    endless(0)
except RecursionError as error:
    print("RecursionError:", error)
