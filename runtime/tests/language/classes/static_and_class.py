"""staticmethod, classmethod, property."""


class Circle:
    made = 0

    def __init__(self, r):
        self._r = r
        Circle.made += 1

    @staticmethod
    def area_of(r):
        return 3 * r * r

    @classmethod
    def unit(cls):
        return cls(1)

    @property
    def r(self):
        return self._r

    @r.setter
    def r(self, value):
        if value < 0:
            raise ValueError("negative")
        self._r = value

    @property
    def area(self):
        return self.area_of(self._r)


class Ball(Circle):
    pass


c = Circle(2)
print(c.r, c.area, Circle.area_of(5), c.area_of(1), Circle.unit().r, type(Ball.unit()).__name__, Circle.made)
c.r = 4
c.r += 1
print(c.r, c.area)


def negative():
    c.r = -1


def fixed():
    c.area = 5


for bad in (negative, fixed):
    try:
        bad()
    except (ValueError, AttributeError) as error:
        print(type(error).__name__, str(error)[:8])
