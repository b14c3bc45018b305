"""collections.deque: both ends, rotation, limits."""

from collections import deque

d = deque([1, 2, 3])
d.append(4)
d.appendleft(0)
print(d, len(d), d[0], d[-1], d.pop(), d.popleft(), list(d), 2 in d, bool(deque()))
d.extend([7, 8])
d.extendleft([-1, -2])
d.rotate(1)
print(d, [x for x in d], d.count(7))
d.rotate(-2)
d[1] = "set"
print(d, sorted(str(x) for x in d))
last = deque(maxlen=3)
for i in range(6):
    last.append(i)
print(last, list(last))
d.remove(7)
d.reverse()
print(d, deque([1]) == deque([1]), d.clear(), d)
for bad in (lambda: deque().pop(), lambda: deque().popleft(), lambda: d[5], lambda: d.remove("none"), lambda: deque(5)):
    try:
        bad()
    except (IndexError, ValueError, TypeError) as error:
        print(type(error).__name__, error)


# Who looks for an item looks no further; indexes may be any ints.
class Loud:
    def __eq__(self, other):
        print("compared")
        return True


loud = deque([Loud(), Loud()])
print(loud.index(5))
loud.remove(5)
print(len(loud), loud.count(1))
for key in (10**30, -(10**30), "x", None, 1.0, slice(1)):
    try:
        loud[key]
    except (IndexError, TypeError) as error:
        print(error)
