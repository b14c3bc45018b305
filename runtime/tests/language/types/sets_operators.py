"""Operators on sets."""

a, b = {1, 2, 3, 4}, {3, 4, 5}
print(sorted(a | b), sorted(a & b), sorted(a - b), sorted(b - a), sorted(a ^ b), sorted(a), sorted(b))
print(a < b, a <= a, a < a, {3} < a, a > {1}, a >= {1, 9}, a == {4, 3, 2, 1}, a != b, {1} == [1], set() <= a)
c = a
c |= {9}
print(sorted(a), c is a)
c &= {1, 2, 9}
c -= {2}
c ^= {1, 7}
print(sorted(c), c is a)
c |= c
c -= c
print(c)
print(sorted({x % 3 for x in range(10)}), len({1, 1.0, True}), sorted({"b", "a"} | {"c"}), sum({1, 2, 3}), max({5, 7}))
