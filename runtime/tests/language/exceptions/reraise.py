"""A bare raise raises what is being handled, in whatever function it stands."""


def again():
    raise


def f():
    try:
        raise ValueError("first")
    except ValueError:
        try:
            raise KeyError("second")
        except KeyError:
            pass
        raise


try:
    f()
except ValueError as error:
    print("back to", error)
try:
    try:
        {}["x"]
    except KeyError:
        again()
except KeyError as error:
    print("from a function", error)
try:
    raise
except RuntimeError as error:
    print(error)


def nested():
    try:
        raise ValueError(1)
    except ValueError:
        try:
            raise
        except ValueError as error:
            print("inner", error)
            raise


try:
    nested()
except ValueError as error:
    print("outer", error)
try:
    again()
except RuntimeError as error:
    print(error)
