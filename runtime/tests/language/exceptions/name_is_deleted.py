"""`as name` lasts until the end of the handler."""


def f():
    error = "before"
    try:
        raise ValueError("v")
    except ValueError as error:
        print(error)
    try:
        return error
    except UnboundLocalError:
        return "unbound"


print(f())
try:
    raise KeyError("k")
except KeyError as caught:
    print(caught)
try:
    caught
except NameError as error:
    print(error)


def g():
    for i in range(3):
        try:
            raise ValueError(i)
        except ValueError as error:
            if i == 0:
                continue
            print(error)
            break
    return i


print(g())


def h():
    try:
        raise ValueError("kept")
    except ValueError as error:
        kept = error
        del error
    return kept


print(repr(h()))


def closure():
    try:
        raise ValueError("in closure")
    except ValueError as error:
        show = lambda: str(error)
        print(show())
    try:
        show()
    except NameError as error:
        return type(error).__name__


print(closure())
