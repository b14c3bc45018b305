"""A chain evaluates each operand once, and stops at the first comparison that fails."""


def show(value):
    print(value, end=" ")
    return value


print(show(1) < show(2) < show(3))
print(show(1) < show(0) < show(3))
print(show(3) > show(2) >= show(2) != show(5) == show(5))
print(show(1) == show(1) in show([1]))
if show(1) < show(2) < show(2):
    print("yes")
else:
    print("no")
while show(5) > show(4) > show(7):
    pass
print(not show(1) < show(2) < show(3))
if not show(1) < show(9) < show(3):
    print("outside")
