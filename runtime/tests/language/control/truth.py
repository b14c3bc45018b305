"""What counts as true."""


class Sized:
    def __init__(self, n):
        self.n = n

    def __len__(self):
        return self.n


class Decided:
    def __bool__(self):
        return False

    def __len__(self):
        return 1


for value in (0, 1, -1, 0.0, 0.5, "", "0", [], [0], (), (0,), {}, {0: 0}, None, b"", b"0", range(0), range(1), set()):
    print(1 if value else 0, bool(value), not value, end="; ")
print()
print([bool(x) for x in (Sized(0), Sized(2), Decided(), Sized, len)])
