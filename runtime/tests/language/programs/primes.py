"""A sieve, trial division, and gcd."""


def sieve(n):
    marks = [True] * (n + 1)
    marks[0] = marks[1] = False
    i = 2
    while i * i <= n:
        if marks[i]:
            for j in range(i * i, n + 1, i):
                marks[j] = False
        i += 1
    return [i for i in range(n + 1) if marks[i]]


def is_prime(n):
    if n < 2:
        return False
    d = 2
    while d * d <= n:
        if n % d == 0:
            return False
        d += 1
    return True


def gcd(a, b):
    while b:
        a, b = b, a % b
    return a


primes = sieve(100)
print(primes, len(primes))
print(primes == [n for n in range(101) if is_prime(n)])
print(gcd(84, 36), gcd(17, 5), gcd(2**40, 6**20))
