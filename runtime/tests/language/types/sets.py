"""Sets: operators and methods, printed sorted."""

a, b = {1, 2, 3}, {3, 4}
print(sorted(a | b), sorted(a & b), sorted(a - b), sorted(a ^ b), len(a), 2 in a, 9 in a)
a.add(9)
a.discard(1)
a.discard(100)
print(sorted(a), sorted(set("hello")), sorted(set([1, 1, 2])), set(), sorted({x * x for x in (-1, 1, 2)}))
print({1, 2} == {2, 1}, {1} < {1, 2}, {1} <= {1}, {1, 2} > {3}, a is a.copy(), sorted(a.union([50])))
a |= {7}
a &= {7, 9, 2}
print(sorted(a), sum(a), bool(set()), {(1, 2), (1, 2)}, len({1, 1.0, True}))
a.remove(7)
try:
    a.remove(7)
except KeyError as error:
    print("KeyError", error)
try:
    {[1]}
except TypeError as error:
    print(error)
