"""Sums and differences beyond the machine's ints."""

a = 2**61 - 1
print(a, a + 1, a + 2, -a, -a - 1, -a - 2)
b = 123456789012345678901234567890
print(b + a, b - a, a - b, b - b, b + b)
print(b - (b - 1), (b + 1) - b, -b + b)
total = 0
for i in range(70):
    total += 2**i
print(total, total == 2**70 - 1)
x = 2**62
x -= 1
print(x)
x += 1
print(x)
print(True + 2**64, 2**64 - True)
