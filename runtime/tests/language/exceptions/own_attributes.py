"""What every exception has by itself is no instance's attribute, whoever assigns it and where."""


class Pair(Exception):
    def __init__(self, first, second):
        self.args = (first, second)
        self.first = first


class Chained(Exception):
    def __init__(self, cause):
        self.__cause__ = cause
        self.__context__ = None


class Loud(Pair):
    def shout(self, words):
        self.args = words


for i in range(3):
    try:
        raise Pair(i, "x")
    except Pair as e:
        print(e, repr(e), e.args, e.first)
        e.args = (i, i + 1, i + 2)
        print(e, e.args)
for i in range(3):
    loud = Loud(i, i)
    loud.shout(["a list", i])
    print(loud, loud.args)
    loud.shout("str")
    print(loud, loud.args)
for i in range(3):
    chained = Chained(ValueError(i))
    print(repr(chained.__cause__), chained.__context__, chained.__suppress_context__)
    chained.__cause__ = None
    print(chained.__cause__, chained.__suppress_context__)
    chained.__suppress_context__ = False
    print(chained.__suppress_context__)

try:
    try:
        raise KeyError(1)
    except KeyError:
        late = ValueError(2)
        late.__cause__ = TypeError(3)
        raise late
except ValueError as e:
    print(repr(e.__cause__), repr(e.__context__), e.__suppress_context__)
    e.__traceback__ = None
    print(e.__traceback__)


error = ValueError("unchanged")
for name in ("__cause__", "__context__", "__traceback__", "__suppress_context__", "args"):
    for bad in (5, 0.5, len):
        try:
            setattr(error, name, bad)
        except TypeError as e:
            print(e)
for name in ("args", "__cause__", "__context__", "__traceback__"):
    try:
        delattr(error, name)
    except TypeError as e:
        print(e)
print(repr(error), error.__cause__, error.__context__, error.__suppress_context__)
