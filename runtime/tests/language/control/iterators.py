"""iter and next by hand, and objects with __iter__ and __next__."""


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


print(list(Countdown(3)), [x * 2 for x in Countdown(2)], sum(Countdown(4)))
it = iter([1, 2])
print(next(it), next(it), next(it, "end"))
try:
    next(it)
except StopIteration:
    print("stopped")
c = Countdown(5)
for x in c:
    if x == 3:
        break
print([x for x in c])
a, b, *rest = Countdown(4)
print(a, b, rest)


class Sequence:
    def __getitem__(self, i):
        if i > 2:
            raise IndexError
        return i * i


print([x for x in Sequence()], 4 in Sequence(), 5 in Sequence())
