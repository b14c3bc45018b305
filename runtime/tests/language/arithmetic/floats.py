"""Floats: operators, mixing with ints, special values."""

print(1.5 + 2, 2 - 0.5, 3 * 0.1, 7 / 2, 8 / 2, 7.5 // 2, -7.5 // 2, 7.5 % 2, -7.5 % 2, 2.0**0.5, 2**0.5)
print(1e308 * 10, -1e308 * 10, 1e-320, 5e-324 / 2, 0.1 + 0.2, 1 / 3, 100.0, 1e15, 1e16, 1e22, 123456.789e3)
inf, nan = float("inf"), float("nan")
print(inf, -inf, nan, inf - inf, inf > 1e308, nan == nan, nan != nan, nan < 1, not nan > 1)
print(float("1.5"), float("  -2e3 "), float(5), int(2.9), int(-2.9), round(2.5), round(3.5), round(2.567, 2), round(-0.5))
print(1.0 == 1, 0.5 < 1, 2 > 1.5, 1 <= 1.0, hash(1.0) == hash(1))
print(abs(-1.5), -0.0, 0.0 == -0.0, divmod(7.5, 2), max(1, 1.5), min(0.5, 1), sum([0.5, 1, 2]))
print(float(2**53), 2**53 == float(2**53), 1e20 == 10**20, (0.5).is_integer(), (2.0).is_integer())
