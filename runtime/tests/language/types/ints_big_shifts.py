"""Shifts of large ints, and by large counts."""

a = 0x123456789ABCDEF0123456789ABCDEF
print(a << 0, a << 1, a << 63, a << 64, a << 65, a << 200)
print(a >> 0, a >> 1, a >> 63, a >> 64, a >> 65, a >> 200)
print(-a >> 1, -a >> 64, -a >> 124, -a >> 200, -1 >> 1000, 1 >> 10**30, -5 >> 10**30)
print(1 << 61, 1 << 62, 1 << 63, 1 << 64, -1 << 61, -1 << 62, 0 << 10)
print((1 << 100) >> 100, (-(1 << 100)) >> 99, (1 << 64) - 1 >> 63)
x = 1
for i in range(5):
    x <<= 30
    print(x)
for i in range(5):
    x >>= 31
    print(x)
