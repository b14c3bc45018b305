"""Cycles are freed by gc.collect, with their finalizers."""

import gc


class Node:
    def __init__(self, name):
        self.name = name
        self.other = None

    def __del__(self):
        log.append(self.name)


log = []
gc.disable()
gc.collect()
a, b = Node("a"), Node("b")
a.other, b.other = b, a
del a
print(log)
del b
print(log)
gc.collect()
print(sorted(log))
log.clear()
c = Node("self")
c.other = c
c = None
items = [Node("in list")]
items.append(items)
del items
print(log, gc.collect() > 0, sorted(log))
print(gc.collect(), gc.isenabled(), gc.enable(), gc.isenabled())


def cell():
    def f():
        return g

    def g():
        return f

    n = Node("in closure")
    return None


log.clear()
cell()
gc.collect()
print(log)
