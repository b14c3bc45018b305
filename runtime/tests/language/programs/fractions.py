"""Exact fractions as a class with operators."""


def gcd(a, b):
    while b:
        a, b = b, a % b
    return a


class Fraction:
    def __init__(self, n, d=1):
        if d == 0:
            raise ZeroDivisionError(f"Fraction({n}, 0)")
        g = gcd(abs(n), abs(d))
        sign = -1 if d < 0 else 1
        self.n, self.d = sign * n // g, sign * d // g

    def __add__(self, o):
        o = as_fraction(o)
        return Fraction(self.n * o.d + o.n * self.d, self.d * o.d)

    def __mul__(self, o):
        o = as_fraction(o)
        return Fraction(self.n * o.n, self.d * o.d)

    def __sub__(self, o):
        return self + -as_fraction(o)

    def __truediv__(self, o):
        o = as_fraction(o)
        return Fraction(self.n * o.d, self.d * o.n)

    def __radd__(self, o):
        return self + o

    def __rmul__(self, o):
        return self * o

    def __neg__(self):
        return Fraction(-self.n, self.d)

    def __eq__(self, o):
        o = as_fraction(o)
        return self.n == o.n and self.d == o.d

    def __lt__(self, o):
        o = as_fraction(o)
        return self.n * o.d < o.n * self.d

    def __repr__(self):
        return f"{self.n}/{self.d}" if self.d != 1 else str(self.n)


def as_fraction(v):
    return v if isinstance(v, Fraction) else Fraction(v)


half, third = Fraction(1, 2), Fraction(-2, -6)
print(half + third, half - third, half * third, half / third, 1 + half, 3 * third, -half, half == Fraction(2, 4), third < half)
print(sum([Fraction(1, n) for n in range(1, 21)]), sorted([half, third, Fraction(3, 8)]), max(half, third))
for bad in (lambda: Fraction(1, 0), lambda: half / 0, lambda: half < "a"):
    try:
        print(bad())
    except (ZeroDivisionError, TypeError) as error:
        print(type(error).__name__, error)
