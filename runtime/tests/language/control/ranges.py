"""range: length, index, membership, steps, comparison."""

for r in (range(5), range(2, 8), range(0, 10, 3), range(10, 0, -3), range(5, 2), range(-3, 3), range(0)):
    print(r, list(r), len(r), r[0] if r else None, r[-1] if r else None, 3 in r, bool(r), list(reversed(r)))
r = range(0, 20, 5)
print(r.start, r.stop, r.step, r.index(15), r.count(5), r == range(0, 16, 5), r != range(3), sum(r), max(r), 5.0 in r, "a" in r)
for bad in (lambda: r[9], lambda: r.index(3), lambda: range(1, 2, 0), lambda: r["a"], lambda: range("5"), lambda: range(2.0), lambda: r + r):
    try:
        print(bad())
    except (IndexError, ValueError, TypeError) as error:
        print(type(error).__name__, error)
total = 0
for i in range(10, -10, -7):
    for j in range(i):
        total += j
print(total, [list(range(n)) for n in range(3)])
