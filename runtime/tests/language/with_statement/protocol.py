"""__enter__ and __exit__ are called in pairs, with what happened."""


class Manager:
    def __init__(self, name, swallow=False):
        self.name = name
        self.swallow = swallow

    def __enter__(self):
        print("enter", self.name, end=" ")
        return self.name.upper()

    def __exit__(self, kind, error, traceback):
        print("exit", self.name, kind.__name__ if kind else None, error, end=" ")
        return self.swallow


with Manager("a") as got:
    print(got, end=" ")
print()
with Manager("b", swallow=True):
    raise ValueError("inside")
print("swallowed")
try:
    with Manager("c"):
        raise KeyError("out")
except KeyError as error:
    print("escaped", error)
with Manager("d") as x, Manager("e") as y:
    print(x, y, end=" ")
print()
with Manager("f", True) as x, Manager("g") as y:
    1 / 0
print("after", x, y)
