"""Comprehensions inside of comprehensions, conditions, and several fors."""

print([[i * j for j in range(4)] for i in range(3)])
print([(i, j) for i in range(3) for j in range(i)], [i for i in range(20) if i % 2 if i % 3])
print([x for row in [[1, 2], [], [3]] for x in row if x != 2], {i % 3 for i in range(10)} == {0, 1, 2})
print({k: [v for v in range(k)] for k in range(4)}, {v: k for k, v in {"a": 1, "b": 2}.items()})
print([[y for y in x] for x in ["ab", "c"]], [len(w) for w in "the quick brown fox".split()])
print([a + b for a in "ab" for b in "xyz"], [(lambda q: q * n)(2) for n in range(3)], [i if i % 2 else -i for i in range(5)])
matrix = [[1, 2, 3], [4, 5, 6]]
print([[row[i] for row in matrix] for i in range(3)], sum([sum(row) for row in matrix]), [n for n in range(30) if all(n % d for d in range(2, n)) and n > 1])
