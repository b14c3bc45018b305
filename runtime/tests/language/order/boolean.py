"""and and or give an operand, and evaluate the next one only if they have to."""


def show(value):
    print(repr(value), end=" ")
    return value


print(show(0) or show("") or show([]) or show(None))
print(show(0) or show("x") or show(1))
print(show(1) and show("y") and show([2]))
print(show(1) and show(0) and show(2))
print(show(0) and show(1) or show(2))
print(show(1) and (show(0) or show(3)))
print(not show(1) or not show(0))
if show(0) or show(1) and show(2):
    print("taken")
if not (show(1) and show(0)):
    print("taken")
x = show(None) or show(7)
x = x and x + 1
print(x)
