"""The first handler that fits is taken; each name is gone after its handler."""


def classify(make):
    try:
        make()
    except ZeroDivisionError:
        return "zero"
    except (KeyError, IndexError) as error:
        return "lookup " + type(error).__name__
    except ArithmeticError:
        return "arithmetic"
    except Exception as error:
        return "other " + type(error).__name__
    except BaseException:
        return "base"
    else:
        return "none"


def overflow():
    return 2.0**5000


def exit():
    raise SystemExit(1)


print([classify(f) for f in (lambda: 1 / 0, lambda: {}[1], lambda: [][1], overflow, lambda: int("x"), exit, lambda: 1)])
error = "outer"
try:
    raise ValueError("v")
except ValueError as error:
    print(error)
try:
    print(error)
except NameError as gone:
    print(gone)


def local():
    e = 1
    try:
        raise ValueError
    except ValueError as e:
        pass
    return e


try:
    local()
except UnboundLocalError as error:
    print(error)
errors = (TypeError, ValueError)
try:
    int([])
except errors as error:
    print(type(error).__name__)
