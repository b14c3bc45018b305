"""Attributes of classes and of instances with the same name."""


class Base:
    shared = []
    count = 0

    def bump(self):
        self.count += 1

    def bump_class(self):
        Base.count += 100


class Derived(Base):
    pass


a, b, c = Base(), Base(), Derived()
a.bump()
a.bump()
b.bump_class()
print(a.count, b.count, c.count, Base.count, Derived.count)
Derived.count = -1
print(a.count, b.count, c.count, Base.count)
del Derived.count
print(c.count)
a.shared.append(1)
b.shared = ["own"]
print(Base.shared, b.shared, c.shared, a.shared is c.shared)
del b.shared
print(b.shared)
for bad in (lambda: Base.missing, lambda: a.missing, lambda: Derived().missing):
    try:
        bad()
    except AttributeError as error:
        print(error)
Base.later = "added"
print(a.later, c.later)
Base.method = lambda self, n: (self.count, n)
print(a.method(5), c.method(6))
