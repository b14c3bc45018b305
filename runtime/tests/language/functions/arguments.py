"""Positional, default and keyword arguments, and what is wrong with some calls."""


def f(a, b=2, c=3):
    return (a, b, c)


print(f(1), f(1, 5), f(1, 5, 6), f(1, c=9), f(c=1, a=2), f(a=0, b=0, c=0))


def attempt(call):
    try:
        print(call())
    except TypeError as error:
        print(error)


attempt(lambda: f())
attempt(lambda: f(1, 2, 3, 4))
attempt(lambda: f(1, a=2))
attempt(lambda: f(1, d=2))


def two(x, y):
    return x - y


attempt(lambda: two())
attempt(lambda: two(1))
attempt(lambda: two(1, 2, 3))
attempt(lambda: two(y=1, x=5))
attempt(lambda: (lambda: 0)(1))
number, nothing = 5, None
attempt(lambda: number())
attempt(lambda: nothing())
