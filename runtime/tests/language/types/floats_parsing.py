"""Floats from text."""

for text in ("1", "-1", "+1.5", ".5", "5.", "1e5", "1E-5", "  2.5\n", "1_000.5", "inf", "-Infinity", "+iNf", "nan", "1e400", "-1e-400", "7"):
    print(float(text))
print(float(), float(5), float(True), float(2**60), float(10**20), float("123456789012345678901234567890"))
print(float("0.1") == 0.1, float("9007199254740993"), float(2**53 + 1), float("4.9e-324"), float("2.4e-324"))
