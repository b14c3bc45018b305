"""Weak references: alive, dead, callbacks."""

import weakref


class Thing:
    def __init__(self, name):
        self.name = name


def gone(ref):
    log.append("gone")


log = []
t = Thing("t")
r = weakref.ref(t)
s = weakref.ref(t, gone)
print(r() is t, r().name, s() is t, r is weakref.ref(t), r == s)
u = t
del t
print(r() is u, log)
del u
print(r(), s(), log)
for bad in (5, "text", None, [1], (1,)):
    try:
        weakref.ref(bad)
    except TypeError as error:
        print(error)
things = [Thing(i) for i in range(3)]
refs = [weakref.ref(x, gone) for x in things]
del things[1]
print([x() is not None for x in refs], len(log))
things.clear()
print([x() is not None for x in refs], len(log))
