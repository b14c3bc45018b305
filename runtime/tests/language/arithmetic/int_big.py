"""Integers of any size: factorial, powers, digits."""


def factorial(n):
    return 1 if n < 2 else n * factorial(n - 1)


print(factorial(30), factorial(60))
print(2**200, 3**100, (-7) ** 33, 10**40 // 7**20, 10**40 % 7**20)
a, b = 0, 1
for _ in range(150):
    a, b = b, a + b
print(a, len(str(a)), str(a)[::-1], int(str(a)) == a)
print(10**25 - 10**25 + 1, (10**25 + 1) * (10**25 - 1) == 10**50 - 1)
print(-(10**30), abs(-(10**30)), +(10**30), ~(10**30))
print(10**30 == 10**30, 10**30 != 10**30 + 1, 10**30 < 10**31, hash(10**30) == hash(10**30), bool(10**30))
