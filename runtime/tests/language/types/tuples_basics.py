"""Tuples: operators, methods, errors."""


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


t = (3, 1, 2, 1)
print(t, len(t), t[0], t[-1], t[1:3], t[::-1], t + (5,), t * 2, 2 * (0,), t.count(1), t.index(1), t.index(1, 2), 3 in t, sorted(t), (), (1,), ((1, 2), 3))
print((1, 2) < (1, 3), (1,) < (1, 2), (2,) > (1, 5), (1, 2) == (1, 2.0), (1, 2) != (2, 1), hash((1, 2)) == hash((1, 2)), hash((1, 2)), hash(()), hash((1.0, True)), {(1, 2): "a"}[(1, 2)])
print(tuple([1, 2]), tuple("ab"), tuple(range(3)), tuple(), tuple((1, 2)), tuple({"a": 1}), max((1, 5, 3)), sum((1, 2)), (1, [2]), repr((1,)), (None,) * 3)
a, (b, c), *d = 1, (2, 3), 4, 5
print(a, b, c, d)
a, b = b, a
print(a, b)
attempt(lambda: t[10])
attempt(lambda: t["a"])
attempt(lambda: t.index(9))
attempt(lambda: t + [1])
attempt(lambda: t * "a")
attempt(lambda: t < [1])
attempt(lambda: hash(([],)))
attempt(lambda: t.append(1))
attempt(lambda: tuple(5))


def assign():
    t[0] = 1


attempt(assign)
