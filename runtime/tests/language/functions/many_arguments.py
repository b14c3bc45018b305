"""Calls with many arguments, calls inside calls."""


def many(a, b, c, d, e, f, g, h, i, j):
    return [a, b, c, d, e, f, g, h, i, j]


print(many(1, 2, 3, 4, 5, 6, 7, 8, 9, 10))
print(many(1, 2, 3, 4, 5, j=10, i=9, h=8, g=7, f=6))


def s(a, b):
    return a + b


print(s(s(s(1, 2), s(3, 4)), s(s(5, 6), s(7, 8))))
print(max(s(1, 2), s(3, 4), s(0, s(1, 1))), min(4, 2, 8))
