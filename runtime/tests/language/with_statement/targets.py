"""What `as` binds can be any target."""


class Manager:
    def __init__(self, value):
        self.value = value

    def __enter__(self):
        return self.value

    def __exit__(self, kind, error, traceback):
        return None


class Box:
    pass


box, items = Box(), [0, 0]
with Manager(5) as box.v:
    print(box.v)
with Manager(6) as items[1]:
    print(items)
with Manager((1, (2, 3))) as (a, (b, c)):
    print(a, b, c)
with Manager([1, 2, 3]) as [first, *rest]:
    print(first, rest)


def f():
    with Manager(1) as x, Manager(x + 1) as y:
        return x, y


print(f())
