"""__str__ and __repr__, given and inherited."""


class OnlyRepr:
    def __repr__(self):
        return "<only repr>"


class Both:
    def __repr__(self):
        return "<repr>"

    def __str__(self):
        return "<str>"


class Child(Both):
    pass


for thing in (OnlyRepr(), Both(), Child()):
    print(thing, repr(thing), str(thing), [thing], (thing,), {"k": thing}, f"{thing} {thing!r}")
print("%s %r" % (Both(), Both()))


class Bad:
    def __repr__(self):
        return 5


try:
    repr(Bad())
except TypeError as error:
    print(error)
