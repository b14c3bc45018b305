"""Bools are ints."""

print(True + True, True - False, True * 5, -True, +False, ~True, True // 1, True % 2, True / 2, True**3)
print(True & False, True | False, True ^ True, True & 3, 5 | True, True << 3, True >> 1)
print(True == 1, False == 0, True < 2, True > False, isinstance(True, int), issubclass(bool, int), type(True & 1))
print(bool(0), bool(-1), bool(""), bool("0"), bool([]), bool([0]), bool(0.0), bool(None), bool({}), bool(10**30))
print(sum([True, False, True]), [10, 20][True], "ab"[False], str(True), repr(False), int(True), float(True))
print(True and 5, 0 or False, not 1, not 0, True is True, (1 == 1) is True)
print(f"{True}", f"{True:d}", f"{True:5}", "%d" % True, "%s" % False, hash(True), {True: 1}[1])
