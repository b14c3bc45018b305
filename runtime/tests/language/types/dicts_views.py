"""Keys, values and items of dicts."""


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


d = {"a": 1, "b": 2, "c": 3}
keys, values, items = d.keys(), d.values(), d.items()
print(keys, values, items, len(keys), "a" in keys, 2 in values, ("b", 2) in items, ("b", 3) in items, "b" in items)
d["d"] = 4
print(keys, len(items), list(values), sorted(items, reverse=True), list(reversed(d)), list(reversed(d.items())))
print(sorted(keys & {"a", "z"}), sorted(keys | {"z"}), sorted(keys - {"a"}), sorted(keys ^ {"a", "z"}), keys == {"a", "b", "c", "d"}, sorted(items & {("a", 1)}))
for k, v in d.items():
    print(k, v, end=" ")
print()
print({v: k for k, v in d.items()}, sum(d.values()), max(d, key=d.get), dict(sorted(d.items(), key=lambda kv: -kv[1])), [k for k in d if d[k] % 2])
attempt(lambda: keys[0])
attempt(lambda: keys.append("x"))
