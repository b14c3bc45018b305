"""An exception in finally replaces the one on its way."""


def f(first, second):
    try:
        if first:
            raise ValueError("first")
    finally:
        if second:
            raise KeyError("second")
    return "quiet"


for first in (False, True):
    for second in (False, True):
        try:
            print(f(first, second))
        except (ValueError, KeyError) as error:
            print(repr(error), repr(error.__context__))
