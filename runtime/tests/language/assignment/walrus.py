"""Assignment in the middle of an expression."""

if (n := len("abcd")) > 3:
    print(n)
items = [1, 5, 2]
while (item := items.pop()) != 1:
    print(item, end=" ")
print(item)
print([last := x for x in range(4)], last)


def f(values):
    total = 0
    squares = [total := total + v for v in values]
    return squares, total


print(f([1, 2, 3]))


def g():
    return [(y := x, y * 2) for x in range(3) if (z := x) != 1], y, z


print(g())
print((a := 1, b := a + 1), a, b)


def h():
    functions = [lambda: k + base for k in range(2) if (base := k * 10) >= 0]
    return [function() for function in functions], base


print(h())
