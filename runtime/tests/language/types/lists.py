"""Lists: methods, operators, nesting, sharing."""

a = [3, 1, 2]
a.append(5)
a.extend([1, 1])
a.insert(0, 9)
print(a, len(a), a.count(1), a.index(5), 5 in a, 8 not in a)
print(a.pop(), a.pop(0), a)
a.remove(1)
print(a, sorted(a), sorted(a, reverse=True), sorted(["bb", "a", "ccc"], key=len))
a.sort()
print(a, a[::-1], min(a), max(a), sum(a))
a.reverse()
b = a
b.append("shared")
print(a is b, a, a[:] == b, a[:] is b)
print([1] + [2], [0] * 3, [[0] * 2] * 2, [1, 2] * 0, list("ab"), list((1, 2)), list(range(3)), list({"k": 1}))
grid = [[0] * 2 for _ in range(2)]
grid[0][1] = 5
print(grid, [x for row in grid for x in row])
c = a.copy()
c.clear()
print(a, c, [a, c], [1, [2, [3, []]]])
a[1] = a[0] = "set"
print(a)
recursive = [1]
recursive.append(recursive)
print(recursive, recursive[1][1][0])
pairs = [(2, "b"), (1, "z"), (2, "a")]
pairs.sort(key=lambda p: p[0])
print(pairs, sorted(pairs), any([0, 1]), all([1, 0]), list(zip([1, 2], "ab")), list(enumerate("xy", 1)))
