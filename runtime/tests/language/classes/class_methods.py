"""Class methods and static methods, inherited, by super(), and as values."""


class Shape:
    registry = []
    sides = 0

    def __init__(self, name):
        self.name = name

    @classmethod
    def make(cls, name="plain"):
        shape = cls(name)
        cls.registry.append((cls.__name__, name))
        return shape

    @classmethod
    def describe(cls, prefix="has"):
        return f"{cls.__name__} {prefix} {cls.sides}"

    @staticmethod
    def area(width, height=1):
        return width * height

    def twice(self):
        return self.area(2, 3) + Shape.area(4), self.describe(), type(self).describe("had")


class Square(Shape):
    sides = 4

    @classmethod
    def make(cls, name="square"):
        shape = super().make(name + "!")
        shape.extra = super().describe("super")
        return shape

    @staticmethod
    def area(width, height=None):
        return width * width


for kind in (Shape, Square):
    shape = kind.make()
    print(shape.name, kind.describe(), shape.describe(prefix="with"), kind.area(3), shape.area(5), shape.twice())
    make, area = kind.make, kind.area
    print(make("again").name, area(2, 7), make.__name__, area.__name__)
print(Shape.registry, Square.make("x").extra)
print([f(3) for f in (Shape.area, Square.area, Square("y").area)])


class Counter:
    _made = 0

    @classmethod
    def make(cls):
        cls._made += 1
        return cls()

    @classmethod
    def made(cls):
        return cls._made


class Special(Counter):
    pass


Counter.make(), Special.make(), Special.make()
print(Counter.made(), Special.made())
try:
    Counter.make(1)
except TypeError as error:
    print(error)
try:
    Shape.area()
except TypeError as error:
    print(error)
