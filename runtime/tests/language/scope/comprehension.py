"""A comprehension's variables are its own; it sees those around it, and late."""

x = "outer"
print([x for x in range(3)], x)
print({x: x * x for x in range(3)}, x)
print(sorted({x % 2 for x in range(5)}), x)


def f(n):
    factor = 10
    rows = [[i * factor + j for j in range(n)] for i in range(n)]
    factor = 1
    return rows


print(f(2))


def g():
    functions = [lambda: v for v in range(3)]
    return [function() for function in functions]


print(g())


def h(base):
    adders = [lambda n, i=i: base + i + n for i in range(3)]
    base += 100
    return [adder(1) for adder in adders]


print(h(0))
print([a for a in [1, 2] for b in [a, a] if b])
