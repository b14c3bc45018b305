"""Splitting strings."""


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


for s in ("a,b,,c", "  a  b c  ", "", "   ", "abc", ",", "é ü\tö\nß"):
    print(s.split(), s.split(","), s.rsplit(), s.rsplit(","), s.split(None, 1), s.rsplit(None, 1), s.split(",", 1), s.rsplit(",", 1), s.splitlines())
print("a b c d".split(maxsplit=2), "a--b--c".split("--"), "a--b--c".rsplit("--", maxsplit=1), "a b".split(sep=" "), "aXbXc".split("X", 0), " a b ".split(None, 0))
print("a\nb\r\nc\rd".splitlines(), "a\n\nb\n".splitlines(), "a\nb".splitlines(True), "a\r\nb\n".splitlines(keepends=True), "\n".splitlines(), "x\x0by\x0cz".splitlines())
attempt(lambda: "abc".split(""))
attempt(lambda: "abc".split(1))
attempt(lambda: "abc".split("b", "x"))
attempt(lambda: "abc".split(x=1))
attempt(lambda: "abc".split("b", 1, 2))
