"""Powers of whole and broken numbers."""

print(2**10, 2**0, 0**0, (-2) ** 3, (-2) ** 2, -(2**2), 2**-1, 2**-2, 10**-3, 4**0.5, 2.0**3, 2**3.0)
print(pow(3, 4), pow(3, 4, 5), pow(2, 100, 7), pow(-3, 3, 10), pow(5, 0, 3), 2**3**2, (2**3) ** 2)
print(1**10**3, (-1) ** 10**3, 0**5, 0.0**0, 1.5**2, (-8) ** 3, 7**77)
for bad in (lambda: 0**-1, lambda: 0.0**-1, lambda: pow(2, 3, 0), lambda: "a" ** 2, lambda: pow("a", 2), lambda: 10.0**400):
    try:
        print(bad())
    except (ZeroDivisionError, ValueError, TypeError, OverflowError) as error:
        print(type(error).__name__, error)
