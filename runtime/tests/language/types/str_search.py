"""Searching in text."""

s = "the cat sat on the mat"
print(s.find("at"), s.find("at", 6), s.find("at", 6, 8), s.find("zz"), s.rfind("at"), s.rfind("the"), s.index("cat"), s.rindex("the"), s.count("at"))
print(s.count("t"), s.count(""), "aaaa".count("aa"), s.startswith("the"), s.startswith("cat", 4), s.endswith("mat"), s.endswith("t", 0, 7))
print(s.startswith(("a", "t")), s.endswith(("x", "y")), "cat" in s, "" in s, "dog" not in s, "".find(""), "abc".find("", 3), "abc".find("", 4))
print(s.partition(" "), s.rpartition(" "), s.partition("zz"), s.rpartition("zz"), "a=b=c".partition("="))
print("émigré é".find("é"), "émigré é".rfind("é"), "日本語日本".count("日本"), "日本語日本".index("語"), "xéy".partition("é"))
for bad in (lambda: s.index("zz"), lambda: s.rindex("zz"), lambda: s.find(5), lambda: 5 in s, lambda: s.partition(""), lambda: s.startswith(5), lambda: s.count(None)):
    try:
        print(bad())
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
