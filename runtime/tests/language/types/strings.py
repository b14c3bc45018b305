"""Strings: operators, indexing, and the methods most used."""

s = "Hello, Wörld"
print(len(s), s[0], s[-1], s[1:4], s[::2], s * 2, s + "!", "ell" in s, "x" not in s)
print(s.upper(), s.lower(), s.replace("l", "L"), s.find("o"), s.find("zz"), s.index("W"), s.count("l"))
print(s.split(", "), "a b  c ".split(), "a,b,,c".split(","), "-".join(["x", "y"]), "  pad ".strip(), "xxhixx".strip("x"))
print(s.startswith("He"), s.endswith("d"), "abc".isalpha(), "123".isdigit(), "a1".isalnum(), " ".isspace())
print("%s" % s, s == "Hello, Wörld", ord("a"), chr(8364), "ab" < "b", sorted("hello"), list("abc"), "abc".title())
print("line1\nline2\r\nline3".splitlines(), "a\tb", "tEST".capitalize(), "5".zfill(3), "x".center(5, "*"), "x".ljust(3) + "|")
print(max("hello"), "".join(reversed("abc")), {c: "hello".count(c) for c in "helo"}, "a" in "", "" in "a")
for bad in (lambda: s[50], lambda: s["a"], lambda: s + 1, lambda: s.index("zz"), lambda: ", ".join([1])):
    try:
        bad()
    except (IndexError, TypeError, ValueError) as error:
        print(type(error).__name__, error)


def immutable():
    s[0] = "x"


try:
    immutable()
except TypeError as error:
    print(error)
