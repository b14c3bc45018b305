"""A closure sees the variable, not the value it had."""


def make():
    functions = []
    for i in range(3):

        def f():
            return i

        functions.append(f)
    return functions


print([f() for f in make()])


def made_with_default():
    return [lambda i=i: i for i in range(3)]


print([f() for f in made_with_default()])


def parameter(a, b):
    def inner(c):
        return (a, b, c)

    a = a + 1
    return inner


print(parameter(1, 2)(3))


def compose(f, g):
    return lambda x: f(g(x))


print(compose(lambda x: x + 1, lambda x: x * 10)(4))
