"""__del__ runs as soon as the last reference goes."""


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone", self.name, end="; ")


def f():
    n = Noisy("local")
    print("in f", end="; ")


f()
n = Noisy("first")
n = Noisy("second")
print("bound anew", end="; ")
del n
print()
Noisy("temporary")
print("after temporary")
items = [Noisy("a"), Noisy("b")]
items.pop()
print("popped")
items[0] = None
print("replaced")
(Noisy("x") and Noisy("y")) and print("both")
print(len([Noisy("z")]), "measured")


def g():
    a = Noisy("ga")
    b = Noisy("gb")
    del a
    print("a deleted")
    return "result"


print(g())
x = Noisy("left") if True else None
x = 5
print("end of x")
Noisy("attribute").name
print("after attribute")
Noisy("condition") == 1 or print("compared")
if Noisy("if"):
    print("inside if")
for thing in [Noisy("loop")]:
    print("body")
thing = None
print("done")
