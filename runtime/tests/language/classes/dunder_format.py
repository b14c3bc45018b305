"""__str__, __repr__ and __format__ in prints, formats and containers."""


class Both:
    def __str__(self):
        return "str"

    def __repr__(self):
        return "repr"


class OnlyRepr:
    def __repr__(self):
        return "only"


class Formatted:
    def __format__(self, spec):
        return f"<{spec}>"


b, o = Both(), OnlyRepr()
print(b, o, [b, o], (b,), {b: o}, str(b), repr(b), f"{b} {b!r} {o} {o!s:>6} {b!s:>5}", "%s %r %s" % (b, b, o))
print(f"{Formatted()}|{Formatted():abc}|{Formatted():>{5}}", format(Formatted(), "x"), format(b), format(o, ""))


class Bad:
    def __str__(self):
        return 5

    def __repr__(self):
        return None


for bad in (lambda: str(Bad()), lambda: repr(Bad()), lambda: f"{Bad()}", lambda: print(Bad()), lambda: str([Bad()]), lambda: format(b, ">5")):
    try:
        print(bad())
    except TypeError as error:
        print(error)


class Wrong:
    def __format__(self, spec):
        return 5


for attempt in (lambda: f"a{Wrong()}b", lambda: f"{Wrong()}", lambda: "{:x}".format(Wrong()), lambda: format(Wrong(), "x")):
    try:
        print(attempt())
    except TypeError as error:
        print(error)
