"""What a translator may compute beforehand."""

print(2 + 3, 2 * 3 - 1, 1 << 10, 2**10, 10**15, -5, --5, -(-5), +5, ~5, not 0, 7 // 2, 7 % 3, -7 // 2, -7 % 3)
print(1 << 70, 2**100, 10**20, (1 << 62) + 1, -(1 << 63), 2**-1, 2**0.5, 1 / 4, 0 - 1)
print("a" + "b", "ab" * 3, (1,) + (2,), [0] * 3, 3 * "x")
print(60 * 60 * 24, 1024 * 1024 - 1, 4611686018427387904 * 2, 4611686018427387903 + 1)
print(True + True, -True, 1.5 * 2, -1.5, -0.0, 0.1 + 0.2)
for bad in (lambda: 1 // 0, lambda: 1 % 0, lambda: 1 << -1, lambda: "a" + 1):
    try:
        bad()
    except Exception as error:
        print(type(error).__name__, error)
