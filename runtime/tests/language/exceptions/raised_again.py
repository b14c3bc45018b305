"""What was being handled is the context of what is raised, and no circle is made of it."""


def chain(error):
    seen = []
    while error is not None and len(seen) < 9:
        seen.append(repr(error))
        error = error.__context__
    return seen


first = ValueError("first")
try:
    try:
        raise first
    except ValueError:
        try:
            raise KeyError("second")
        except KeyError:
            raise first
except ValueError as error:
    print(chain(error))

try:
    try:
        raise IndexError("other")
    except IndexError:
        raise first
except ValueError as error:
    print(chain(error))


def matching(classes):
    try:
        try:
            raise ValueError("matched")
        except classes as error:
            return repr(error)
    except TypeError as error:
        return error


print(matching((KeyError, ValueError)), matching((ValueError, 5)), matching((KeyError, (ValueError,))))


class Shown(Exception):
    def __repr__(self):
        return "shown " + super().__repr__()


print(repr(Shown(1, "a")), [Shown("b")])


def local():
    class Inner(Exception):
        class Deeper:
            pass

    print(Inner, Inner.Deeper, Inner.__qualname__, Inner.Deeper.__name__, repr(Inner(1)))

    class Mute(Exception):
        def __str__(self):
            return 5

    raise Mute


class NotIterable:
    pass


try:
    a, b = NotIterable()
except TypeError as error:
    print(error)
local()
