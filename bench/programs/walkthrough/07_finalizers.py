"""__del__ runs when the last reference goes, or when the collector finds the cycle."""

import gc


class Thing:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("finalized", self.name)


gc.disable()
alone = Thing("the one alone")
del alone
print("after del")

one = Thing("one of a cycle")
one.me = one
del one
print("still there, and unreachable")
gc.collect()
print("after collect")
