"""Dicts keep the order of insertion."""

d = {}
for i in (5, 3, 9, 1):
    d[i] = str(i)
print(d)
d[3] = "again"
print(d)
del d[5]
d[5] = "back"
print(d, list(d)[0], d.popitem(), d)
for i in range(20):
    d[i * 37 % 101] = i
for i in range(0, 20, 2):
    d.pop(i * 37 % 101, None)
print(d)
print({1: "a", True: "b", 1.0: "c"}, {"x": 1, "y": 2, "x": 3})
