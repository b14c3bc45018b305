"""Sorting lists, stably, by keys, and backwards."""


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


a = [5, 3, 8, 1, 9, 2, 7]
a.sort()
print(a)
a.sort(reverse=True)
print(a)
words = ["banana", "Apple", "cherry", "apple", "Banana", "fig"]
print(sorted(words), sorted(words, key=str.lower), sorted(words, key=len), sorted(words, key=len, reverse=True))
pairs = [(i % 3, i) for i in range(12)]
print(sorted(pairs, key=lambda p: p[0]), sorted(pairs, key=lambda p: p[0], reverse=True), sorted(pairs, key=lambda p: (-p[0], p[1])))
print(sorted([3.5, 1, 2.25, True, 10**20, -(10**20)]), sorted("hello"), sorted({"b": 1, "a": 2}), sorted([]), sorted([[2], [1, 5], [1]]), sorted([(1, "b"), (1, "a")]))
attempt(lambda: sorted([1, "a"]))
attempt(lambda: sorted([None, 1]))
attempt(lambda: sorted(5))
attempt(lambda: sorted([1], key=5))
attempt(lambda: sorted([1, 2], key=lambda x: x / 0))
attempt(lambda: [1].sort(1))
attempt(lambda: sorted([1], cmp=1))
attempt(lambda: sorted())
