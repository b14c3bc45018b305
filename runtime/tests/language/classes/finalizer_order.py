"""__del__ runs at the last reference, at once, in the order of dropping."""


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


a = Loud("a")
b = a
del a
print("still b")
b = Loud("b")
print("rebound")
Loud("temporary")
print("after temporary")


def scope():
    x = Loud("x")
    y = Loud("y")
    print("leaving", x.name)
    return y.name


print(scope())
items = [Loud("i0"), Loud("i1"), Loud("i2")]
items.pop(1)
print("popped")
items[0] = None
print("replaced")
items.clear()
print("cleared")
d = {"k": Loud("value")}
d["k"] = 1
print("overwritten")
pair = (Loud("p0"), Loud("p1"))
pair = None
print("tuple gone")
for item in [Loud("loop0"), Loud("loop1")]:
    print("in loop", item.name)
del item
print("loop done")
try:
    raise ValueError(Loud("in exception"))
except ValueError as error:
    print("caught")
print("handled")
b = None
print("end")
