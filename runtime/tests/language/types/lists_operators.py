"""Operators on lists."""


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


a = [1, 2]
b = a
a += [3]
print(a, b, a is b)
a = a + [4]
print(a, b, a is b)
a *= 2
print(a, a * 0, 2 * [0], [1] * 3 + [2], [[]] * 2, [1, 2] == [1, 2.0], [1] != [2], [] == ())
print([1, 2] < [1, 3], [1] < [1, 2], [2] > [1, 9], [1, 2] <= [1, 2], [] < [1], [1, "a"] < [2, 1], 2 in [1, 2], 5 not in [1], [1] in [[1]])
a += (5, 6)
a += "xy"
print(a)
attempt(lambda: [1] + (2,))
attempt(lambda: [1] + 5)
attempt(lambda: [1] * "a")
attempt(lambda: [1] * 1.5)
attempt(lambda: [1] < (1,))
attempt(lambda: [1] < 5)
attempt(lambda: [1, "a"] < [1, 2])
attempt(lambda: [1] - [1])
attempt(lambda: {[1]: 2})
attempt(lambda: hash([]))


def extend_by_int():
    c = [1]
    c += 5


attempt(extend_by_int)
