"""__slots__: only these attributes, inherited, with defaults and mistakes."""


class Point:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y


class Point3(Point):
    __slots__ = ("z",)

    def __init__(self, x, y, z):
        super().__init__(x, y)
        self.z = z


class Open(Point):
    pass


p, q, o = Point(1, 2), Point3(1, 2, 3), Open(5, 6)
p.x += 10
q.z = q.x + q.y
o.extra = "free"
print(p.x, p.y, q.x, q.y, q.z, o.x, o.extra, hasattr(p, "x"), hasattr(p, "z"), isinstance(q, Point))
del p.x
print(hasattr(p, "x"))


def set_z():
    p.z = 1


def read_x():
    return p.x


def delete_x():
    del p.x


def set_w():
    q.w = 1


for bad in (set_z, read_x, delete_x, set_w):
    try:
        print(bad())
    except AttributeError:
        print("no such attribute")
p.x = "back"
print(p.x)


class One:
    __slots__ = ["only"]


one = One()
one.only = [1]
one.only.append(2)
print(one.only)

try:

    class Conflict:
        __slots__ = ("kept", "taken")
        taken = 1

except ValueError as error:
    print(error)


class _Private:
    __slots__ = ("__hidden", "__shown__")

    def __init__(self):
        self.__hidden = 1
        self.__shown__ = 2

    def both(self):
        return self.__hidden, self.__shown__


print(_Private().both(), _Private()._Private__hidden)
