"""Tuples: they hold what they hold."""

t = (1, "a", [2])
print(t, len(t), t[0], t[-1], t[:2], t + (3,), t * 2, "a" in t, t.index("a"), t.count(1), (), (1,))
t[2].append(3)
print(t, hash((1, 2)) == hash((1, 2)), (1, 2) < (1, 3), tuple("ab"), tuple([1]), sorted(((2, 1), (1, 2))))
a, b = t[:2]
print(a, b, (1, 2) == (1, 2), {(0, 0): "origin"}[(0, 0)])


def change():
    t[0] = 5


for bad in (change, lambda: t[5], lambda: t + [1], lambda: hash(([],))):
    try:
        bad()
    except (TypeError, IndexError) as error:
        print(error)
