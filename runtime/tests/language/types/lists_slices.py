"""Reading, assigning and deleting slices of lists."""


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


a = list(range(10))
print(a[2:5], a[:3], a[7:], a[::3], a[::-1], a[8:2:-2], a[-3:], a[:-3], a[20:], a[5:2])
a[2:5] = ["x"]
print(a)
a[1:1] = [100, 200]
print(a)
a[:] = a[:4]
print(a)
a[len(a) :] = (7, 8)
print(a)
a[::2] = [0, 0, 0]
print(a)
a[1:4] = a
print(a)
a[::-1] = list(range(len(a)))
print(a)
del a[1:3]
print(a)
del a[::2]
print(a)
del a[:]
print(a)
b = [1, 2, 3, 4, 5, 6]
del b[-1], b[0]
print(b)
del b[::-3]
print(b)
b[1:2] = "ab"
print(b)


def extended():
    b[::2] = [1]


def no_iterable():
    b[0:1] = 5


def far():
    b[10] = 1


def named():
    b["a"] = 1


def delete_far():
    del b[10]


attempt(extended)
attempt(no_iterable)
attempt(far)
attempt(named)
attempt(delete_far)
attempt(lambda: b[1.5])
attempt(lambda: b[10])
attempt(lambda: b[::0])
print(b)
