"""Iterators of one's own."""


class Countdown:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        if self.n == 0:
            raise StopIteration
        self.n -= 1
        return self.n + 1


class Many:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return Countdown(self.n)


print(list(Countdown(3)), [x for x in Many(3)], sum(Many(4)), max(Many(2)), 2 in Many(3), 9 in Many(3), tuple(Many(2)), dict([Many(2)]))
m = Many(2)
print([(a, b) for a in m for b in m], list(zip(m, "xyz")), list(enumerate(m)), sorted(Many(4)), set(Many(2)) == {1, 2})
c = Countdown(5)
print(next(c), next(c), next(c, "end"), list(c), next(c, "end"), list(c))
a, b = Many(2)
first, *rest = Many(4)
print(a, b, first, rest)
for x in Countdown(9):
    if x == 7:
        break
else:
    print("never")


class Bad:
    def __iter__(self):
        return 5


class Fails:
    def __iter__(self):
        return self

    def __next__(self):
        raise ValueError("in next")


for bad in (lambda: list(Bad()), lambda: list(Fails()), lambda: next(Many(1)), lambda: next(Countdown(0)), lambda: iter(5), lambda: [x for x in Fails()]):
    try:
        print(bad())
    except (TypeError, ValueError, StopIteration) as error:
        print(type(error).__name__, error)
