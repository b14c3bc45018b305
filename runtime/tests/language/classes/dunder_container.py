"""A class that is used like a list and like a dict."""


class Ring:
    def __init__(self, items):
        self.items = list(items)

    def __len__(self):
        return len(self.items)

    def __getitem__(self, i):
        if isinstance(i, slice):
            return Ring(self.items[i])
        return self.items[i % len(self.items)]

    def __setitem__(self, i, v):
        self.items[i % len(self.items)] = v

    def __delitem__(self, i):
        del self.items[i % len(self.items)]

    def __contains__(self, v):
        return v in self.items or v == "anything"

    def __iter__(self):
        return iter(self.items)

    def __bool__(self):
        return len(self.items) > 1

    def __repr__(self):
        return f"Ring({self.items!r})"


r = Ring("abcd")
print(len(r), r[0], r[5], r[-1], r[1:3], "c" in r, "z" in r, "anything" in r, list(r), bool(r), [c * 2 for c in r])
r[6] = "X"
r[0] += "!"
del r[1]
print(r, tuple(r), sorted(r), "-".join(r), max(r), list(zip(r, range(9))), list(enumerate(r)))
a, b, c = r
print(a, b, c, "empty" if not Ring("x") else "full", list(reversed(list(r))), dict(zip(r, r)))


class Old:
    def __getitem__(self, i):
        if i > 3:
            raise IndexError("enough")
        return i * i


print(list(Old()), 4 in Old(), 5 in Old(), [v for v in Old()], sum(Old()))
