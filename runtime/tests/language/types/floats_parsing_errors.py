"""Text that is no float."""


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


for text in ("", " ", "abc", "1.2.3", "1e", "e5", "--1", "0x10", "1_", "_1", "1__0", "1 2", ".", "infin", "1e5.5", "1,5"):
    attempt(lambda: float(text))
attempt(lambda: float(None))
attempt(lambda: float([]))
attempt(lambda: float(1, 2))
