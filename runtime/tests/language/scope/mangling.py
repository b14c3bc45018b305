"""Names with two underscores inside a class belong to that class."""


class A:
    __hidden = 1

    def __init__(self):
        self.__value = 2
        self.__dunder__ = 3

    def get(self):
        return self.__value, A.__hidden, self.__dunder__

    def __private(self, __argument):
        __local = __argument + 1
        return __local

    def call(self):
        return self.__private(10)


class B(A):
    def __init__(self):
        super().__init__()
        self.__value = 20

    def own(self):
        return self.__value


class __Under:
    def set(self):
        self.__x = 1
        return self._Under__x


b = B()
print(b.get(), b.own(), b.call())
print(b._A__value, b._B__value, A._A__hidden)
print(hasattr(b, "__value"), __Under().set())
