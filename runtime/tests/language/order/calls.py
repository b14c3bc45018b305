"""The callee first, then positional arguments, then keywords, as they are written."""


def show(name, value=None):
    print(name, end=" ")
    return value


def f(a, b, c=0, d=0):
    return (a, b, c, d)


def pick():
    print("callee", end=" ")
    return f


print(pick()(show(1, 1), show(2, 2)))
print(pick()(show("b", 2), d=show("d", 4), b=show("x", 9)))
print(f(show("p", 0), show("q", 1), d=show("r", 2), c=show("s", 3)))
print(f(f(show(1, 1), show(2, 2)), show(3, 3)))
