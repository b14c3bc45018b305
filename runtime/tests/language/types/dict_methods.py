"""Each method of dicts, and its mistakes."""

d = {"a": 1, "b": 2}
print(d.get("a"), d.get("z"), d.get("z", 9), d.setdefault("a", 5), d.setdefault("c", 3), d.setdefault("n"), d)
print(d.pop("n"), d.pop("z", "default"), d.popitem(), d, d.keys(), d.values(), d.items())
d.update({"x": 1}, y=2)
d.update([("p", 1), ("q", 2)])
print(d, d.copy() == d, d.copy() is d, len(d), list(d), list(reversed(d)), sorted(d), max(d), "a" in d, 1 in d.values(), ("a", 1) in d.items())
print(dict.fromkeys("ab"), dict.fromkeys([1, 2], 0), dict([(1, 2)]), dict(a=1), dict({"k": 1}, j=2), dict(), dict(zip("ab", [1, 2])))
print({"a": 1} | {"b": 2}, {"a": 1} == {"a": 1.0}, {"a": 1} != {"a": 2}, {1: 2, 3: 4} == {3: 4, 1: 2}, bool({}), bool({0: 0}))
e = {"k": 1}
e |= {"k": 2, "l": 3}
print(e, e.clear(), e)
for bad in (lambda: d["zz"], lambda: d.pop("zz"), lambda: {}.popitem(), lambda: d.get(), lambda: d.get([]), lambda: d.update(5),
            lambda: dict([1]), lambda: dict([(1,)]), lambda: {} < {}, lambda: {} + {}, lambda: d.foo, lambda: d[[1]], lambda: dict(1)):
    try:
        print(bad())
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        print(type(error).__name__, error)
