"""What indexing, iterating, calling, measuring say about values that cannot."""


class Thing:
    pass


values = [1, 1.5, "s", [1], (1,), {1: 1}, {1}, None, Thing(), len, int, b"b", True, range(2)]


def attempt(call):
    try:
        call()
    except (TypeError, KeyError, AttributeError, IndexError) as error:
        print(type(error).__name__, error)


def store(a):
    a["key"] = 1


def remove(a):
    del a["key"]


for a in values:
    attempt(lambda: a["key"])
    attempt(lambda: a[9])
    attempt(lambda: len(a))
    attempt(lambda: [x for x in a] and None)
    if a not in (int, len):
        attempt(lambda: a())
    if not isinstance(a, dict):
        attempt(lambda: store(a))
    attempt(lambda: remove(a))
    attempt(lambda: "x" in a)
    attempt(lambda: a.nothing)
    attempt(lambda: {a: 1})
