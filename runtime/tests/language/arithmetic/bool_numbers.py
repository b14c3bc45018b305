"""True and False are integers."""

print(True + True, True * 5, -True, ~False, True / 2, True // 1, True % 2, 2**True, True << 3, 5 >> True)
print(True & False, True | False, True ^ True, True & 3, 2 | True, type(True & True).__name__, type(True & 1).__name__)
print(sum([True, False, True]), [10, 20][True], "ab"[False], {True: "t"}[1], {1: "one", True: "true"}, True == 1.0)
print(int(True), float(False), str(True), repr(False), bool("False"), bool(""), bool([[]]), max(True, 2), min(False, 0))
print(isinstance(True, int), True is bool(1), hash(True) == hash(1), abs(True), round(True), f"{True:d} {True} {False:>6}")
print(True**1, type(True**1).__name__, False**0, True**2, pow(True, 1), pow(False, True))
