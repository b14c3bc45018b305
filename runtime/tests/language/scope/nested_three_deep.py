"""Variables of functions around functions around functions."""

x = "global"


def a():
    x = "a"
    y = "a"

    def b():
        nonlocal x
        z = x + y
        x = "b"

        def c(n):
            nonlocal x, z
            x = "c" * n
            z += "!"
            return lambda: (x, y, z)

        return c

    return b, lambda: x


b, see = a()
print(see())
c = b()
print(see())
d = c(2)
print(see(), d())
c(3)
print(d(), x)


def with_global():
    global x
    x = "changed"

    def inner():
        return x

    return inner


print(with_global()(), x)


def shadow():
    x = "local"

    def inner():
        global x
        x = "by inner"
        return x

    return inner(), x


print(shadow(), x)
