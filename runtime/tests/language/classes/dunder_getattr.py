"""__getattr__ is asked for what is not there otherwise."""


class Lazy:
    fixed = "class"

    def __init__(self):
        self.made = []

    def __getattr__(self, name):
        if name.startswith("no"):
            raise AttributeError(f"nothing called {name}")
        self.made.append(name)
        return name.upper()


z = Lazy()
print(z.fixed, z.made, z.other, z.other, z.made, hasattr(z, "nope"), hasattr(z, "yes"), getattr(z, "nothing", "default"))
z.other = "set"
print(z.other, z.made)
del z.other
print(z.other, z.made)
try:
    z.nope
except AttributeError as error:
    print(error)


class Proxy:
    def __init__(self, target):
        self.target = target

    def __getattr__(self, name):
        return getattr(self.target, name)


p = Proxy([3, 1, 2])
p.append(4)
p.sort()
print(p.target, p.count(3))
try:
    p.missing
except AttributeError as error:
    print(error)
