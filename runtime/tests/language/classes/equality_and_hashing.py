"""Objects as keys and in sets; identity without __eq__."""


class Plain:
    pass


class Key:
    def __init__(self, k):
        self.k = k

    def __eq__(self, other):
        return isinstance(other, Key) and self.k == other.k

    def __hash__(self):
        return hash(self.k)


class Unhashable:
    def __eq__(self, other):
        return True


a, b = Plain(), Plain()
print(a == a, a == b, a != b, {a: 1, b: 2}[b], a in [b, a], len({a, b, a}))
table = {Key(1): "one", Key("x"): "x"}
print(table[Key(1)], table[Key("x")], Key(2) in table, len({Key(1), Key(1), Key(2)}))
try:
    {Unhashable(): 1}
except TypeError as error:
    print(error)
print(Unhashable() == 5, Unhashable() != 5, [Unhashable()] == [1], [1, 2].index(Unhashable()))
