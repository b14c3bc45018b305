"""a < b < c evaluates b once and stops at the first that fails."""

log = []


def value(v):
    log.append(v)
    return v


print(value(1) < value(2) < value(3), log)
log.clear()
print(value(3) < value(2) < value(1), log)
log.clear()
print(value(1) < value(5) > value(2) == value(2) != value(9) >= value(9), log)
print(1 < 2 < 3 < 4, 1 < 2 > 3, 1 == 1 == 1, 1 == 1 != 1, 3 > 2 > 1, not 1 < 2 < 3)
x = 5
print(0 < x < 10, 0 < x > 4, x == 5 == 5.0, 1 < x in (4, 5), None is None is None, "a" < "b" < "c", [] == [] is not None)
if 0 <= x <= 5 <= 6:
    print("in")
print([n for n in range(10) if 2 < n < 5], 7 if 1 < x < 3 else 8)
