"""A weak reference does not keep its object alive, and knows when it is gone."""

import weakref


class Thing:
    pass


def gone(reference):
    print("told: it is gone")


thing = Thing()
reference = weakref.ref(thing, gone)
print("alive:", reference() is thing)
del thing
print("dead:", reference() is None)
