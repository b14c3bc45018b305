"""Instances that are called."""


class Adder:
    def __init__(self, n):
        self.n = n
        self.calls = 0

    def __call__(self, x, y=0):
        self.calls += 1
        return x + y + self.n


a = Adder(10)
print(a(1), a(1, 2), a(y=5, x=6), a.calls, callable(a), callable(Adder), list(map(a, [1, 2])), sorted([3, 1], key=Adder(0)))


class Not:
    pass


b = Not()
b.__call__ = lambda: "never"
for bad in (lambda: a(), lambda: a(1, 2, 3), lambda: b(), lambda: a(z=1)):
    try:
        print(bad())
    except TypeError as error:
        print(error)
print(callable(b), b.__call__())


class Node:
    def __init__(self, f):
        self.f = f

    def __call__(self, n):
        return 1 if n == 0 else n * self.f(self, n - 1)


print(Node(lambda self, n: self(n))(6))
