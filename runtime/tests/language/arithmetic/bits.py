"""Shifts and bitwise operators."""

print(5 & 3, 5 | 3, 5 ^ 3, ~5, ~-1, -5 & 3, -5 | 3, -5 ^ 3)
print(1 << 5, 1 << 64, 255 >> 3, -1 >> 5, -256 >> 4, 2**70 >> 68)
x, n = 0b1011, 2
print(x << n, x >> n, x & n, x | n, x ^ n, +x, ~x)
print(True & False, True | 2, True ^ True, ~True)
for bad in (lambda: 1 << -n, lambda: 1.5 & n, lambda: "a" | n, lambda: ~1.5, lambda: 1 >> "x"):
    try:
        bad()
    except (ValueError, TypeError) as error:
        print(error)


def popcount(v):
    count = 0
    while v:
        v &= v - 1
        count += 1
    return count


print([popcount(v) for v in (0, 1, 255, 2**40 - 1)], hex(255), bin(10), oct(8), hex(-255), bin(-2))
