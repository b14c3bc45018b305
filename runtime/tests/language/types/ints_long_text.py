"""Texts of ints with more than 4300 digits are refused, but not in powers of two."""


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


big = 10**4300
attempt(lambda: str(big))
attempt(lambda: len(str(big - 1)))
attempt(lambda: int("1" * 4301))
attempt(lambda: int("1" * 4300) % 1000)
attempt(lambda: len(hex(big)))
attempt(lambda: int("f" * 5000, 16) % 1000)
attempt(lambda: f"{big}")
