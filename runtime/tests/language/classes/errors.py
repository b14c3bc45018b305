"""Common mistakes with classes."""


class A:
    def __init__(self, x):
        self.x = x

    def f(self, y):
        return y

    def no_self():
        pass


class Bare:
    pass


def attempt(call):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__ + ":", error)


attempt(lambda: A())
attempt(lambda: A(1, 2))
attempt(lambda: A(1).f())
attempt(lambda: A(1).f(1, 2))
attempt(lambda: A(1).no_self())
attempt(lambda: A(1).g())
attempt(lambda: A.g)
attempt(lambda: Bare(1))
attempt(lambda: Bare()())
attempt(lambda: Bare()[0])
attempt(lambda: len(Bare()))
attempt(lambda: Bare() + 1)
attempt(lambda: Bare() < Bare())
attempt(lambda: iter(Bare()))
attempt(lambda: isinstance(1, 5))


def item():
    Bare()[0] = 1


def delete():
    del Bare().x


attempt(item)
attempt(delete)
