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
