"""Arithmetic on objects, also from the right."""


class Number:
    def __init__(self, v):
        self.v = v

    def __add__(self, other):
        return Number(self.v + (other.v if isinstance(other, Number) else other))

    def __radd__(self, other):
        return Number(other + self.v)

    def __sub__(self, other):
        if isinstance(other, Number):
            return Number(self.v - other.v)
        return NotImplemented

    def __mul__(self, other):
        return Number(self.v * other)

    def __neg__(self):
        return Number(-self.v)

    def __abs__(self):
        return abs(self.v)

    def __repr__(self):
        return f"N({self.v})"


print(Number(1) + Number(2), Number(1) + 5, 5 + Number(1), Number(5) - Number(3), Number(2) * 4, -Number(7))
print(abs(Number(-3)), sum([Number(1), Number(2)]))
for bad in (lambda: Number(1) - 5, lambda: 5 - Number(1), lambda: Number(1) / 2, lambda: 2 * Number(1), lambda: +Number(1)):
    try:
        print(bad())
    except TypeError as error:
        print(error)
