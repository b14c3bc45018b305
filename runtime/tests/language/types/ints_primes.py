"""Modular powers find primes."""


def is_probably_prime(n):
    if n < 4:
        return n > 1
    d = n - 1
    s = 0
    while d % 2 == 0:
        d //= 2
        s += 1
    for a in (2, 3, 5, 7, 11, 13, 17):
        if a % n == 0:
            continue
        x = pow(a, d, n)
        if x == 1 or x == n - 1:
            continue
        for _ in range(s - 1):
            x = x * x % n
            if x == n - 1:
                break
        else:
            return False
    return True


print([n for n in range(60) if is_probably_prime(n)])
print([p for p in (31, 61, 89, 107, 127, 128, 200) if is_probably_prime(2**p - 1)])
print(is_probably_prime(10**30 + 57), is_probably_prime(10**30 + 59))
