"""Methods of dicts."""


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


d = {"a": 1, "b": 2}
print(d, len(d), d["a"], d.get("a"), d.get("z"), d.get("z", 5), "a" in d, "z" in d, list(d), d == {"b": 2, "a": 1}, d != {})
d["c"] = 3
d["a"] = 10
print(d.setdefault("a", 5), d.setdefault("d", 4), d.setdefault("e"), d)
print(d.pop("a"), d.pop("zz", None), d.popitem(), d)
d.update({"x": 1}, y=2)
d.update([("z", 3), ["w", 4]])
d.update(b=20)
print(d, d.copy() == d, d.copy() is d)
del d["x"]
print(d, dict(a=1), dict([(1, 2), (3, 4)]), dict({"a": 1}, b=2), dict(), dict.fromkeys("ab"), dict.fromkeys([1, 2], 0), dict(zip("ab", [1, 2])))
print(d | {"b": 0, "q": 1}, {1: 2} | {1: 3})
d |= {"new": 1}
print(d)
d.clear()
print(d)
attempt(lambda: {}["x"])
attempt(lambda: {}[5])
attempt(lambda: {}[(1, "a")])
attempt(lambda: {}.pop("x"))
attempt(lambda: {}.popitem())
attempt(lambda: {[]: 1})
attempt(lambda: {}.get([]))
attempt(lambda: {}.setdefault({}, 1))
attempt(lambda: [] in {})
attempt(lambda: dict(5))
attempt(lambda: dict([1]))
attempt(lambda: dict([(1, 2, 3)]))
attempt(lambda: dict("ab"))
attempt(lambda: {} < {})
attempt(lambda: {} + {})
attempt(lambda: {}.missing)
attempt(lambda: {}.get())
attempt(lambda: hash({}))
