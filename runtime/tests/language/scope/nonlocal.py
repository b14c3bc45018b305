"""Inner functions share the variables of outer ones."""


def counter():
    n = 0

    def up():
        nonlocal n
        n += 1
        return n

    def down():
        nonlocal n
        n -= 1
        return n

    def value():
        return n

    return up, down, value


up, down, value = counter()
up()
up()
down()
print(value())
other = counter()
other[0]()
print(other[2](), value())


def deep():
    a = 1

    def middle():
        def inner():
            nonlocal a
            a = a * 2 + 1
            return a

        return inner

    inner = middle()
    inner()
    inner()
    return a


print(deep())
