"""super() in all places where it can stand."""


class A:
    kind = "A"

    def __init__(self, x=0):
        self.x = x

    def f(self, n):
        return n + 1

    def chain(self):
        return ["A"]


class B(A):
    kind = "B"

    def __init__(self, x, y):
        super().__init__(x=x)
        self.y = y

    def f(self, n):
        inner = lambda k: k * 2
        return inner(super().f(n))

    def chain(self):
        return super().chain() + ["B", super().kind]


class C(B):
    def chain(self):
        rest = [c for c in super().chain()]
        if rest:
            rest = super().chain()
        return rest + ["C"]

    def explicit(self):
        return super(C, self).f(1), super(B, self).f(1)

    def which(self):
        return __class__.__name__


c = C(1, 2)
print(c.x, c.y, c.f(5), c.chain(), c.explicit(), c.which())


class D(C):
    pass


print(D(3, 4).chain(), D(3, 4).which())


def make(base):
    class Local(base):
        def f(self, n):
            return super().f(n) + 100

    return Local


print(make(A)().f(1), make(B)(1, 2).f(1))
