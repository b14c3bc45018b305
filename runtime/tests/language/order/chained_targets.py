"""In a = b = value the value comes first, then the targets from left to right."""

log = []


class Recorder:
    def __init__(self, name):
        self.name = name

    def __setitem__(self, key, value):
        log.append((self.name, key, value))


def value():
    log.append("value")
    return 7


a, b = Recorder("a"), Recorder("b")
a["x"] = b["y"] = a[0] = value()
print(log)
log.clear()
a["p"], b["q"] = b[1], a[2] = 1, 2
print(log)
log.clear()
i = i0 = 0
items = [None, None]
i = items[i] = 1
print(i, items)
(a["m"], [b["n"], a["o"]]) = (1, (2, 3))
print(log)
for a["loop"] in range(2):
    pass
print(log[-2:])
