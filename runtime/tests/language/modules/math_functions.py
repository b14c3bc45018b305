"""The functions of math."""

import math

print(math.sqrt(2), math.floor(-1.5), math.ceil(1.1), math.sin(0), math.cos(0), math.exp(0), math.log(1), math.pi, math.e)
print(math.floor(1e20), math.pow(2, 3), math.fabs(-2), math.gcd(12, 18), math.log(8, 2), math.log2(8), math.log10(1000), math.hypot(3, 4))
print(math.isnan(float("nan")), math.isinf(float("inf")), math.inf, math.trunc(-2.7), math.factorial(10), math.atan2(1, 1), math.isqrt(17))
for bad in (lambda: math.sqrt(-1), lambda: math.log(0), lambda: math.sqrt("a"), lambda: math.floor("a"), lambda: math.exp(1000), lambda: math.sqrt()):
    try:
        print(bad())
    except (ValueError, TypeError, OverflowError) as error:
        print(type(error).__name__, error)
print(math.degrees(1e308), math.degrees(-1e308), math.radians(1e308), math.degrees(math.inf))
