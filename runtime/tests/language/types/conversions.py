"""What str, repr and the constructors make of things."""

for thing in (0, -5, 2**65, 1.5, -0.0, 1e100, "it's", 'say "hi"', "both ' \"", "tab\t\\", b"x\n", None, True, [1, "a"],
              (1,), {"k": [1]}, range(3), len, int, ValueError("x")):  # fmt: skip
    print(str(thing), repr(thing), end=" ; ")
print()
print(str(), int(), float(), bool(), list(), tuple(), dict(), str(b"x"), [str(x) for x in (1, None)])
print(int("  12 "), int("-0"), int(1e10), float("1e3"), float("inf"), str(1e16), str(1.10), repr(0.1 + 0.2))
for bad in (lambda: int("1.5"), lambda: int(""), lambda: int([]), lambda: float("x"), lambda: int("9" * 3 + "z")):
    try:
        bad()
    except (ValueError, TypeError) as error:
        print(error)
