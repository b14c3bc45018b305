"""Bit operations beyond a word."""

a, b = 2**100 + 2**50 + 5, 2**70 - 1
print(a & b, a | b, a ^ b, ~a, ~b)
print(-a & b, -a | b, -a ^ b, a & -b, -a & -b, -a | -b, -a ^ -b)
print(a << 3, a >> 3, -a >> 3, a >> 100, a >> 101, -a >> 200, 1 << 100 >> 98, 0 << 1000)
print(hex(a), bin(2**70), oct(2**70), hex(-a))
print(a.bit_length(), (-a).bit_length(), (0).bit_length(), (255).bit_length(), (2**62).bit_length())
for bad in (lambda: 1 << -1, lambda: 1 >> -1, lambda: 1.5 << 1, lambda: "a" & 1):
    try:
        bad()
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
