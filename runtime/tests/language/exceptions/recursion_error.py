"""Endless recursion of every kind is a RecursionError, and the program goes on."""


class Loop:
    def method(self):
        return self.method()

    def __add__(self, other):
        return self + other

    def __getitem__(self, i):
        return self[i]

    def __eq__(self, other):
        return self == other

    def __len__(self):
        return len(self)


def function():
    return function()


def handled(n):
    try:
        return handled(n + 1)
    except RecursionError:
        return "caught"


loop = Loop()
for bad in (function, loop.method, lambda: loop + 1, lambda: loop[0], lambda: loop == 1, lambda: len(loop)):
    try:
        print(bad())
    except RecursionError as error:
        print(type(error).__name__, str(error)[:32])
print(handled(0))
f = lambda n: 0 if n == 0 else 1 + f(n - 1)
print(f(500))
nested = []
for _ in range(100000):
    nested = [nested]
try:
    repr(nested)
except RecursionError as error:
    print(str(error)[:32])
del nested
print("end")
