"""Padding strings."""


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


for s in ("", "a", "ab", "abc", "é", "äöü"):
    print([s.center(6), s.center(7), s.ljust(5), s.rjust(5), s.center(6, "*"), s.ljust(4, "é"), s.rjust(4, "-"), s.zfill(5), s.center(0)])
print("-5".zfill(5), "+5".zfill(5), "--5".zfill(6), "5".zfill(1), "a\tb\tc".expandtabs(), "a\tb".expandtabs(4), "\t".expandtabs(2) + "|", "ab\ncd\te".expandtabs(4))
attempt(lambda: "a".center(5, "ab"))
attempt(lambda: "a".ljust(5, 1))
attempt(lambda: "a".rjust("5"))
