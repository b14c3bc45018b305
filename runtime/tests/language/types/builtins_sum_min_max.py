"""sum, min, max, all, any."""


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


print(sum([]), sum([1, 2, 3]), sum([1, 2], 10), sum([1.5, 2]), sum([[1], [2]], []), sum((1, 2), start=5), sum(x * x for x in range(5)), sum([10**20, 1]), sum([0.1] * 3), sum({1: 5, 2: 6}))
print(min(3, 1, 2), max(3, 1, 2), min([3, 1]), max("hello"), min("b", "a"), max([1, 5, 3], key=lambda x: -x), min(["aaa", "b"], key=len), max([], default=0), min((), default=None), max(1, 2.5), max(1, 1.0), min(1, True))
print(all([]), all([1, 0]), any([]), any([0, 1]), all("abc"), any({0: 1}), all(x > 0 for x in [1, 2]), any(x > 5 for x in [1, 2]), max([[1, 2], [1, 3]]), min((2, "b"), (1, "z")), max({"a": 2, "b": 1}))
attempt(lambda: sum(["a"]))
attempt(lambda: sum(["a"], ""))
attempt(lambda: sum(5))
attempt(lambda: sum([1, None]))
attempt(lambda: max([]))
attempt(lambda: min(()))
attempt(lambda: max())
attempt(lambda: max(5))
attempt(lambda: max(1, "a"))
attempt(lambda: min([1, None]))
attempt(lambda: max(1, 2, default=3))
attempt(lambda: max([1], foo=2))
attempt(lambda: all(5))
attempt(lambda: any(None))
