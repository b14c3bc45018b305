"""Attributes of instances and classes, found, set and deleted."""


class Point:
    dimensions = 2
    names = ["x", "y"]

    def __init__(self, x, y):
        self.x = x
        self.y = y


p, q = Point(1, 2), Point(3, 4)
p.x += 10
print(p.x, q.x, p.dimensions, Point.dimensions)
p.dimensions = 3
Point.dimensions = 4
print(p.dimensions, q.dimensions, Point.dimensions)
del p.dimensions
print(p.dimensions)
p.names.append("z")
print(q.names)
p.extra = "new"
print(p.extra, hasattr(q, "extra"), getattr(q, "extra", "default"))
setattr(q, "made", 5)
print(q.made, getattr(q, "made"))
delattr(q, "made")
for action in (lambda: q.made, lambda: Point.missing, lambda: getattr(q, "nope")):
    try:
        action()
    except AttributeError as error:
        print(error)
Point.method = lambda self, n: self.y + n
print(q.method(1), p.method(2))
Point.names = ()
print(p.names)
