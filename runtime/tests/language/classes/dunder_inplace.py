"""In-place methods, and what happens without them."""


class Bag:
    def __init__(self, items):
        self.items = items

    def __iadd__(self, other):
        self.items.append(other)
        return self

    def __isub__(self, other):
        return "replaced"

    def __add__(self, other):
        return Bag(self.items + [other, "new"])

    def __mul__(self, n):
        return Bag(self.items * n)


a = b = Bag([1])
a += 2
print(a is b, b.items)
a = a + 3
print(a is b, a.items, b.items)
a *= 2
print(a.items)
a -= 1
print(a)
holder = [b]
holder[0] += 9
print(b.items, holder[0] is b)
try:
    b /= 2
except TypeError as error:
    print(error)
try:
    b **= 2
except TypeError as error:
    print(error)
