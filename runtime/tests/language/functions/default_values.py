"""Defaults are evaluated once, where the function is defined."""

log = []


def note(v):
    log.append(v)
    return v


def f(a, items=note([]), n=note(5)):
    items.append(a)
    return items, n


print(log)
print(f(1), f(2), f(3, []), f(4, n=6), log)
x = 1


def g(v=x):
    return v


x = 2
print(g(), g(x))


def counter(start=[0]):
    start[0] += 1
    return start[0]


print(counter(), counter(), counter([10]), counter())
functions = []
for i in range(3):
    def h(i=i, j=i * i):
        return i, j

    functions.append(h)
print([h() for h in functions], [h(9) for h in functions], (lambda a, b=x, c=None: (a, b, c))(1, c=2))
