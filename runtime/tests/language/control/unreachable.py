"""Code that cannot be reached is no trouble."""


def f(x):
    if x:
        return 1
    else:
        return 2
    print("never")
    return 3


def g():
    while True:
        return "g"
    return "never"


def h():
    raise ValueError("h")
    return 1


def i():
    for x in [1]:
        break
        print("never")
    else:
        print("never")
    if 0:
        print("never")
    if 1:
        return x
    print("never")


print(f(1), f(0), g(), i())
try:
    h()
except ValueError as error:
    print(error)
