"""Methods along a chain of classes, with super at each step."""


class A:
    def __init__(self, log):
        self.log = log
        log.append("A")

    def who(self):
        return "A"

    def chain(self):
        return ["A"]


class B(A):
    def __init__(self, log):
        super().__init__(log)
        log.append("B")

    def who(self):
        return "B" + super().who()

    def chain(self):
        return super().chain() + ["B"]


class C(B):
    def chain(self):
        return super().chain() + ["C"]


class D(C):
    def __init__(self):
        log = []
        super().__init__(log)
        log.append("D")

    def who(self):
        return "D" + super().who() + A.who(self)


d = D()
print(d.log, d.who(), d.chain(), B([]).chain(), A.chain(d), [isinstance(d, k) for k in (A, B, C, D, object)])
print(issubclass(D, A), issubclass(A, D), issubclass(D, (int, B)), type(d) is D, D.__name__, isinstance(d, (str, A)))
for bad in (lambda: super(B, d).who(), lambda: d.nothing(), lambda: A.who(), lambda: isinstance(d, "A"), lambda: issubclass(d, A)):
    try:
        print(bad())
    except (AttributeError, TypeError) as error:
        print(type(error).__name__, error)
