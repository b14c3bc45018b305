"""Primes by a set, and removing doubles in order."""

limit = 60
composite = set()
primes = []
for n in range(2, limit):
    if n not in composite:
        primes.append(n)
        composite.update(range(n * n, limit, n))
print(primes, len(composite))
seen = set()
unique = []
for x in [3, 1, 3, 2, 1, "a", "a", (1, 2), (1, 2), 1.0]:
    if x not in seen:
        seen.add(x)
        unique.append(x)
print(unique)
s = set()
for i in range(1000):
    s.add(i * 7919 % 997)
for i in range(0, 1000, 3):
    s.discard(i)
print(len(s), sum(s), 1 in s, 3 in s)
