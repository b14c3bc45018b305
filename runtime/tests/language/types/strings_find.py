"""Where parts of strings are."""


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


for s in ("hello hello", "éàé öü éàé"):
    for part in ("l", "lo", "hello", "", "é", "éà", "ü é", "zz", s, s + "x"):
        print(s.find(part), s.rfind(part), s.count(part), part in s, s.startswith(part), s.endswith(part), s.partition(part or "-"), s.rpartition(part or "-"))
    print(s.find("l", 3), s.find("l", 4, 8), s.find("l", -2), s.rfind("l", 0, 5), s.count("l", 3), s.find("", 11), s.find("", 12), s.find("", 3, 2), s.count("", 5), s.rfind("", 3), s.count("é", 1, -1))
attempt(lambda: "abc".index("z"))
attempt(lambda: "abc".rindex("z"))
attempt(lambda: "abc".find(1))
attempt(lambda: "abc".count(None))
attempt(lambda: 1 in "abc")
attempt(lambda: "abc".partition(""))
attempt(lambda: "abc".partition(5))
print("abcabc".index("c"), "abcabc".rindex("c"), "abcabc".index("c", 3), "aaaa".count("aa"), "abc".find("c", None), "abc".find("a", None, 1))
