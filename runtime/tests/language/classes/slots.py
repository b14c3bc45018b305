"""__slots__: attributes that are there from the beginning, and no others."""


class Point:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y


p = Point(1, 2)
p.x += 5
print(p.x, p.y)
try:
    p.z = 1
except AttributeError as error:
    print(type(error).__name__)
del p.y
try:
    p.y
except AttributeError as error:
    print(type(error).__name__)
p.y = 7
print(p.y, hasattr(p, "x"), hasattr(p, "z"))


class Child(Point):
    pass


c = Child(1, 2)
c.z = 3
print(c.x, c.z)
