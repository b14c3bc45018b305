"""The value first, then the targets from left to right, each with its parts."""


class Box:
    pass


def show(name, value):
    print(name, end=" ")
    return value


items = [0, 0, 0]
box = Box()
show("items", items)[show("key", 1)] = show("value", 5)
print(items)
show("box", box).v = show("value", 6)
print(box.v)
show("first", items)[show("k", 0)] = show("second", box).v = show("value", 7)
print(items, box.v)
show("a", items)[show("i", 0)], show("b", items)[show("j", 2)] = show("x", 1), show("y", 2)
print(items)
i = 0
i, items[i] = 1, 9
print(i, items)
