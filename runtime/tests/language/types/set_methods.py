"""Each method of sets, and its mistakes."""

a, b = {1, 2, 3}, {3, 4}
print(sorted(a | b), sorted(a & b), sorted(a - b), sorted(a ^ b), a >= {1}, a > a, a <= a, {1} < a, a == {3, 2, 1}, a != b)
print(sorted(a.union(b)), sorted(a.intersection(b)), sorted(a.difference(b)), sorted(a.symmetric_difference(b)))
print(a.issubset({1, 2, 3, 4}), a.issuperset([1]), a.isdisjoint({9}), a.isdisjoint(b), 2 in a, 9 not in a, len(a))
c = a.copy()
print(c.add(9), c.discard(1), c.discard(77), c.remove(2), sorted(c), c is a, c.update([5, 6]), sorted(c), c.clear(), c)
a |= {10}
a &= {1, 2, 10}
a -= {2}
a ^= {1, 5}
print(sorted(a), {5}.pop(), set("hello") == {"h", "e", "l", "o"}, set(), set([1, 1]), {1.0, 1, True}, sorted(set(range(5))))
d = {1, 2, 3}
d.intersection_update({2, 3, 4})
d.difference_update([3])
print(d, bool(set()), sum({1, 2}), max({4, 2}), [x for x in {7}], sorted({"b", "a"}))
for bad in (lambda: a.remove(99), lambda: set().pop(), lambda: {[]}, lambda: a.add({}), lambda: a | [1], lambda: a + a, lambda: a < 5,
            lambda: a[0], lambda: set(5), lambda: a.add(), lambda: a.foo, lambda: hash(a)):
    try:
        print(bad())
    except (KeyError, TypeError, AttributeError) as error:
        print(type(error).__name__, error)
