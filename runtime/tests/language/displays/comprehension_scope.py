"""The loop variable of a comprehension is its own; everything else is the surrounding's."""

i = "outer"
print([i for i in range(3)], i)
print({i: i for i in "ab"}, {i for i in (1, 1)}, i)


def inside(n):
    i = "local"
    squares = [i * n for i in range(3)]
    adders = [lambda x: x + i for i in range(3)]
    return squares, [f(10) for f in adders], i


print(inside(2))
print([j for j in range(3) if j != i], [[i for i in range(j)] for j in range(3)], i)
try:
    print(j)
except NameError as error:
    print(error)


def captured():
    total = 0
    pairs = [(a, b) for a in range(3) for b in [a + total]]
    total = 5
    return pairs, [total for _ in range(2)]


print(captured())
fs = [lambda k=k: k for k in range(3)]
print([f() for f in fs])
