"""When exceptions let go of what frames held."""


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone", self.name, end="; ")


def fail():
    n = Noisy("in fail")
    raise ValueError("v")


try:
    fail()
except ValueError:
    print("handling")
print("after")


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
