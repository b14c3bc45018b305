"""The test first, then one of the two."""


def show(value):
    print(value, end=" ")
    return value


print(show("then") if show(True) else show("else"))
print(show("then") if show(0) else show("else"))
print(show(1) if show(0) else show(2) if show(0) else show(3))
x = 5
x = x + 1 if x > 3 else x
print(x)
x = x if x < 3 else -x
print(x)
print([i if i % 2 else -i for i in range(5)])
print((lambda n: "many" if n > 1 else "one")(show(2)))
