"""Comparison methods, reflected ones, and what is done without."""


class V:
    def __init__(self, v):
        self.v = v

    def __eq__(self, other):
        return isinstance(other, V) and self.v == other.v

    def __lt__(self, other):
        if not isinstance(other, V):
            return NotImplemented
        return self.v < other.v

    def __le__(self, other):
        return self.v <= other.v

    def __repr__(self):
        return f"V({self.v})"


a, b, c = V(1), V(2), V(1)
print(a == b, a == c, a != b, a != c, a < b, b < a, a > b, a <= c, a >= c, b >= a, a == 1, 1 == a, a != "x")
print(sorted([b, a, V(0)]), min(b, a), max([a, b]), a in [c], [a, b].index(V(2)), [a, c].count(a), (a, 1) < (b, 0), [a] == [c])
for bad in (lambda: a < 5, lambda: 5 < a, lambda: a > "x", lambda: hash(a), lambda: {a: 1}, lambda: sorted([a, 1])):
    try:
        print(bad())
    except TypeError as error:
        print(error)


class Always:
    def __eq__(self, other):
        return "yes"

    def __ne__(self, other):
        return []

    def __gt__(self, other):
        return ("gt", other)


print(Always() == 1, 1 == Always(), Always() != 1, Always() > 2, 3 < Always(), Always() in [1], [1] == [Always()])


class Plain:
    pass


p, q = Plain(), Plain()
print(p == p, p == q, p != q, p in [q, p])
