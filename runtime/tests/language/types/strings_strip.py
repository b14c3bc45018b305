"""Stripping strings."""


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


for s in ("  abc  ", "\t\nabc\r\n", "xxabcxx", "abc", "", "   ", "éàabcàé", "abcba"):
    print([s.strip(), s.lstrip(), s.rstrip(), s.strip("x"), s.lstrip("xa"), s.rstrip("éc"), s.strip("abc"), s.strip("àé"), s.strip("")])
attempt(lambda: "a".strip(1))
attempt(lambda: "a".lstrip(b"a"))
print("www.example.com".strip("cmowz."), " a ".strip(None))
