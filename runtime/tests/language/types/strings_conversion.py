"""Everything has a text."""


class Plain:
    pass


class Shown:
    def __str__(self):
        return "shown"

    def __repr__(self):
        return "<Shown>"


print(str(1), str(1.5), str(None), str(True), str([1, "a"]), str((1,)), str({"a": 1}), str({1}), str(b"x"), str(), str(range(3)), str(int), str(len))
print(str(Shown()), repr(Shown()), [Shown()], "%s %r" % (Shown(), Shown()), f"{Shown()} {Shown()!r}", str(Plain())[:24], str(ValueError("x")), repr(ValueError("x", 1)))
print(str(b"abc", "utf-8"), str(object=5), chr(97), chr(233), chr(0x1F600), ord("a"), ord("é"), ord("😀"), ascii("é😀"))
