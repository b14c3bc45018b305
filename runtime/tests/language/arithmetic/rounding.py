"""round to whole numbers and to places."""

print([round(v) for v in (0.5, 1.5, 2.5, -0.5, -1.5, 2.4, 2.6, -2.6, 1e20)])
print([round(v, 1) for v in (0.25, 0.35, 1.05, -1.25, 10.0)], [round(v, 2) for v in (2.675, 1.005, 3.14159)])
print(round(1234, -2), round(1250, -2), round(1350, -2), round(-1250, -2), round(5, 3), round(5), round(True))
print(round(1234.5678, -2), round(1234.5678, 0), round(1.5, None), type(round(1.5)).__name__, type(round(1.5, 0)).__name__)
for bad in (lambda: round("a"), lambda: round(1.5, "a"), lambda: round(float("nan")), lambda: round(float("inf"))):
    try:
        print(bad())
    except (TypeError, ValueError, OverflowError) as error:
        print(type(error).__name__, error)
