"""One place in the code that sees objects of many types: slots, class values, methods, properties."""


class Base:
    common = "base"

    def __init__(self):
        self.first = 1
        self.second = 2

    def name(self):
        return "Base"

    def late(self):
        return "method"


class Reordered(Base):
    def __init__(self):
        self.extra = 0
        self.second = 20
        self.first = 10

    def name(self):
        return "Reordered"


class Alone:
    __slots__ = ("second", "first", "name", "late")

    def __init__(self):
        self.first = 100
        self.second = 200
        self.name = lambda: "a lambda"
        self.late = lambda: "an attribute"

    @property
    def common(self):
        return "property"


class Guarded(Base):
    def __init__(self):
        self.set = []
        self.first = 1000
        self.second = 2000

    @property
    def first(self):
        return self.set[-1]

    @first.setter
    def first(self, value):
        self.set.append(value)

    common = "guarded"


class Hidden(Base):
    def __init__(self):
        super().__init__()
        self.common = "own"
        self.name = str


def look(objects):
    for each in objects:
        print(type(each).__name__, each.first, each.second, each.common, each.name(), each.late())


def add(objects, amount):
    for each in objects:
        each.first += amount
        each.second = each.first


objects = [Base(), Reordered(), Alone(), Guarded(), Hidden()]
for turn in range(3):
    look(objects)
    add(objects, turn + 1)
    look(reversed(objects))

# What names mean changes between two visits.
Base.name = lambda self: "another Base"
look(objects)
Base.common = "another base"
look(objects)
Reordered.late = dict
look(objects)
del Reordered.name
del Reordered.late
look(objects)
objects[0].late = lambda: "own"
objects[1].added = 5
look(objects)
del objects[0].late
look(objects)
print(objects[3].set)


def read(each, missing):
    try:
        return each.second if missing else each.absent
    except AttributeError as error:
        return str(error)


def store(each):
    try:
        each.unknown = 1
        return each.unknown
    except AttributeError as error:
        return "refused"


for each in objects:
    del each.second
for _ in range(2):
    print([read(each, True) for each in objects])
    print([read(each, False) for each in objects])
    print([store(each) for each in objects])


def ends(each):
    return each.count(1), each.index(1)


for each in ([1, 2, 1], (1,), "a1", range(3)):
    try:
        print(ends(each))
    except TypeError as error:
        print("TypeError")


# More classes and names than are remembered: they push each other out.
def made(number):
    class Made:
        value = number

        def __init__(self):
            self.own = number

        def method(self):
            return number

    return Made


many = [made(number)() for number in range(150)]
for _ in range(3):
    print(sum(each.own for each in many), sum(each.method() for each in many), sum(each.value for each in many))
    for each in many:
        each.own += 1
        each.value += 1
