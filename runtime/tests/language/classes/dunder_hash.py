"""Hashing of one's own: keys of dicts, members of sets."""


class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __eq__(self, other):
        return isinstance(other, Point) and (self.x, self.y) == (other.x, other.y)

    def __hash__(self):
        return hash((self.x, self.y))

    def __repr__(self):
        return f"({self.x}, {self.y})"


d = {Point(1, 2): "a", Point(3, 4): "b"}
print(d[Point(1, 2)], Point(3, 4) in d, Point(5, 6) in d, d.get(Point(9, 9)), len({Point(0, 0), Point(0, 0), Point(0, 1)}))
d[Point(1, 2)] = "changed"
del d[Point(3, 4)]
print(d)


class Same:
    def __hash__(self):
        return 1


a, b = Same(), Same()
clash = {a: "a", b: "b", 1: "one"}
print(len(clash), clash[a], clash[b], clash[1])


class Wrong:
    def __hash__(self):
        return "text"


class Unhashable:
    def __eq__(self, other):
        return True


class Raises:
    def __hash__(self):
        raise ValueError("no hash")


for bad in (lambda: hash(Wrong()), lambda: {Unhashable(): 1}, lambda: {Raises()}, lambda: {}[Raises()], lambda: Raises() in {1}):
    try:
        print(bad())
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
