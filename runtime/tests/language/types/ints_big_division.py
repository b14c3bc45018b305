"""Floor division and remainders of large ints, with all signs."""

a = 10**30 + 12345
b = 987654321987654321
for x in (a, -a, b, -b, 0):
    for y in (a, -a, b, -b, 7, -7, 2**64, -(2**64)):
        print(x // y, x % y, divmod(x, y) == (x // y, x % y), x == x // y * y + x % y)
print(2**128 // 2**64, 2**128 % (2**64 - 1), (2**128 - 1) // (2**64 - 1))
print(-(2**61) // -1, -(2**61) % -1, 2**61 // -1)
