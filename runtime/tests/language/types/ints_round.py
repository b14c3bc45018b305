"""Rounding ints and floats."""

print(round(5), round(-5), round(15, -1), round(25, -1), round(35, -1), round(-15, -1), round(12345, -2), round(12345, -5), round(55555, -5))
print(round(10**30 + 5, -1), round(123, 2), round(True), round(7, 0), round(5, -30))
print(round(0.5), round(1.5), round(2.5), round(-0.5), round(-1.5), round(2.6), round(1e20), round(-2.7))
print(round(2.675, 2), round(1.005, 2), round(0.125, 2), round(3.14159, 3), round(1234.5, -2), round(-0.05, 1), round(1e300, 5))
print(round(5.0, 1), type(round(5.0)), type(round(5.0, 0)), round(1.5, None), round(number=2.25, ndigits=1))
