"""Truth by __bool__, else __len__, else always."""


class B:
    def __init__(self, v):
        self.v = v

    def __bool__(self):
        return self.v


class L:
    def __init__(self, n):
        self.n = n

    def __len__(self):
        return self.n


class Both(L):
    def __bool__(self):
        return True


class Neither:
    pass


print([bool(x) for x in (B(True), B(False), L(0), L(2), Both(0), Neither())])
print("y" if L(0) else "n", not L(1), B(False) or "else", L(3) and "and", [x for x in (L(0), L(1)) if x] != [], any([L(0), B(True)]))
while_count = L(3)
while while_count:
    while_count.n -= 1
print(while_count.n)
for bad in (lambda: bool(B(1)), lambda: bool(B(None)), lambda: len(L(-1)), lambda: len(L("a")), lambda: len(L(1.5)), lambda: len(Neither()), lambda: bool(L(-1))):
    try:
        print(bad())
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
