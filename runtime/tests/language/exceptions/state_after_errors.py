"""What an assignment's target and a statement's effects are after an error in it."""


def fail():
    raise ValueError


x = 1
try:
    x = fail()
except ValueError:
    print(x)
try:
    x, y = 5, fail()
except ValueError:
    print(x)
items = [1, 2]
try:
    items[0] = fail()
except ValueError:
    print(items)
try:
    a, b = 1, 2
    a, b, c = items
except ValueError as error:
    print(error, a, b)


def local():
    y = "old"
    try:
        y = y or fail()
        y = fail() or y
    except ValueError:
        return y


def chosen():
    y = "old"
    try:
        y = 0 or fail()
    except ValueError:
        return y


print(local(), chosen())
i = 0
try:
    i += fail()
except ValueError:
    print(i)
