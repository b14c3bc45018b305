"""Dicts keep the order of first insertion through every change."""

d = {}
for i in (5, 3, 9, 1, 7):
    d[i] = str(i)
print(list(d))
d[3] = "again"
print(list(d.items()))
del d[9]
d[9] = "late"
print(list(d))
for i in range(20):
    d[i] = i
print(list(d))
for i in range(0, 20, 2):
    del d[i]
print(list(d), d.popitem(), d.popitem(), list(d))
d.update({100: 1, 3: 2, 50: 3})
print(list(d.items())[-3:], d[3])
big = {}
for i in range(1000):
    big[i * 7 % 1000] = i
for i in range(0, 1000, 3):
    big.pop(i)
print(list(big)[:10], len(big), sum(big), list(big)[-1], next(iter(big)))
