"""bool is an int with two values."""

print(True + 1, True * 5, False - 1, True == 1, isinstance(True, int))
print(bool(5), bool(""), bool([0]), bool(None), int(True), str(True), repr(False))
print(True and 5, False or "x", not 5, not "", not not 3)
print(1 < 2 == True, (1 < 2) == True, True in [1], [True, False].count(1), {True: "a"}[1])
print(sum([x > 2 for x in range(5)]), sorted([True, False, True]), max(True, False), True > False)
