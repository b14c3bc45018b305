"""What operators say about operands that do not fit."""


class Thing:
    pass


values = [1, 1.5, "s", [1], (1,), {1: 1}, {1}, None, Thing(), len, int, b"b", True, range(2)]


def attempt(call):
    try:
        call()
    except TypeError as error:
        print(error)


for a in values:
    for b in ("s", None, [2], 2):
        attempt(lambda: a + b)
        attempt(lambda: a - b)
        attempt(lambda: a < b)
    attempt(lambda: a / "x")
    attempt(lambda: -a)
    attempt(lambda: ~a)
    attempt(lambda: a // None)
    attempt(lambda: a | "z")
