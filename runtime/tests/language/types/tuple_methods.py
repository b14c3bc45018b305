"""Tuples: methods, comparison, hashing, what cannot be changed."""

t = (1, 2, 1, "a")
print(t.count(1), t.index(2), t.index(1, 1), len(t), t + (5,), t * 2, 2 * (0,), t[1], t[-1], "a" in t, ())
print((1, 2) < (1, 3), (1,) < (1, 0), (2,) > (1, 9), (1, "a") == (1, "a"), () == (), (1,) != (1.0,), hash((1, 2)) == hash((1, 2)))
print(tuple("ab"), tuple([1]), tuple(), tuple({"k": 1}), tuple(range(3)), tuple(t) is t, t[:] is t, sorted((3, 1)), sum((1, 2)), max((1, 5)))
d = {(1, 2): "x", (): "e", (1, (2, 3)): "n"}
print(d[1, 2], d[()], d[1, (2, 3)], (1, 2) in d)
for bad in (lambda: t[9], lambda: t.index("z"), lambda: t + [1], lambda: hash(([],)), lambda: t < 5, lambda: (1, "a") < (1, 2), lambda: t.append, lambda: t["a"]):
    try:
        print(bad())
    except (IndexError, ValueError, TypeError, AttributeError) as error:
        print(type(error).__name__, error)


def change():
    t[0] = 5


def remove():
    del t[0]


for bad in (change, remove):
    try:
        bad()
    except TypeError as error:
        print(error)
