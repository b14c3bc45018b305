"""Decorators are evaluated downwards and applied upwards; defaults once, at the definition."""


def mark(name):
    print("evaluated", name)

    def apply(function):
        print("applied", name)
        return function

    return apply


def default(value):
    print("default", value)
    return value


@mark("outer")
@mark("inner")
def f(a=default(1), b=default(2)):
    return a + b


print(f(), f(10), f(b=20))


@mark("class")
class C:
    v = default(3)


print(C.v)
