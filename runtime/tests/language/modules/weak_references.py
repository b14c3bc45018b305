"""weakref.ref: callbacks, sharing, equality, and what cannot be referred to weakly."""

import gc
import weakref


class Thing:
    def __init__(self, name):
        self.name = name

    def __eq__(self, other):
        return self.name == other.name

    def __hash__(self):
        return hash(self.name)


class Slotted:
    __slots__ = ("a",)


a, b = Thing("same"), Thing("same")
ra, rb = weakref.ref(a), weakref.ref(b)
print(ra is weakref.ref(a), ra == rb, ra != weakref.ref(Thing("other")), hash(ra) == hash(a), {ra: 1}[rb])
told = []
first = weakref.ref(a, lambda r: told.append(("first", r() is None)))
second = weakref.ref(a, lambda r: told.append(("second", r is second)))
del a
print(told, ra() is None, ra == rb)
kept = weakref.ref(b, lambda r: told.append("never"))
del kept
del b
print(len(told))
cycle = Thing("cycle")
cycle.me = cycle
seen = weakref.ref(cycle, told.append)
del cycle
print(seen() is None)
gc.collect()
print(seen() is None, told[-1] is seen)
for bad in (1, "text", [], {}, (), None, Slotted()):
    try:
        weakref.ref(bad)
    except TypeError as error:
        print(error)
for fine in (lambda: 0, {1}):
    try:
        print(weakref.ref(fine)() is fine)
    except TypeError as error:
        print(error)
