"""Specs that a type does not have."""


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


for value in (5, 1.5, "a", [], None):
    for spec in ("d", "f", "s", "x", ",,", "5.", "+", "=5", ",s", "q", ".2", "#", "_,", "c", " ", "12x4"):
        attempt(lambda: "%r %s: %s" % (value, spec, format(value, spec)))
attempt(lambda: format(1, 5))
attempt(lambda: format(-1, "c"))
attempt(lambda: format(5, "+c"))
attempt(lambda: format(1.5, "999999999999999999999"))
