"""Views follow the dict; sizes may not change under an iteration."""

d = {"a": 1, "b": 2}
keys, values, items = d.keys(), d.values(), d.items()
d["c"] = 3
print(list(keys), list(values), list(items), len(keys), len(values), "c" in keys, 3 in values, ("c", 3) in items, ("c", 4) in items)
del d["a"]
print(keys, values, items)
for k, v in items:
    d[k] = v * 10
print(d)
for change in ("add", "remove"):
    try:
        for k in d:
            if change == "add":
                d[k + k] = 1
            else:
                del d[k]
    except RuntimeError as error:
        print(error, len(d))
for k in list(d):
    del d[k]
print(d, list(keys))
print(sorted({"x": 1, "y": 2}.keys() & {"y", "z"}), {"a": 1}.keys() == {"a"}, [k + str(v) for k, v in {"q": 1}.items()])
