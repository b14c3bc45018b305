"""Keys of all hashable kinds, and objects that hash themselves."""


class Key:
    def __init__(self, name):
        self.name = name

    def __hash__(self):
        return hash(self.name) % 3

    def __eq__(self, other):
        return isinstance(other, Key) and self.name == other.name


d = {1: "int", 2.5: "float", "s": "str", (1, 2): "tuple", None: "none", True: "bool", b"b": "bytes", 10**20: "large"}
print(d[1], d[2.5], d["s"], d[1, 2], d[None], d[b"b"], d[10**20], d[1e20], len(d))
d = {}
for i in range(30):
    d[Key(str(i % 10))] = i
print(len(d), [d[Key(str(i))] for i in range(10)], Key("3") in d, Key("x") in d, d.pop(Key("4")), len(d))
d = {Key: 1, int: 2, len: 3}
print(d[Key], d[int], d[len], len({Key("a"), Key("a"), Key("b")}))
