"""Cycles are freed by the collector, and their finalizers run once."""

import gc


class Node:
    def __init__(self, name):
        self.name = name
        self.other = None

    def __del__(self):
        freed.append(self.name)


freed = []
gc.disable()
a, b = Node("a"), Node("b")
a.other, b.other = b, a
del a, b
print(freed)
gc.collect()
print(sorted(freed))
gc.collect()
print(len(freed))
self_reference = []
self_reference.append(self_reference)
del self_reference
print(gc.collect() > 0)
gc.enable()
print(gc.isenabled())
