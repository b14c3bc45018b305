"""Dicts: order of evaluation, repeated keys, keys of all kinds."""

log = []


def note(v):
    log.append(v)
    return v


d = {note("a"): note(1), note("b"): note(2), note("a"): note(3)}
print(d, log)
print({1: "a", 1.0: "b", True: "c"}, {(1, 2): "t", None: "n", "": "e", 2.5: "f", False: 0}, {}, {"x": {"y": {}}})
d = {"z": 1, "y": 2, "x": 3}
d["z"] = 4
del d["y"]
d["y"] = 5
print(d, list(d), list(d.values()), list(d.items()), len(d))
d.pop("z")
d["z"] = 0
d.update({"x": 9, "w": 8})
print(d, "w" in d, 9 in d, d == {"w": 8, "x": 9, "y": 5, "z": 0})
for bad in (lambda: {[1]: 2}, lambda: {{}: 1}, lambda: {(1, []): 1}, lambda: d["q"], lambda: {1, [2]}):
    try:
        bad()
    except (TypeError, KeyError) as error:
        print(type(error).__name__, error)
