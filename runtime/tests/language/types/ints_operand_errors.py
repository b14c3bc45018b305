"""Operators that ints do not have with other types."""


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


attempt(lambda: 1 + "a")
attempt(lambda: "a" + 1)
attempt(lambda: 1 - [])
attempt(lambda: 1 * None)
attempt(lambda: 1 / "a")
attempt(lambda: 1 // {})
attempt(lambda: 1 % "a")
attempt(lambda: 1 << 1.0)
attempt(lambda: 1.0 & 1)
attempt(lambda: -"a")
attempt(lambda: ~1.5)
attempt(lambda: +[])
attempt(lambda: 1 < "a")
attempt(lambda: [] >= 1)
attempt(lambda: None < None)
attempt(lambda: 1 == "1")
attempt(lambda: len(5))
attempt(lambda: 5[0])
attempt(lambda: iter(5))
attempt(lambda: 5())
