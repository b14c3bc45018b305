"""Generator expressions as the argument of what takes them all."""

print(sum(x * x for x in range(5)), min(x for x in [3, 1, 2]), max(len(w) for w in ["a", "bcd"]))
print(list(x for x in "ab"), tuple(x + 1 for x in range(3)), sorted(-x for x in range(3)))
print(dict((k, v) for k, v in [("a", 1)]), sorted(set(x % 2 for x in range(5))))
print(", ".join(str(x) for x in range(4)), "".join(c.upper() for c in "abc" if c != "b"))
print(sum((x for x in range(3)), 10), sorted((w for w in ["bb", "a"]), key=len))


def show(x):
    print(x, end=" ")
    return x


print(any(show(x) > 1 for x in range(5)))
print(all(show(x) < 2 for x in range(5)))
print(any(x > 9 for x in range(5)), all(x < 9 for x in range(5)), any(x for x in ()), all(x for x in ()))
print(any(1 // x for x in [1, 0]), all(x // 1 for x in [0]))
print(any(x == y for x in range(3) for y in [show(2)]))


def inside(items, limit):
    return any(item > limit for item in items) and all(item for item in items)


print(inside([1, 5], 4), inside([1, 2], 4), inside([0, 5], 4))
print(any(f() == 2 for f in [lambda: k for k in range(3)]), any((lambda: k)() == 1 for k in range(3)))
