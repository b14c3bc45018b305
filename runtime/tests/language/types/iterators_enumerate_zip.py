"""enumerate, zip, map, filter, reversed."""


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


print(list(enumerate("abc")), list(enumerate("ab", 5)), list(enumerate([], 1)), list(enumerate("ab", start=-1)), dict(enumerate("xy")))
print(list(zip("abc", [1, 2, 3])), list(zip([1, 2, 3], "ab")), list(zip()), list(zip([1])), list(zip([1], [2], [3])), dict(zip("ab", range(2))))
print(list(map(str, [1, 2])), list(map(lambda x, y: x + y, [1, 2, 3], [10, 20])), list(map(len, ["a", "bb"])), list(map(int, "123")), sum(map(abs, [-1, -2])))
print(list(filter(None, [0, 1, "", "a", None])), list(filter(lambda x: x > 1, [1, 2, 3])), list(filter(str.isdigit, "a1b2")))
print(list(reversed([1, 2, 3])), list(reversed((1, 2))), list(reversed("ab")), list(reversed(range(3))), list(reversed({"a": 1, "b": 2})), list(reversed([])))
for i, (a, b) in enumerate(zip([1, 2], "xy")):
    print(i, a, b)
attempt(lambda: enumerate())
attempt(lambda: enumerate(5))
attempt(lambda: zip(5))
attempt(lambda: zip([1], 5))
attempt(lambda: map(str))
attempt(lambda: list(map(int, ["x"])))
attempt(lambda: list(map(5, [1])))
attempt(lambda: filter(None))
attempt(lambda: list(filter(lambda x: x / 0, [1])))
attempt(lambda: reversed(5))
attempt(lambda: reversed({1}))
