"""Ints of all sizes compared with each other and with floats."""

values = [0, 1, -1, 2**61, 2**61 - 1, -(2**61), 2**64, 10**30, -(10**30), 2**53, 2**53 + 1]
for x in values:
    print([x < y for y in values], [x == y for y in values], [x >= y for y in values])
floats = [0.0, 1.5, -1.5, 2.0**53, 2.0**61, 2.0**64, 1e30, -1e30, float("inf"), float("-inf")]
for x in values:
    print([x < f for f in floats], [x == f for f in floats], [f < x for f in floats], [f >= x for f in floats])
nan = float("nan")
print(10**30 == nan, 10**30 < nan, nan > 5, nan != 2**70, 5 != nan)
print(sorted([10**20, 5, -(10**20), 2.5, 1e19, 0]))
print(max(2**70, 1e20, 3), min(-(2**70), -1e22, 3))
