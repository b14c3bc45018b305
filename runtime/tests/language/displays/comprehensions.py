"""Lists, sets and dicts from loops and conditions."""

print([x * x for x in range(6) if x % 2 == 0])
print([(x, y) for x in range(3) for y in range(x)])
print([x for row in [[1, 2], [3], []] for x in row])
print({w: len(w) for w in ["a", "bb", "ccc"] if w != "bb"})
print(sorted({x % 3 for x in range(10)}))
print([[i * j for j in range(1, 4)] for i in range(1, 4)])
print([x for x in range(20) if x % 2 if x % 3])
print([a + b for a, b in [(1, 2), (3, 4)]], [rest for _, *rest in ["abc", "de"]])
print([x for x in [y * 2 for y in range(3)]])
print({k: [v for v in range(k)] for k in range(3)})
print([[] for _ in range(2)], [{} for _ in "ab"], [None for x in ()])
print([x if x > 1 else -x for x in range(4)], [not x for x in (0, 1)])


def f(rows, wanted):
    found = [i for i, row in enumerate(rows) if wanted in row]
    return found, {i: [c for c in row if c != wanted] for i, row in enumerate(rows)}


print(f(["ab", "bc", "ca"], "a"))
x = 5
print([x for x in range(x)], x)
