"""A class body is a scope that functions in it do not see."""

name = "module"


class A:
    name = "class"
    copy = name

    def read(self):
        return name


print(A().read(), A.name, A.copy)


def outer():
    name = "function"

    class B:
        inside = name

        def read(self):
            return name

    class C:
        name = "own " + name

    return B.inside, B().read(), C.name


try:
    print(outer())
except NameError as error:
    print(type(error).__name__)


class D:
    global shared
    shared = 7
    temporary = 1
    del temporary
    print(shared)


print(shared, hasattr(D, "temporary"), hasattr(D, "shared"))
