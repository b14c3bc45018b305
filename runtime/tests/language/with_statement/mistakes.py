"""Objects that are no managers."""


class NoExit:
    def __enter__(self):
        return 1


class NoEnter:
    def __exit__(self, kind, value, trace):
        pass


class FailsEnter:
    def __enter__(self):
        raise ValueError("enter")

    def __exit__(self, kind, value, trace):
        print("never")


class FailsExit:
    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        raise KeyError("exit")


for manager in (5, None, NoExit(), NoEnter(), FailsEnter(), FailsExit()):
    try:
        with manager as m:
            print("inside", m is manager)
    except (TypeError, AttributeError, ValueError, KeyError) as error:
        print(type(error).__name__, error)
try:
    with FailsExit():
        raise IndexError("body")
except KeyError as error:
    print(repr(error), repr(error.__context__))
