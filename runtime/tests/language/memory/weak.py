"""Weak references die with their object."""

import weakref


class Thing:
    def __init__(self, v):
        self.v = v


thing = Thing(5)
ref = weakref.ref(thing)
told = []
other = weakref.ref(thing, lambda r: told.append("dead"))
print(ref().v, ref() is thing, told)
del thing
print(ref(), other() is None, told)
