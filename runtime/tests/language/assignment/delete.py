"""del of names, attributes, items and slices."""

items = list(range(10))
del items[0]
del items[-1]
del items[2:4], items[0]
print(items)
del items[::2]
print(items)
table = {"a": 1, "b": 2}
del table["a"]
print(table)


class Box:
    pass


box = Box()
box.v = 1
del box.v
print(hasattr(box, "v"))
a = b = c = 1
del a, (b, c)
try:
    a
except NameError as error:
    print(error)
for attempt in (lambda: table.pop("zz"), lambda: box.v):
    try:
        attempt()
    except (KeyError, AttributeError) as error:
        print(type(error).__name__, error)


def local():
    x = 1
    del x
    x = 2
    for i in range(3):
        y = i
        del y
    return x


print(local())


class Watched:
    def __delitem__(self, key):
        print("deleted", key)


w = Watched()
del w[1], w["a"]
