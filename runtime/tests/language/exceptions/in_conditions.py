"""Errors while a condition or an iterable is evaluated."""


class Truth:
    def __bool__(self):
        raise ValueError("no truth")


def attempt(call):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)


def condition():
    if Truth():
        return 1
    return 2


def loop():
    while Truth():
        pass


attempt(condition)
attempt(loop)
attempt(lambda: not Truth())
attempt(lambda: 1 if Truth() else 2)
attempt(lambda: Truth() and 1)
attempt(lambda: [x for x in [1] if Truth()])


def iterate():
    for x in 5:
        print(x)


attempt(iterate)
