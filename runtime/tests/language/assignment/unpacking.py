"""Tuples, lists, nested ones, stars, swaps."""

a, b = 1, 2
a, b = b, a
print(a, b)
[c, d] = (3, 4)
(e, (f, [g])) = 5, (6, [7])
print(c, d, e, f, g)
h, *i = 1, 2, 3
*j, k = "abc"
l, *m, n = [1, 2]
print(h, i, j, k, l, m, n)
a, b, c, d = d, c, b, a
print(a, b, c, d)
x = y, z = 8, 9
print(x, y, z)
(p), (q) = "pq"
(r,) = [1]
[s] = "s"
print(p, q, r, s)
() = []
t, (u, *v), w = 1, (2, 3, 4), 5
print(t, u, v, w)


def local():
    a, b = 1, 2
    a, b = b, a + b
    a, b, c = c_list = [a, b, a * b]
    first, *rest = c_list
    return a, b, c, first, rest


print(local())


def attempt(call):
    try:
        call()
    except (ValueError, TypeError) as error:
        print(error)


def few():
    a, b, c = [1, 2]


def many():
    a, b = "abc"


def star():
    a, *b, c = [1]


def not_iterable():
    a, b = 5


attempt(few)
attempt(many)
attempt(star)
attempt(not_iterable)
