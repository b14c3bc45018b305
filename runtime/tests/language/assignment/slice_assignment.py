"""Slices as targets: longer, shorter, stepped, of itself."""

a = list(range(6))
a[1:3] = ["x", "y", "z"]
print(a)
a[:2] = []
print(a)
a[len(a):] = "ab"
print(a)
a[2:2] = (0, 0)
print(a)
a[::2] = [9] * len(a[::2])
print(a)
a[::-1] = list(range(len(a)))
print(a)
a[:] = a + a
print(a, len(a))
a[-3:] = []
a[1:-1] = a[:2]
print(a)
a[5:1] = [7]
a[100:] = [8]
a[-100:1] = [6]
print(a)
for bad in ([1, 2, 3], [], 5):
    try:
        a[::2] = bad
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
try:
    a[1:2] = 5
except TypeError as error:
    print(error)
try:
    (1, 2)[0:1] = [3]
except TypeError as error:
    print(error)
