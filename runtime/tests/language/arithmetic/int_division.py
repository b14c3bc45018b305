"""Floor division and remainder of all signs, small and big."""

for a in (7, -7, 0, 10**20, -(10**20), 2**64 + 1):
    for b in (2, -2, 3, -5, 10**10, -(10**15) - 1):
        q, r = a // b, a % b
        print(a, b, q, r, q * b + r == a, divmod(a, b) == (q, r))
for bad in (lambda: 1 // 0, lambda: 1 % 0, lambda: 10**30 // 0, lambda: 10**30 % 0, lambda: divmod(1, 0), lambda: 1 / 0):
    try:
        bad()
    except ZeroDivisionError as error:
        print(error)
