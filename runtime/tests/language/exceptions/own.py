"""Classes of exceptions: attributes, __str__, inheritance."""


class Base(Exception):
    pass


class WithText(Base):
    def __init__(self, what, count):
        self.what = what
        self.count = count

    def __str__(self):
        return f"{self.count} of {self.what}"


class Deeper(WithText):
    pass


for error in (Base(), Base("a"), Base("a", 1), WithText("eggs", 3), Deeper("spam", 2)):
    try:
        raise error
    except WithText as caught:
        print("text", caught, caught.what, caught.count)
    except Base as caught:
        print("base", str(caught), repr(caught), caught.args)
print(issubclass(Deeper, Base), issubclass(Base, Deeper), isinstance(Deeper("a", 1), Exception))
print(Deeper.__name__, Deeper("x", 1).args)
