"""The first handler that fits is taken: a class, one derived from it, a tuple of classes."""


class Own(ValueError):
    pass


def f(error):
    try:
        raise error
    except (KeyError, IndexError) as caught:
        return "lookup " + type(caught).__name__
    except Own:
        return "own"
    except ValueError:
        return "value"
    except ArithmeticError:
        return "arithmetic"
    except Exception:
        return "other"


for error in (KeyError(1), IndexError("i"), Own(), ValueError(), ZeroDivisionError(), OverflowError(), TypeError("t")):
    print(f(error), end=", ")
print(f(RuntimeError), f(Own))


def computed(kinds):
    try:
        return [][1]
    except kinds[0]:
        return "first"
    except kinds[1]:
        return "second"


print(computed([KeyError, LookupError]), computed([IndexError]))
try:
    try:
        raise KeyError("k")
    except ValueError:
        print("wrong")
except KeyError as error:
    print("passed on", error)
