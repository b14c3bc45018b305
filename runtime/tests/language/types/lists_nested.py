"""Lists in lists, and a list in itself."""

grid = [[0] * 3 for _ in range(2)]
grid[0][1] = 5
grid[1] += [7]
print(grid, [row[:] for row in grid], sum(grid, []), [x for row in grid for x in row])
shared = [[0] * 2] * 2
shared[0][0] = 1
print(shared)
a = [1]
a.append(a)
print(a, a[1] is a, len(a[1][1]), a == a)
d = {}
d["self"] = d
print(d)
t = ([],)
t[0].append(t)
print(t)
print([[1, [2, [3]]], (4, {5: [6]})])
transposed = [list(row) for row in zip([1, 2, 3], [4, 5, 6])]
print(transposed)
