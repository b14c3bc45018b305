"""The target's parts once, then its old value, then the right side, then the store."""


class Watched:
    def __init__(self):
        self.inner = 10

    def __getitem__(self, key):
        print("get", key, end=" ")
        return self.inner

    def __setitem__(self, key, value):
        print("set", key, value, end=" ")
        self.inner = value


def show(name, value):
    print(name, end=" ")
    return value


w = Watched()
show("w", w)[show("key", "k")] += show("right", 5)
print(w.inner)
show("w", w).inner -= show("right", 3)
print(w.inner)
x = 1


def change():
    global x
    x = 100
    return 1


x += change()
print(x)


def local():
    y = 5

    def inner():
        nonlocal y
        y = 50
        return 1

    y += inner()
    return y


print(local())
