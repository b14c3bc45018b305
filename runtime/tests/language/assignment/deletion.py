"""del of names, items, slices and attributes, several at once."""


class Box:
    pass


box = Box()
box.a = box.b = 1
x = y = [1, 2, 3, 4, 5, 6]
table = {"k": 1, "l": 2}
del box.a, table["k"], x[0]
print(hasattr(box, "a"), hasattr(box, "b"), table, x, x is y)
del x[1:3], x[-1]
print(y)
del x[:]
print(y)
del x
print(y)
del (y, table)
for name in (lambda: x, lambda: y, lambda: table):
    try:
        name()
    except NameError as error:
        print(error)


def local(flag):
    value = 1
    if flag:
        del value
    return value


print(local(False))
try:
    local(True)
except UnboundLocalError as error:
    print(error)
numbers = list(range(10))
del numbers[::2], numbers[1:2]
print(numbers)
for bad in ("box.zz", "numbers[99]", "table2['z']"):
    try:
        if bad == "box.zz":
            del box.zz
        elif bad == "numbers[99]":
            del numbers[99]
        else:
            del {}["z"]
    except (AttributeError, IndexError, KeyError) as error:
        print(type(error).__name__, error)
