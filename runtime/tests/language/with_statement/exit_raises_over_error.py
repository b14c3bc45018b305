"""An error in __exit__ has the block's as its context."""


class Manager:
    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        raise KeyError("from exit")


try:
    with Manager():
        raise ValueError("from block")
except KeyError as error:
    print(repr(error), repr(error.__context__))
try:
    with Manager():
        pass
except KeyError as error:
    print(repr(error), repr(error.__context__))
