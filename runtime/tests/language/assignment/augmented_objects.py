"""Objects may change in place, or be replaced."""


class InPlace:
    def __init__(self):
        self.log = []

    def __iadd__(self, other):
        self.log.append(other)
        return self

    def __isub__(self, other):
        return ("replaced", other)


class Plain:
    def __init__(self, v):
        self.v = v

    def __add__(self, other):
        return Plain(self.v + other)

    def __mul__(self, other):
        return Plain(self.v * other)


a = b = InPlace()
a += 1
a += 1000
a += "text"
print(a.log, a is b)
a -= 5
print(a)
c = d = Plain(5)
c += 1
c *= 10
c += 1000
print(c.v, d.v)
items = [1]
try:
    items += 5
except TypeError as error:
    print(error)
try:
    number = 5
    number += "x"
except TypeError as error:
    print(error)
none = None
try:
    none -= 1
except TypeError as error:
    print(error)
