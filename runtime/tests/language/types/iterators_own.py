"""Classes that iterate, by __iter__ and __next__ or by __getitem__."""


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


class Countdown:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        if self.n == 0:
            raise StopIteration
        self.n -= 1
        return self.n


class Squares:
    def __getitem__(self, index):
        if index >= 5:
            raise IndexError
        return index * index

    def __len__(self):
        return 5


print(list(Countdown(3)), sum(Countdown(4)), tuple(Countdown(2)), max(Countdown(5)), 2 in Countdown(4), sorted(Countdown(3)), [x for x in Countdown(3)], dict(zip("ab", Countdown(2))), set(Countdown(3)) == {0, 1, 2}, ",".join(map(str, Countdown(3))), list(enumerate(Countdown(2))))
print(list(Squares()), sum(Squares()), 9 in Squares(), 5 in Squares(), list(reversed(Squares())), len(Squares()), list(zip(Squares(), "ab")), min(Squares()))
a, b, c = Countdown(3)
print(a, b, c)
x = [9]
x.extend(Countdown(2))
x[1:2] = Countdown(2)
print(x)


class Broken:
    def __iter__(self):
        return 5


class Raising:
    def __iter__(self):
        return self

    def __next__(self):
        raise KeyError("inside")


attempt(lambda: list(Broken()))
attempt(lambda: list(Raising()))
attempt(lambda: sum(Raising()))
attempt(lambda: next(Countdown(0)))
