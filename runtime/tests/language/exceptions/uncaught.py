"""An exception that nobody catches ends the program with exit code 1."""


def inner(n):
    return 1 / n


def outer():
    return inner(0)


print("before")
outer()
print("never")
