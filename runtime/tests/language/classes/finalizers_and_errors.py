"""When an exception lets go of what it and its handler's frame held."""


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone", self.name, end="; ")


def swallowed():
    try:
        with_local = Noisy("with_local")
        [Noisy("in display"), 1 / 0]
    except ZeroDivisionError:
        print("handler")
    print("end of function")


swallowed()
print("after")
try:
    raise KeyError(Noisy("argument"))
except KeyError as error:
    print("caught")
print("end")


# What such errors were caused by is not reported, and a message that is empty is.
class Caused:
    def __del__(self):
        raise ValueError("what") from KeyError("why")


class Handling:
    def __del__(self):
        try:
            1 / 0
        except ZeroDivisionError:
            raise KeyError


Caused()
Handling()
