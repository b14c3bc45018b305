"""Positional and keyword arguments in every mixture."""


def f(a, b, c=3, d=4):
    return a, b, c, d


print(f(1, 2), f(1, b=2), f(a=1, b=2), f(b=2, a=1), f(1, 2, d=9), f(1, 2, 5), f(1, 2, d=8, c=7), f(d=1, c=2, b=3, a=4))
for bad in (lambda: f(), lambda: f(1), lambda: f(1, 2, 3, 4, 5), lambda: f(1, a=1, b=2), lambda: f(1, 2, e=5), lambda: f(b=1),
            lambda: f(c=1, d=2), lambda: f(1, 2, 3, 4, a=5)):
    try:
        print(bad())
    except TypeError as error:
        print(error)


def none():
    return "none"


def three(x, y, z):
    return x


for bad in (lambda: none(1), lambda: none(a=1), lambda: three(), lambda: three(1), lambda: three(1, 2), lambda: three(1, 2, 3, 4), lambda: three(y=1)):
    try:
        print(bad())
    except TypeError as error:
        print(error)
