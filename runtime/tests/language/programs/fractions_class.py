"""A class of fractions, with operators and big numbers."""


def gcd(a, b):
    while b:
        a, b = b, a % b
    return a


class Fraction:
    def __init__(self, top, bottom=1):
        if bottom == 0:
            raise ZeroDivisionError(f"Fraction({top}, 0)")
        common = gcd(abs(top), abs(bottom)) * (-1 if bottom < 0 else 1)
        self.top, self.bottom = top // common, bottom // common

    def __add__(self, other):
        other = as_fraction(other)
        return Fraction(self.top * other.bottom + other.top * self.bottom, self.bottom * other.bottom)

    __radd__ = __add__

    def __sub__(self, other):
        return self + -as_fraction(other)

    def __mul__(self, other):
        other = as_fraction(other)
        return Fraction(self.top * other.top, self.bottom * other.bottom)

    __rmul__ = __mul__

    def __truediv__(self, other):
        other = as_fraction(other)
        return Fraction(self.top * other.bottom, self.bottom * other.top)

    def __neg__(self):
        return Fraction(-self.top, self.bottom)

    def __eq__(self, other):
        other = as_fraction(other)
        return (self.top, self.bottom) == (other.top, other.bottom)

    def __lt__(self, other):
        other = as_fraction(other)
        return self.top * other.bottom < other.top * self.bottom

    def __hash__(self):
        return hash((self.top, self.bottom))

    def __bool__(self):
        return self.top != 0

    def __float__(self):
        return self.top / self.bottom

    def __repr__(self):
        return f"{self.top}/{self.bottom}" if self.bottom != 1 else str(self.top)


def as_fraction(value):
    return value if isinstance(value, Fraction) else Fraction(value)


half, third = Fraction(1, 2), Fraction(2, 6)
print(half + third, half - third, half * third, half / third, -half, half + 1, 2 * third, float(third))
print(half == Fraction(3, 6), half < third, third < half, bool(Fraction(0)), {half: "a"}[Fraction(5, 10)])
print(sorted([half, third, Fraction(-3, 4), Fraction(7)]), max(half, third), sum([half, third, half]))
total = Fraction(0)
for n in range(1, 60):
    total = total + Fraction(1, n)
print(total, f"{float(total):.12f}")
try:
    half / 0
except ZeroDivisionError as error:
    print(error)
