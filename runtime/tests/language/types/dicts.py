"""Dicts: methods, order, views, keys of many types."""

d = {"one": 1, "two": 2}
d["three"] = 3
print(d, len(d), d["two"], d.get("two"), d.get("x"), d.get("x", 0), "one" in d, 1 in d)
print(list(d), list(d.keys()), list(d.values()), list(d.items()), [k for k in d], sorted(d, key=lambda k: d[k]))
d.update({"four": 4, "one": 11})
print(d, d.pop("two"), d.pop("none", "default"), d.setdefault("five", 5), d.setdefault("one", 0))
del d["four"]
d["two"] = 22
print(d, d == {"two": 22, "five": 5, "three": 3, "one": 11}, bool({}), dict([("a", 1)]), dict(a=1, b=2))
mixed = {1: "int", "1": "str", (1, 2): "tuple", None: "none", True: "bool", 2.5: "float", b"1": "bytes"}
print(mixed, mixed[1], mixed[1.0], mixed[(1, 2)])
for key, value in sorted({"b": 2, "a": 1}.items()):
    print(key, value, end=" ")
print({k: v for k, v in zip("abc", range(3))}, {}.get(1), d.copy() is d, max(d.values()))
d.clear()
print(d, list({"x": 1}.items())[0])
for bad in (lambda: {}["k"], lambda: {[1]: 2}, lambda: {}.pop("k"), lambda: dict([1])):
    try:
        bad()
    except (KeyError, TypeError) as error:
        print(type(error).__name__, error)


def grow():
    table = {1: 1}
    for key in table:
        table[key + 1] = 1


try:
    grow()
except RuntimeError as error:
    print(error)
