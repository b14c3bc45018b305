"""Integer arithmetic of both signs and any size."""

for a in (7, -7, 0, 2**40):
    for b in (2, -2, 5, 2**70):
        print(a + b, a - b, a * b, a // b, a % b, end=" | ")
    print()
print(2**10, (-2) ** 3, 2**-2, 0**0, (-3) ** 0, 10**25, pow(3, 4), pow(3, 4, 5))
print(divmod(7, 2), divmod(-7, 2), divmod(7, -2), abs(-5), -(-3), +4)
big = 123456789012345678901234567890
print(big * big, big // 12345, big % 97, -big // 7, -big % 7, big - big, big > 2**64, hash(2**61 - 1))
print(int("123"), int("-5"), int(3.99), int(-3.99), int("ff", 16), int("101", 2), int(True))
x = 1
for _ in range(70):
    x *= 3
print(x, len(str(x)))
y = x
while y:
    y //= 10**9
print(y)
