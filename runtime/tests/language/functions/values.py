"""Functions are values: in lists, dicts, attributes, as arguments and results."""


def add(a, b):
    return a + b


def sub(a, b):
    return a - b


table = {"+": add, "-": sub, "*": lambda a, b: a * b}
print([table[op](7, 3) for op in "+-*"])


def apply(f, times, value):
    for _ in range(times):
        value = f(value)
    return value


print(apply(lambda v: v * 2, 5, 1))


class Holder:
    pass


h = Holder()
h.f = add
print(h.f(1, 2))
print(add.__name__, (lambda: 0).__name__)
print(callable(add), callable(h), callable(Holder))
print(add is add, add == sub)
