"""An exception raised while another is handled remembers it; from says so on purpose."""


def describe(error):
    context, cause = error.__context__, error.__cause__
    return repr(error), repr(context), repr(cause), error.__suppress_context__


try:
    try:
        raise ValueError("a")
    except ValueError:
        raise KeyError("b")
except KeyError as error:
    print(describe(error))
try:
    try:
        raise ValueError("a")
    except ValueError as cause:
        raise KeyError("b") from cause
except KeyError as error:
    print(describe(error))
try:
    try:
        raise ValueError("a")
    except ValueError:
        raise KeyError("b") from None
except KeyError as error:
    print(describe(error))
try:
    raise KeyError("alone")
except KeyError as error:
    print(describe(error))
try:
    raise KeyError("x") from "text"
except TypeError as error:
    print(error)
try:
    raise KeyError("x") from ValueError
except KeyError as error:
    print(describe(error))
try:
    try:
        1 / 0
    finally:
        {}["missing"]
except KeyError as error:
    print(describe(error))


def helper():
    try:
        raise ValueError("helper")
    except ValueError:
        return "done"


try:
    try:
        raise TypeError("t")
    except TypeError:
        helper()
        raise IndexError("i")
except IndexError as error:
    print(describe(error))
