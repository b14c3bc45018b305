"""Bitwise operators on large and negative ints, as in endless two's complement."""

a = 0xFFFF0000FFFF0000FFFF0000
b = -0x123456789ABCDEF012345678
for x in (a, b, -1, 0, 2**64, -(2**64), 255):
    for y in (a, b, -1, 1, 2**64 - 1, -(2**63)):
        print(x & y, x | y, x ^ y)
print(~a, ~b, ~(2**64), ~-(2**64), -a, +b)
print((a & -a) == 2**16, a ^ a, b | ~b, b & ~b)
