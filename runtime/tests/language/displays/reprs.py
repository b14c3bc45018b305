"""How values of all kinds show themselves."""

print([1, 2.0, "a", b"b", None, True, (), [], {}, set(), (1,), {1}, {"k": [1]}, ...])
print(repr("it's"), repr('say "x"'), repr("both ' and \""), repr("tab\tnl\nback\\"), repr("\x00\x1f\x7f"), repr("é\u2028\U0001f600"))
print(repr(b"a'b\x00\xff\n"), str(b"x"), [str(1.0), repr(1e100)], (1, 2), ("a",), ["nested", ["list", ("tuple", {"d": 1})]])
a = [1]
a.append(a)
d = {"self": None}
d["self"] = d
print(a, d, [a, d], (a,))
print(range(3), range(1, 10, 2), repr(slice(1, 2)), slice(None), type(1), type("a"), type(None), int, ValueError)


class C:
    pass


print(C, C.__name__, type(C()), [C] == [C], ValueError("x"), repr(ValueError("x", 1)), repr(KeyError()), [ValueError("in")])
