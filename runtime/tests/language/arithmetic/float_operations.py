"""Floats beside integers, floor, remainder, comparison."""

for a, b in ((7.5, 2), (-7.5, 2), (7.5, -2), (-7.5, -2.5), (0.3, 0.1), (1e20, 3), (5, 0.25), (-1, 3.0)):
    print(a + b, a - b, a * b, a / b, a // b, a % b, divmod(a, b))
for bad in (lambda: 1.0 / 0, lambda: 1 // 0.0, lambda: 1.5 % 0, lambda: divmod(1.0, 0.0), lambda: 0.0 / 0.0):
    try:
        bad()
    except ZeroDivisionError as error:
        print(error)
inf, nan = float("inf"), float("nan")
print(inf > 10**400, -inf < -(10**400), nan == nan, nan != nan, nan < 1, inf == inf, 2**53 + 1 == 2.0**53, 1.0 == 1)
print(abs(-2.5), -(-0.0), +1.5, not 0.0, bool(nan), 1e308 * 10, -1e308 * 10, 0.0 == -0.0)
for bad in (lambda: int(inf), lambda: int(nan), lambda: 10**400 + 1.0, lambda: float(10**400), lambda: 1.5 + "a"):
    try:
        print(bad())
    except (OverflowError, ValueError, TypeError) as error:
        print(type(error).__name__, error)
print((2.5).is_integer(), (3.0).is_integer(), hash(1.0) == hash(1), 0.1 + 0.2 == 0.3, sum([0.1] * 3))
inf = float("inf")
for x in (-1.0, 1.0, -2.5, 7, -7, -0.0, 1e-20):
    print(x // inf, x // -inf, x % inf, x % -inf, divmod(x, inf), divmod(-x, -inf))
print(0.0**-inf, 0**-inf, (-0.0) ** -inf)


class Indexed:
    def __index__(self):
        return 2**70


print(float(Indexed()))
