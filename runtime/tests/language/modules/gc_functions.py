"""The functions of gc."""

import gc


class Node:
    def __init__(self):
        self.me = self


print(gc.isenabled(), len(gc.get_threshold()))
gc.set_threshold(700, 10, 10)  # builds for tests begin with others
gc.set_threshold(500, 5)
print(gc.get_threshold())
gc.set_threshold(700, 10, 10)
gc.disable()
print(gc.isenabled())
gc.collect()
for _ in range(10):
    Node()
print(gc.collect() >= 10, gc.collect(0), gc.collect(generation=1), gc.garbage)
holder = [Node()]
print(any(r is holder for r in gc.get_referrers(holder[0])), any(o is holder for o in gc.get_objects()))
print(gc.is_tracked(holder), gc.is_tracked("text"), gc.is_tracked(1.5), gc.is_tracked(Node()))
print([sorted(stats) for stats in gc.get_stats()], len(gc.get_count()))
before = gc.get_freeze_count()
gc.freeze()
print(gc.get_freeze_count() > before)
gc.unfreeze()
print(gc.get_freeze_count())
for bad in (lambda: gc.collect(3), lambda: gc.collect(-1), lambda: gc.set_threshold("a"), lambda: gc.collect("a")):
    try:
        bad()
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
gc.enable()
print(gc.isenabled())
