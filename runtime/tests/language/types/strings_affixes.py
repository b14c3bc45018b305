"""What strings begin and end with."""


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


s = "prefix-middle-suffix"
print(s.startswith("prefix"), s.startswith("middle", 7), s.startswith(("a", "pre")), s.startswith(()), s.startswith("", 20), s.startswith("", 21), s.startswith("x", -1))
print(s.endswith("suffix"), s.endswith("middle", 0, 13), s.endswith(("x", "y")), s.endswith(""), s.endswith("fix", 18))
print(s.removeprefix("prefix-"), s.removesuffix("-suffix"), s.removeprefix("x"), s.removesuffix(""), s.removeprefix(s))
attempt(lambda: s.startswith(1))
attempt(lambda: s.endswith(["x"]))
attempt(lambda: s.startswith(("a", 1)))
attempt(lambda: s.removeprefix(1))
