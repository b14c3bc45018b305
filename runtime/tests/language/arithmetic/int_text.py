"""Integers from and to text."""

print(int("0"), int("-12"), int("+7"), int("  42\n"), int("1_000"), int("123456789012345678901234567890"))
print(int("ff", 16), int("0xff", 16), int("-101", 2), int("0b11", 0), int("z", 36), int("777", 8), int("0o17", 0))
print(str(-5), repr(10**20), str(2**64), f"{-(2**70)}")
for text in ("", " ", "1.5", "0x10", "1__0", "_1", "a", "--1", "1 2", "é"):
    try:
        print(int(text))
    except ValueError as error:
        print(error)
for bad in (lambda: int("12", 2), lambda: int([]), lambda: int(None), lambda: int("1", 1), lambda: int(1, 10)):
    try:
        print(bad())
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
print(int(3.99), int(-3.99), int(1e20), int(True), int())
