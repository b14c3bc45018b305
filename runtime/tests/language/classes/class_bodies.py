"""Any statement may stand in a class body."""


class Config:
    values = []
    for i in range(3):
        values.append(i * i)
    total = 0
    for v in values:
        total += v
    if total > 3:
        size = "large"
    else:
        size = "small"
    try:
        broken = 1 // 0
    except ZeroDivisionError as error:
        broken = str(error)

    def method(self):
        return self.total

    alias = method
    shorter = lambda self: self.size[0]

    class Inner:
        depth = 2

        def outer_name(self):
            return Config.size

    inner = Inner()
    a, *b = values
    with_comprehension = {k: len(str(k)) for k in values}
    del i, v


c = Config()
print(c.values, c.total, c.size, c.broken, c.method(), c.alias(), c.shorter())
print(c.inner.depth, c.inner.outer_name(), Config.a, Config.b, c.with_comprehension)
print(hasattr(Config, "i"), hasattr(Config, "error"), Config.__name__, Config.Inner.__name__)


class Empty:
    """Only a docstring."""


class Dots: ...


print(Empty().__class__.__name__, Dots().__class__ is Dots)
