"""__getattr__ for names that are not found."""


class Proxy:
    def __init__(self, target):
        self.target = target

    def __getattr__(self, name):
        if name.startswith("get_"):
            return name[4:]
        raise AttributeError("no " + name)


p = Proxy(5)
print(p.target, p.get_this, getattr(p, "other", "default"), hasattr(p, "get_x"), hasattr(p, "x"))
try:
    p.missing
except AttributeError as error:
    print(error)
