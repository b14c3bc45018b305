"""Reference counts as names come and go."""

import sys


class Thing:
    pass


def count(thing):
    return sys.getrefcount(thing)


x = Thing()
first = sys.getrefcount(x)
y = x
print(sys.getrefcount(x) - first)
items = [x, x]
print(sys.getrefcount(x) - first)
del y
items.pop()
print(sys.getrefcount(x) - first)
items = None
print(sys.getrefcount(x) - first)


def f():
    local = x
    return sys.getrefcount(x) - first


print(f(), sys.getrefcount(x) - first)
