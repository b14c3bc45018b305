"""How floats are written, and read back."""

values = [0.0, -0.0, 1.0, -1.5, 0.1, 0.1 + 0.2, 1 / 3, 2 / 3, 1e15, 1e16, 1e17, 123456789.123, 1e-4, 1e-5, 1.5e-7, 5e-324]
values += [1.7976931348623157e308, 1e22, 1e23, 9007199254740993.0, 100.0, 3.0e10, 4.35, 2.675]
for value in values:
    print(value, str(value) == repr(value), float(repr(value)) == value)
print(float("1.5"), float(" -2 "), float("1e3"), float(".5"), float("5."), float("1_0.5"), float("inf"), float("-inf"))
print(float("nan"), float("Infinity"), -float("inf"), float("inf") - float("inf"), float("inf") * 0)
for text in ("", "a", "1.2.3", "1e", "--1", "1_"):
    try:
        print(float(text))
    except ValueError as error:
        print(error)
for exponent in range(-1074, 1024):
    print(2.0**exponent, -(2.0**exponent), 3 * 2.0 ** (exponent - 2))
