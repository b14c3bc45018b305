"""Euclid's algorithm and square roots on large ints."""


def gcd(a, b):
    while b:
        a, b = b, a % b
    return a


def root(n):
    x = 1 << (n.bit_length() + 1) // 2
    while True:
        y = (x + n // x) // 2
        if y >= x:
            return x
        x = y


print(gcd(2**100 * 3**50, 6**60), gcd(10**40, 15**35), gcd(0, 5), gcd(-12, 18))
print(root(10**40), root(2 * 10**60), root(10**40 - 1), root(99), root(1))
