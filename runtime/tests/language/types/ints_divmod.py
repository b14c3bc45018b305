"""divmod, abs and their errors."""


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


print(divmod(7, 2), divmod(-7, 2), divmod(7, -2), divmod(-7, -2), divmod(7.5, 2), divmod(-7.5, 2), divmod(10**20, 7))
print(abs(5), abs(-5), abs(0), abs(-2.5), abs(-(10**30)), abs(True), abs(-0.0))
attempt(lambda: divmod(1, 0))
attempt(lambda: divmod(1.0, 0))
attempt(lambda: divmod("a", 2))
attempt(lambda: abs("a"))
attempt(lambda: abs(None))
attempt(lambda: 5 // 0)
attempt(lambda: 5 % 0)
attempt(lambda: 5.0 % 0)
attempt(lambda: 5.0 // 0)
attempt(lambda: 5.0 / 0)
