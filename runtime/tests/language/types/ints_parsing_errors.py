"""Text that is no int."""


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


for text in ("", " ", "abc", "1.5", "1e5", "--1", "+-1", "1 2", "_1", "1_", "1__2", "0x10", "12a", "\n", "'"):
    attempt(lambda: int(text))
attempt(lambda: int("2", 2))
attempt(lambda: int("08", 0))
attempt(lambda: int("z", 35))
attempt(lambda: int("1", 1))
attempt(lambda: int("1", 37))
attempt(lambda: int(None))
attempt(lambda: int([]))
attempt(lambda: int(5, 10))
attempt(lambda: int(float("nan")))
attempt(lambda: int(float("inf")))
attempt(lambda: int("1", 2, 3))
