"""Items, keys and values are evaluated in the order they are written."""


def show(value):
    print(value, end=" ")
    return value


print([show(1), show(2), show(3)])
print((show(1), show("b"), show(None)))
print({show("k1"): show(1), show("k2"): show(2)})
print({show(1): show("a"), show(1): show("b")})
print(sorted({show(3), show(1), show(2)}))
print([show(1), [show(2), (show(3), {show(4): show(5)})]])
