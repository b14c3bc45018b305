"""Operands are evaluated from left to right, before the operation."""


def show(name, value):
    print(name, end=" ")
    return value


print(show("a", 1) + show("b", 2) * show("c", 3))
print((show("a", 1) - show("b", 2)) ** show("c", 3))
print(show("a", 8) >> show("b", 1) | show("c", 1))
print(show("a", [1, 2])[show("b", 0)])
print(show("a", "xyz")[show("b", 0) : show("c", 2)])
print(-show("a", 1) + ~show("b", 2))
print(show("a", 7) // show("b", 2) % show("c", 2))
