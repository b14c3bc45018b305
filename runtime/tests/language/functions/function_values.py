"""Functions are values: compared by identity, kept, given names, attributes of modules."""


def f():
    return 1


def g():
    return 1


h = f
print(h is f, f == g, f == h, f.__name__, h.__name__, callable(f), type(f).__name__, {f: "f", g: "g"}[h], f in [g, h], bool(f))
f = g
print(h(), f is g, h.__name__, [fn.__name__ for fn in (f, g, h)], len.__name__, print.__name__)
for bad in (lambda: f + 1, lambda: f[0], lambda: len(f), lambda: f.missing, lambda: f < g, lambda: iter(f), lambda: f()(), lambda: 5(), lambda: "a"(), lambda: None(), lambda: [1](0)):
    try:
        print(bad())
    except (TypeError, AttributeError) as error:
        print(type(error).__name__, error)


def outer():
    def inner():
        pass

    return inner


print(outer() is outer(), outer().__name__)
