"""One value for several targets, from left to right."""

a = b = c = 5
print(a, b, c)
a = b = []
a.append(1)
print(b, a is b)
i = items = [0, 1, 2]
i = items[1] = 9
print(i, items)
x = y = z = None
print(x, y, z)


def f():
    a = b = c = 1
    a += 1
    d = e = a + b + c
    g = h = (d, e)
    return a, b, c, d, e, g is h


print(f())
a, b = c = [1, 2]
print(a, b, c)
