"""Iterators of all types, by hand."""


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


for thing in ([1, 2], (1, 2), "ab", {1: 2}, {1}, range(2), b"ab", {1: 2}.items(), {1: 2}.values(), enumerate("a"), zip([1], [2]), map(str, [1]), filter(None, [0, 1])):
    it = iter(thing)
    print("" if isinstance(thing, (str, bytes)) else type(it).__name__, iter(it) is it, next(it), list(it), next(it, "end"))
attempt(lambda: next(iter([])))
attempt(lambda: next([]))
attempt(lambda: iter(5))
attempt(lambda: next(5))
attempt(lambda: next())
a = [1, 2, 3]
it = iter(a)
print(next(it), list(it), list(it))
a.append(4)
print(list(it), list(iter(a)))
it = iter(range(5))
print([x for x in it if x < 3], next(it, None), sum(iter([1, 2])), 2 in iter([1, 2, 3]), list(zip(iter("abc"), iter("xy"))))
