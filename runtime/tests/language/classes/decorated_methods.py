"""staticmethod, classmethod and property."""


class Circle:
    made = 0

    def __init__(self, radius):
        self.radius = radius
        Circle.made += 1

    @property
    def area(self):
        return 3 * self.radius**2

    @staticmethod
    def unit():
        return Circle(1)

    @classmethod
    def of_diameter(cls, diameter):
        return cls(diameter // 2)

    @classmethod
    def count(cls):
        return cls.made, cls.__name__


class Ring(Circle):
    pass


print(Circle(2).area, Circle.unit().radius, Circle(9).unit().radius)
print(Circle.of_diameter(10).radius, type(Ring.of_diameter(4)).__name__, Ring(1).count())
try:
    Circle(1).area = 5
except AttributeError:
    print("no setter")
