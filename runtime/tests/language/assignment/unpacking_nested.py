"""Targets in targets, stars, and what is wrong about counts."""

(a, b), c = (1, 2), 3
[d, (e, f)] = [4, "xy"]
print(a, b, c, d, e, f)
first, *rest = [1, 2, 3]
*start, last = "abc"
head, *middle, tail = (1, 2)
print(first, rest, start, last, head, middle, tail)
for (k, v), n in [((1, 2), 3), ((4, 5), 6)]:
    print(k, v, n)
for i, (x, *y) in enumerate([(1, 2, 3), "ab"]):
    print(i, x, y)
a, b = b, a
a, (b, c), d = c, (d, a), b
print(a, b, c, d)
items = [0, 1, 2]
i = 0
i, items[i] = 2, 9
print(i, items)
for bad in ("1", [1, 2, 3], (), {"a": 1}, 5, None):
    try:
        x, y = bad
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
try:
    x, *y, z = [1]
except ValueError as error:
    print(error)
