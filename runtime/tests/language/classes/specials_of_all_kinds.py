"""Special methods that are no plain functions, return what they must not, or give way to another's."""


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


# Derived from the left operand's class, the right one is asked first.
class Left:
    def __eq__(self, other):
        print("Left ==")
        return False

    def __lt__(self, other):
        print("Left <")
        return "Left <"

    def __gt__(self, other):
        print("Left >")
        return "Left >"

    def __add__(self, other):
        return "Left +"

    def __radd__(self, other):
        return "+ Left"


class Heir(Left):
    pass


class Rebel(Left):
    def __eq__(self, other):
        print("Rebel ==")
        return NotImplemented

    def __gt__(self, other):
        return "Rebel >"

    def __radd__(self, other):
        return "+ Rebel"


print(Left() == Heir(), Left() == Rebel(), Rebel() == Left(), Left() != Rebel())
print(Left() < Heir(), Left() < Rebel(), Rebel() < Left(), Left() < Left())
print(Left() + Heir(), Left() + Rebel(), Rebel() + Left(), Heir() + Rebel(), 1 + Rebel())


# Bound as other attributes are.
class Caller:
    def __init__(self, name):
        self.name = name

    def __call__(self, key="nothing"):
        return self.name, key


class Bound:
    __getitem__ = Caller("getitem")
    __len__ = len
    __add__ = Caller("add")

    @staticmethod
    def __contains__(item):
        return item == 3

    @classmethod
    def __neg__(cls):
        return cls.__name__

    @staticmethod
    def __call__(a, b=2):
        return a, b


attempt(lambda: Bound()[1])
attempt(lambda: Bound() + 5)
attempt(lambda: len(Bound()))
attempt(lambda: 3 in Bound())
attempt(lambda: -Bound())
attempt(lambda: Bound()(1, b=4))


class Endless:
    pass


Endless.__call__ = Endless()
try:
    Endless()()
except RecursionError:
    print("RecursionError")


class Nothing:
    __add__ = __iter__ = __contains__ = __len__ = __call__ = __getitem__ = __str__ = None


for action in (
    lambda: Nothing() + 1,
    lambda: list(Nothing()),
    lambda: 1 in Nothing(),
    lambda: len(Nothing()),
    lambda: Nothing()(),
    lambda: Nothing()[0],
    lambda: str(Nothing()),
    lambda: b"" + Nothing(),
    lambda: "a" + Nothing(),
    lambda: [1] + Nothing(),
    lambda: () + Nothing(),
):
    attempt(action)


# What they return is looked at.
class Wrong(Exception):
    def __str__(self):
        return 5

    def __repr__(self):
        return None

    def __format__(self, spec):
        return [spec]

    def __index__(self):
        return "1"

    def __float__(self):
        return 1


for action in (
    lambda: str(Wrong()),
    lambda: repr(Wrong()),
    lambda: print(Wrong()),
    lambda: f"{Wrong()}",
    lambda: f"{Wrong()!s}",
    lambda: f"{[Wrong()]}",
    lambda: "{:x}".format(Wrong()),
    lambda: "%s" % Wrong(),
    lambda: [1, 2][Wrong()],
    lambda: range(Wrong()),
    lambda: float(Wrong()),
):
    attempt(action)


class Huge:
    def __index__(self):
        return 10**30


attempt(lambda: [1][Huge()])
attempt(lambda: float(Huge()))


# Equality given to a class later leaves its hash.
class Later:
    pass


later = Later()
before = hash(later)
Later.__eq__ = lambda self, other: True
print(hash(later) == before, later == 1)


class Equal:
    def __eq__(self, other):
        return True


print(Equal.__hash__)
attempt(lambda: hash(Equal()))


# A property's AttributeError is a missing attribute, which __getattr__ is asked for.
class Fallback:
    @property
    def broken(self):
        raise AttributeError("inside")

    def __getattr__(self, name):
        return "fallback " + name


print(Fallback().broken, getattr(Fallback(), "broken"), hasattr(Fallback(), "broken"))

print([1].__repr__(), "a".__str__(), (5).__hash__(), (2).__eq__(2), "a".__eq__("b"))


# The right operand's method goes before a list's own += and *, and after nothing that takes anything.
class Right:
    def __radd__(self, other):
        return "+ Right", other

    def __rmul__(self, other):
        return "* Right", other

    def __iter__(self):
        return iter([1])


items = [0]
items += Right()
print(items, [2] * Right(), "a" * Right(), b"b" + Right())
for action in (
    lambda: "a" * Later(),
    lambda: Later() * [1],
    lambda: "" % Later(),
    lambda: "" % Right(),
    lambda: 5 + {}.keys(),
    lambda: {1: 2}.keys() - {1},
    lambda: {1: 2}.items() | [(1, 2)],
):
    attempt(action)
